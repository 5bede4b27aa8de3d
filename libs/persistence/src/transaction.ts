import type { EntityManager, QueryRunner } from 'typeorm';
import type { Dialect } from './dialect';

export const READ_TIMEOUT_MS = 5000;

export type SqlValue = string | number | null;

/** One open transaction. Whoever writes takes it as a required argument. */
export class Transaction {
  private readonly afterCommit: (() => void)[] = [];

  constructor(
    private readonly runner: QueryRunner,
    readonly dialect: Dialect,
    private readonly readInsertedIds: (raw: unknown, count: number) => number[],
  ) {}

  /** Has something done when, and only when, the transaction is known to be kept. It must not throw. */
  whenCommitted(action: () => void): void {
    this.afterCommit.push(action);
  }

  /** For `Transactions` alone: tells that the transaction was kept. */
  committed(): void {
    for (const action of this.afterCommit) action();
  }

  /** @returns the rows of a SELECT, as the driver gives them: BIGINT and DECIMAL are text on MySQL. */
  async rows<Row>(sql: string, parameters: SqlValue[] = []): Promise<Row[]> {
    const result = await this.runner.query(sql, parameters, true);
    return result.records;
  }

  /** @returns how many rows the statement found (an UPDATE counts rows it matched, changed or not). */
  async execute(sql: string, parameters: SqlValue[] = []): Promise<number> {
    const result = await this.runner.query(sql, parameters, true);
    return result.affected ?? 0;
  }

  /**
   * Runs an INSERT of `count` rows into a table with a generated key.
   * @returns the new keys, in the order of the rows: both stores number the rows of one statement in sequence.
   */
  async insert(sql: string, parameters: SqlValue[], count: number): Promise<number[]> {
    const result = await this.runner.query(sql, parameters, true);
    return this.readInsertedIds(result.raw, count);
  }
}

/** Runs work in a transaction: all of it is kept, or nothing. */
export abstract class Transactions {
  abstract readonly dialect: Dialect;

  /**
   * @param work may be run again after a deadlock, so it must have no effect outside the transaction.
   * @param timeoutMs after which the transaction is given up.
   * @throws StoreUnavailableError nothing was kept. OutcomeUnknownError the commit was not confirmed.
   *   Whatever `work` throws: nothing was kept.
   */
  abstract run<T>(work: (tx: Transaction) => Promise<T>, timeoutMs: number): Promise<T>;

  /**
   * Reads what is committed, within five seconds if nothing else is said: a store that hangs must not make its
   * readers hang.
   * @throws StoreUnavailableError
   */
  abstract read<T>(work: (manager: EntityManager) => Promise<T>, timeoutMs?: number): Promise<T>;
}
