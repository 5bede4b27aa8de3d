import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { type Dialect, SQLITE_DIALECT } from './dialect';
import { isRetryable, isStoreUnavailable, StoreUnavailableError } from './store-errors';
import { Transaction, Transactions } from './transaction';

/**
 * Runs one transaction after another on a connection of its own. The other connection (the repositories')
 * therefore never reads what is not committed.
 */
@Injectable()
export class SqliteTransactions extends Transactions implements OnApplicationShutdown {
  readonly dialect: Dialect = SQLITE_DIALECT;
  private tail: Promise<unknown> = Promise.resolve();

  /** @param reader the repositories' data source; its connection is never written to. */
  constructor(
    private readonly writer: DataSource,
    private readonly reader: DataSource,
  ) {
    super();
  }

  run<T>(work: (tx: Transaction) => Promise<T>, timeoutMs: number): Promise<T> {
    const deadlineMs = Date.now() + timeoutMs;
    const result = this.tail.then(() => this.attempt(work, deadlineMs));
    this.tail = result.catch(() => undefined);
    return result;
  }

  async read<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    try {
      return await work(this.reader.manager);
    } catch (error) {
      throw isStoreUnavailable(error) || isRetryable(error)
        ? new StoreUnavailableError(error)
        : error;
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.tail;
    if (this.writer.isInitialized) await this.writer.destroy();
  }

  private async attempt<T>(work: (tx: Transaction) => Promise<T>, deadlineMs: number): Promise<T> {
    const runner = this.writer.createQueryRunner();
    let open = false;
    try {
      if (Date.now() >= deadlineMs)
        throw new StoreUnavailableError('the writer was busy for too long');
      await runner.query('BEGIN IMMEDIATE');
      open = true;
      const tx = new Transaction(runner, this.dialect, insertedIds);
      const result = await work(tx);
      await runner.query('COMMIT');
      open = false;
      tx.committed();
      return result;
    } catch (error) {
      if (open) await rollBack(runner);
      if (isStoreUnavailable(error) || isRetryable(error)) throw new StoreUnavailableError(error);
      throw error;
    }
  }
}

/** After some errors, as of a full disk, SQLite has rolled back by itself and refuses to do so again. */
async function rollBack(runner: QueryRunner): Promise<void> {
  try {
    await runner.query('ROLLBACK');
  } catch (error) {
    if (!String(error).includes('no transaction is active')) throw error;
  }
}

/** SQLite tells the key of the last row of the statement. */
function insertedIds(raw: unknown, count: number): number[] {
  const last = Number(raw);
  return Array.from({ length: count }, (_, index) => last - count + 1 + index);
}
