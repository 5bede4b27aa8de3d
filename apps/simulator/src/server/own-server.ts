import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pause } from '../api/pause';
import { leaveDataFolder, takeDataFolder } from './data-folder';

const READY_TIMEOUT_MS = 60_000;
const POLL_MS = 50;
/** The server gives up an orderly stop by itself before that. */
const STOP_TIMEOUT_MS = 12_000;
const HYBRID = resolve(__dirname, '../../../../src/main.js');
const PRELOAD = join(__dirname, 'end-with-parent.js');
/** The demo runs on embedded parts whatever the shell has: nothing that it does may reach a real store. */
const OF_REAL_PARTS = /^(?:DATABASE|REDIS|KAFKA)_/;

export class ServerError extends Error {}

export interface OwnServerOptions {
  port: number;
  dataDirectory: string;
  keep: boolean;
}

/** The hybrid on embedded parts, as a process of its own. */
export class OwnServer {
  private constructor(
    private readonly child: ChildProcess,
    private readonly ended: Promise<unknown>,
    private readonly logFile: string,
    private readonly dataDirectory: string,
    readonly baseUrl: string,
  ) {}

  /**
   * Starts it and waits until it is ready.
   * @throws ServerError when it can not be started, DataFolderError
   */
  static async start(options: OwnServerOptions, stopped: AbortSignal): Promise<OwnServer> {
    const baseUrl = `http://localhost:${options.port}`;
    if (await answers(`${baseUrl}/health/live`)) {
      throw new ServerError(
        `something answers at ${baseUrl} already: choose another --port, or trade there with --url ${baseUrl}`,
      );
    }
    takeDataFolder(options.dataDirectory, options.keep);
    const logFile = join(options.dataDirectory, 'server.log');
    const server = OwnServer.launch(options, logFile, baseUrl);
    try {
      await server.ready(stopped);
      return server;
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  private static launch(options: OwnServerOptions, logFile: string, baseUrl: string): OwnServer {
    const log = openSync(logFile, 'a');
    const child = spawn(process.execPath, ['--max-semi-space-size=32', '-r', PRELOAD, HYBRID], {
      env: {
        ...Object.fromEntries(
          Object.entries(process.env).filter(([name]) => !OF_REAL_PARTS.test(name)),
        ),
        PORT: String(options.port),
        TRADEFLOW_DATA_DIR: options.dataDirectory,
        LOG_LEVEL: 'warn',
        LOG_FORMAT: 'json',
      },
      // A group of its own: Ctrl-C is for the demo, which stops trading before it stops the server.
      detached: true,
      stdio: ['pipe', log, log],
    });
    closeSync(log);
    const ended = once(child, 'exit').catch((error: unknown) => error);
    return new OwnServer(child, ended, logFile, options.dataDirectory, baseUrl);
  }

  /** When it ends, by itself or not. */
  get end(): Promise<unknown> {
    return this.ended;
  }

  /** The last lines of its log, for those who want to know why it ended. */
  lastLines(): string {
    return readFileSync(this.logFile, 'utf8').trimEnd().split('\n').slice(-8).join('\n');
  }

  /** In an orderly way; by force when that takes too long. */
  async stop(): Promise<void> {
    if (this.runs) {
      this.child.kill('SIGTERM');
      const force = setTimeout(() => this.child.kill('SIGKILL'), STOP_TIMEOUT_MS);
      await this.ended;
      clearTimeout(force);
    }
    leaveDataFolder(this.dataDirectory);
  }

  private get runs(): boolean {
    return (
      this.child.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null
    );
  }

  private async ready(stopped: AbortSignal): Promise<void> {
    const deadlineMs = Date.now() + READY_TIMEOUT_MS;
    while (!stopped.aborted && !(await answers(`${this.baseUrl}/health/ready`))) {
      if (!this.runs) throw new ServerError(`the server ended:\n${this.lastLines()}`);
      if (Date.now() > deadlineMs) throw new ServerError(`it is not ready:\n${this.lastLines()}`);
      await pause(POLL_MS, stopped);
    }
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
