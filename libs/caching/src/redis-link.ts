import { describeError, type Log } from '@app/platform';
import { createClient } from '@redis/client';
import { randomUUID } from 'node:crypto';

export type RedisClient = ReturnType<typeof createClient>;

const COMMAND_TIMEOUT_MS = 250;
const RETRY_AFTER_MS = 1000;
/** A change of this value makes every list that was cached before stale. */
export const EPOCH_KEY = 'user:orders:epoch';

/**
 * A connection to Redis that may go away at any time. After each failure everything that was cached before counts as
 * stale: while this process could not reach Redis, it could not say which lists changed. It says so by starting
 * a new epoch before it trusts the cache again.
 */
export class RedisLink {
  readonly client: RedisClient;
  private trusted = false;
  private failedAtMs = 0;
  private renewal: Promise<boolean> | null = null;

  constructor(
    url: string,
    private readonly log: Log,
  ) {
    this.client = createClient({
      url,
      disableOfflineQueue: true,
      pingInterval: 5000,
      socket: {
        connectTimeout: 1000,
        reconnectStrategy: (retries) => Math.min(50 * retries, 1000),
      },
    });
    this.client.on('error', (error) => this.distrust(error));
    this.client.on('ready', () => void this.renew());
  }

  /** Connects in the background, for as long as it takes. */
  start(): void {
    this.client.connect().catch((error: unknown) => this.distrust(error));
  }

  async stop(): Promise<void> {
    this.client.removeAllListeners('error').on('error', () => undefined);
    if (this.client.isOpen) await this.client.disconnect();
  }

  /** For the health report: throws when Redis does not answer. */
  async check(): Promise<void> {
    await this.withTimeout(this.client.ping());
  }

  /** @returns what the command returns, or null when Redis is away. */
  async run<T>(command: (client: RedisClient) => Promise<T>): Promise<{ value: T } | null> {
    if (!this.trusted && !(await this.trust())) return null;
    try {
      return { value: await this.withTimeout(command(this.client)) };
    } catch (error) {
      this.distrust(error);
      return null;
    }
  }

  /** Waits for a connection that broke just now to come back. @returns whether it did. */
  async recovers(waitMs: number): Promise<boolean> {
    if (Date.now() - this.failedAtMs > waitMs) return this.trusted;
    if (!this.client.isReady) {
      await readyWithin(this.client, waitMs);
    }
    return this.client.isReady && this.renew();
  }

  /** After a failure no attempt for a while, so that a Redis that hangs slows down few requests. */
  private trust(): Promise<boolean> {
    if (this.trusted) return Promise.resolve(true);
    if (Date.now() - this.failedAtMs < RETRY_AFTER_MS) return Promise.resolve(false);
    return this.renew();
  }

  private renew(): Promise<boolean> {
    this.renewal ??= this.startEpoch().finally(() => {
      this.renewal = null;
    });
    return this.renewal;
  }

  private async startEpoch(): Promise<boolean> {
    try {
      await this.withTimeout(this.client.set(EPOCH_KEY, randomUUID()));
      this.trusted = true;
      this.log.info('cache connected', { cache: 'redis' });
      return true;
    } catch (error) {
      this.distrust(error);
      return false;
    }
  }

  private distrust(error: unknown): void {
    const nowMs = Date.now();
    if (this.trusted || nowMs - this.failedAtMs > 30_000) {
      this.log.warn('cache is away, reading from the store', {
        ...describeError(error),
        stack: undefined,
      });
    }
    this.trusted = false;
    this.failedAtMs = nowMs;
  }

  private async withTimeout<T>(command: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Error('redis did not answer in time')),
        COMMAND_TIMEOUT_MS,
      );
    });
    try {
      return await Promise.race([command, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Resolves when the client is ready, or after the time: attempts to connect that fail in between do not matter. */
function readyWithin(client: RedisClient, waitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      client.off('ready', finish);
      resolve();
    };
    const timer = setTimeout(finish, waitMs);
    client.once('ready', finish);
  });
}
