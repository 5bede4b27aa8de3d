import { Injectable } from '@nestjs/common';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { withDeadline } from './deadline';
import { type Dialect, MYSQL_DIALECT } from './dialect';
import {
  isRetryable,
  isStoreUnavailable,
  OutcomeUnknownError,
  StoreUnavailableError,
} from './store-errors';
import { READ_TIMEOUT_MS, Transaction, Transactions } from './transaction';

const MAX_ATTEMPTS = 5;

/** What is used of a mysql2 pool connection. */
interface Connection {
  destroy(): void;
}

@Injectable()
export class MySqlTransactions extends Transactions {
  readonly dialect: Dialect = MYSQL_DIALECT;
  private readonly prepared = new WeakSet<Connection>();
  private autoIncrementStep = 1;

  constructor(private readonly dataSource: DataSource) {
    super();
  }

  async run<T>(work: (tx: Transaction) => Promise<T>, timeoutMs: number): Promise<T> {
    const deadlineMs = Date.now() + timeoutMs;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt(work, deadlineMs);
      } catch (error) {
        const again = isRetryable(error) && attempt < MAX_ATTEMPTS && Date.now() < deadlineMs;
        if (again) continue;
        throw isRetryable(error) ? new StoreUnavailableError(error) : error;
      }
    }
  }

  async read<T>(
    work: (manager: EntityManager) => Promise<T>,
    timeoutMs = READ_TIMEOUT_MS,
  ): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const result = await withDeadline(work(runner.manager), Date.now() + timeoutMs);
      await runner.release();
      return result;
    } catch (error) {
      if (isStoreUnavailable(error)) discard(runner);
      await runner.release();
      throw isStoreUnavailable(error) ? new StoreUnavailableError(error) : error;
    }
  }

  private async attempt<T>(work: (tx: Transaction) => Promise<T>, deadlineMs: number): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    const state = { committing: false };
    let connection: Connection | undefined;
    const body = async (): Promise<T> => {
      connection = (await runner.connect()) as Connection;
      await this.prepare(connection, runner);
      await runner.query('START TRANSACTION');
      const tx = new Transaction(runner, this.dialect, (raw, count) =>
        this.insertedIds(raw, count),
      );
      const result = await work(tx);
      state.committing = true;
      await runner.query('COMMIT');
      tx.committed();
      return result;
    };
    try {
      const result = await withDeadline(body(), deadlineMs);
      await runner.release();
      return result;
    } catch (error) {
      await this.abandon(runner, connection, error);
      if (!isStoreUnavailable(error)) throw error;
      throw state.committing ? new OutcomeUnknownError(error) : new StoreUnavailableError(error);
    }
  }

  /** READ COMMITTED takes no gap locks, so writers of different rows do not deadlock. */
  private async prepare(connection: Connection, runner: QueryRunner): Promise<void> {
    if (this.prepared.has(connection)) return;
    await runner.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
    await runner.query('SET SESSION innodb_lock_wait_timeout = 5');
    const rows: { step: number | string }[] = await runner.query(
      'SELECT @@auto_increment_increment AS step',
    );
    this.autoIncrementStep = Number(rows[0]?.step ?? 1);
    this.prepared.add(connection);
  }

  /** Rolls back, or drops the connection where it does not answer: the server then rolls back by itself. */
  private async abandon(
    runner: QueryRunner,
    connection: Connection | undefined,
    error: unknown,
  ): Promise<void> {
    if (isStoreUnavailable(error)) {
      discard(runner);
    } else {
      try {
        await withDeadline(runner.query('ROLLBACK'), Date.now() + 1000);
      } catch {
        connection?.destroy();
      }
    }
    await runner.release();
  }

  private insertedIds(raw: unknown, count: number): number[] {
    const first = (raw as { insertId: number | string }).insertId;
    return Array.from(
      { length: count },
      (_, index) => Number(first) + index * this.autoIncrementStep,
    );
  }
}

/**
 * Ends a connection that does not answer instead of giving it back to the pool; the server then rolls back by itself.
 * One that the pool hands out only after its work was given up is ended then.
 */
function discard(runner: QueryRunner): void {
  runner.connect().then(
    (connection) => (connection as Connection).destroy(),
    () => undefined,
  );
}
