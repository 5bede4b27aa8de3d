import type { Config } from '@app/platform';
import Database from 'libsql';
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource, QueryRunner } from 'typeorm';
import { withDeadline } from './deadline';
import { READ_TIMEOUT_MS } from './transaction';

/**
 * A lock between processes that the operating system or the database server takes back when its holder dies.
 * @see https://dev.mysql.com/doc/refman/8.4/en/locking-functions.html
 */
export interface ProcessLock {
  /** @returns false when another process still held it after `waitMs`. */
  acquire(waitMs: number): Promise<boolean>;
  /** @returns whether this process holds the lock now; false after its connection was lost. */
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
}

export function createProcessLock(
  store: Config['store'],
  dataSource: DataSource,
  name: string,
): ProcessLock {
  return store.kind === 'mysql'
    ? new MySqlLock(dataSource, lockName(`${store.database}:${name}`))
    : new FileLock(store.directory, name);
}

/** MySQL takes names of up to 64 characters, and does not tell upper case from lower. */
function lockName(name: string): string {
  return `tradeflow:${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;
}

/** `GET_LOCK` on a connection of its own. */
class MySqlLock implements ProcessLock {
  private runner: QueryRunner | null = null;

  constructor(
    private readonly dataSource: DataSource,
    private readonly name: string,
  ) {}

  async acquire(waitMs: number): Promise<boolean> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const rows: { held: number | string | null }[] = await runner.query(
        'SELECT GET_LOCK(?, ?) AS held',
        [this.name, Math.ceil(waitMs / 1000)],
      );
      if (Number(rows[0]?.held) === 1) {
        this.runner = runner;
        return true;
      }
    } catch (error) {
      await discard(runner);
      throw error;
    }
    await runner.release();
    return false;
  }

  async isHeld(): Promise<boolean> {
    if (this.runner === null) return false;
    const runner = this.runner;
    try {
      const query = runner.query('SELECT IS_USED_LOCK(?) = CONNECTION_ID() AS mine', [this.name]);
      const rows: { mine: number | string | null }[] = await withDeadline(
        query,
        Date.now() + READ_TIMEOUT_MS,
      );
      if (Number(rows[0]?.mine) === 1) return true;
    } catch (error) {
      this.runner = null;
      await discard(runner);
      throw error;
    }
    this.runner = null;
    await discard(runner);
    return false;
  }

  async release(): Promise<void> {
    const runner = this.runner;
    this.runner = null;
    if (runner === null) return;
    try {
      await runner.query('DO RELEASE_LOCK(?)', [this.name]);
      await runner.release();
    } catch {
      await discard(runner);
    }
  }
}

/** Ends a connection rather than giving it back to the pool: the server then drops the locks it held. */
async function discard(runner: QueryRunner): Promise<void> {
  try {
    const connection = (await runner.connect()) as { destroy(): void };
    connection.destroy();
  } finally {
    await runner.release();
  }
}

const FILE_LOCK_RETRY_MS = 50;

/** An exclusive transaction on a database file of its own. */
class FileLock implements ProcessLock {
  private database: Database.Database | null = null;

  constructor(
    private readonly directory: string,
    private readonly name: string,
  ) {}

  async acquire(waitMs: number): Promise<boolean> {
    const deadlineMs = Date.now() + waitMs;
    mkdirSync(this.directory, { recursive: true });
    for (;;) {
      const database = new Database(join(this.directory, `${this.name}.lock`));
      try {
        database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
        this.database = database;
        return true;
      } catch (error) {
        database.close();
        if (!isBusy(error)) throw error;
      }
      if (Date.now() >= deadlineMs) return false;
      await new Promise((resolve) => setTimeout(resolve, FILE_LOCK_RETRY_MS));
    }
  }

  isHeld(): Promise<boolean> {
    return Promise.resolve(this.database !== null);
  }

  release(): Promise<void> {
    this.database?.close();
    this.database = null;
    return Promise.resolve();
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
}
