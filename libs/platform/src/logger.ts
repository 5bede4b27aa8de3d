import { Injectable, type LoggerService } from '@nestjs/common';
import { type DestinationStream, pino, type Logger as PinoLogger } from 'pino';
import pretty from 'pino-pretty';
import type { Config } from './config';
import { redactUrls } from './redact';

/** Fields of one log line. Names are snake_case, as in the events. */
export type LogFields = Record<string, unknown>;

/** Structured log: one JSON object a line, or readable lines on a terminal. */
@Injectable()
export class Log {
  constructor(private readonly pino: PinoLogger) {}

  static create(config: Config): Log {
    const options = {
      level: config.log.level,
      base: { role: config.role, pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label: string) => ({ level: label }) },
      redact: {
        paths: ['password', '*.password', 'url', '*.url', 'authorization', '*.authorization'],
        censor: '***',
      },
    };
    if (config.log.format === 'pretty') {
      const stream = pretty({
        ignore: 'pid,role',
        translateTime: 'SYS:HH:MM:ss.l',
        sync: true,
      });
      return new Log(pino(options, stream));
    }
    return new Log(pino(options, bufferedOutput()));
  }

  debug(message: string, fields: LogFields = {}): void {
    this.pino.debug(fields, message);
  }

  info(message: string, fields: LogFields = {}): void {
    this.pino.info(fields, message);
  }

  warn(message: string, fields: LogFields = {}): void {
    this.pino.warn(fields, message);
  }

  error(message: string, fields: LogFields = {}): void {
    this.pino.error(fields, message);
  }

  isEnabled(level: 'debug' | 'info'): boolean {
    return this.pino.isLevelEnabled(level);
  }
}

const BUFFER_BYTES = 8 * 1024;
const FLUSH_EVERY_MS = 20;

/**
 * Standard output, written when 8 kB have gathered, every 20 ms, and when the process ends: a write a line would cost
 * the matcher a fifth of its time. Only a SIGKILL loses the last lines.
 */
function bufferedOutput(): DestinationStream {
  const output = pino.destination({
    fd: 1,
    sync: true,
    minLength: BUFFER_BYTES,
    // Its flushSync would wait for the disk as well, where the output is a file.
    periodicFlush: FLUSH_EVERY_MS,
  });
  process.on('exit', () => output.flushSync());
  return output;
}

/** What of an error belongs in a log line: never the SQL parameters or the configuration it may carry. */
export function describeError(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: redactUrls(String(error)) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    error: redactUrls(error.message),
    error_code: code,
    stack: redactUrls(error.stack ?? ''),
  };
}

/** Lets Nest's own messages go through the structured log. Its start-up chatter is debug. */
export class NestLog implements LoggerService {
  constructor(private readonly sink: Log) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.sink.debug(String(message), this.fields(rest));
  }

  error(message: unknown, ...rest: unknown[]): void {
    if (message instanceof Error) this.sink.error(message.message, describeError(message));
    else this.sink.error(String(message), this.fields(rest));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.sink.warn(String(message), this.fields(rest));
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.sink.debug(String(message), this.fields(rest));
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.sink.debug(String(message), this.fields(rest));
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.sink.error(String(message), this.fields(rest));
  }

  private fields(rest: unknown[]): LogFields {
    return { context: rest.filter((part) => typeof part === 'string').at(-1) };
  }
}
