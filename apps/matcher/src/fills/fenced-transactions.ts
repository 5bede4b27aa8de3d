import { type Hold, UserOrdersFence } from '@app/caching';
import { OutcomeUnknownError, type Transaction, Transactions } from '@app/persistence';
import { Injectable } from '@nestjs/common';

const TIMEOUT_MS = 10_000;

/** Tells whose orders a transaction changes. Call it before their cached lists could be wrong: before the commit. */
export type HoldUsers = (userIds: Iterable<number>) => Promise<void>;

/** Transactions that change orders: the cached lists of their users are held from before the commit until after it. */
@Injectable()
export class FencedTransactions {
  constructor(
    private readonly transactions: Transactions,
    private readonly fence: UserOrdersFence,
  ) {}

  /** @throws as `Transactions.run` does. */
  async run<T>(work: (tx: Transaction, hold: HoldUsers) => Promise<T>): Promise<T> {
    const holds: Hold[] = [];
    let outcomeKnown = true;
    const hold: HoldUsers = async (userIds) => {
      const users = [...new Set(userIds)];
      if (users.length > 0) holds.push(await this.fence.hold(users));
    };
    try {
      return await this.transactions.run((tx) => work(tx, hold), TIMEOUT_MS);
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
