import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Server } from 'node:http';
import { Health } from './health';
import { describeError, type Log } from './logger';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
const IDLE_SWEEP_MS = 50;

/**
 * On SIGTERM or SIGINT: stops taking connections, answers the requests in flight, then closes the application
 * (its modules flush and disconnect) and exits with 0. What is not done after `timeoutMs` is given up with 1;
 * nothing acknowledged depends on it, since that is durable before it is acknowledged.
 */
export function drainOnSignal(app: NestExpressApplication, log: Log, timeoutMs: number): void {
  let stopping = false;
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (stopping) return;
    stopping = true;
    log.info('stopping', { signal });
    const deadline = setTimeout(() => {
      log.error('gave up waiting for an orderly stop', {
        timeout_ms: timeoutMs,
      });
      process.exit(1);
    }, timeoutMs);
    deadline.unref();
    try {
      app.get(Health).beginShutdown();
      await drain(app.getHttpServer(), timeoutMs / 2);
      await app.close();
      log.info('stopped');
      process.exit(0);
    } catch (error) {
      log.error('stop failed', describeError(error));
      process.exit(1);
    }
  };
  for (const signal of SIGNALS) process.on(signal, (name) => void stop(name));
}

/**
 * Resolves when the last request in flight was answered and every connection is closed. Connections that are
 * still open after `patienceMs` belong to clients that do not finish their request, and are cut.
 */
function drain(server: Server, patienceMs: number): Promise<void> {
  if (!server.listening) return Promise.resolve();
  server.prependListener('request', (_request, response) =>
    response.setHeader('Connection', 'close'),
  );
  server.keepAliveTimeout = 1;
  return new Promise((resolve) => {
    const sweep = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MS);
    const cut = setTimeout(() => server.closeAllConnections(), patienceMs);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(cut);
      resolve();
    });
  });
}
