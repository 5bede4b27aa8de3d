import { type Hold, UserOrdersFence } from '@app/caching';
import { OutcomeUnknownError, type Transaction, Transactions } from '@app/persistence';
import { Injectable } from '@nestjs/common';

const TIMEOUT_MS = 10_000;
/** What changes very many rows gets more time: it would fail again and again otherwise. */
const TIMEOUT_PER_ROW_MS = 1;

/** Tells whose orders a transaction changes. Call it before their cached lists could be wrong: before the commit. */
export type HoldUsers = (userIds: Iterable<number>) => Promise<void>;

/** Transactions that change orders: the cached lists of their users are held from before the commit until after it. */
@Injectable()
export class FencedTransactions {
  constructor(
    private readonly transactions: Transactions,
    private readonly fence: UserOrdersFence,
  ) {}

  /**
   * @param rows about how many rows it changes.
   * @throws as `Transactions.run` does.
   */
  async run<T>(work: (tx: Transaction, hold: HoldUsers) => Promise<T>, rows = 0): Promise<T> {
    const holds: Hold[] = [];
    let outcomeKnown = true;
    const hold: HoldUsers = async (userIds) => {
      const users = [...new Set(userIds)];
      if (users.length > 0) holds.push(await this.fence.hold(users));
    };
    try {
      return await this.transactions.run(
        (tx) => work(tx, hold),
        TIMEOUT_MS + rows * TIMEOUT_PER_ROW_MS,
      );
    } catch (error) {
      outcomeKnown = !(error instanceof OutcomeUnknownError);
      throw error;
    } finally {
      for (const each of holds) {
        if (outcomeKnown) void this.fence.release(each);
        else this.fence.releaseLater(each);
      }
    }
  }
}
