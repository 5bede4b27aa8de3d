import type { MarketState } from '@app/contracts';
import { placeholders, Transactions } from '@app/persistence';
import { Injectable } from '@nestjs/common';

const ITEMS_A_STATEMENT = 1000;

/** States that operators have set. The matcher reaches them in the order of its commands. */
@Injectable()
export class MarketStates {
  constructor(private readonly transactions: Transactions) {}

  /** @throws StoreUnavailableError */
  async of(item: string): Promise<MarketState> {
    return (await this.ofAll([item])).get(item) ?? 'TRADING';
  }

  /**
   * @returns the states of those items that anybody has configured or traded.
   * @throws StoreUnavailableError
   */
  async ofAll(items: readonly string[]): Promise<ReadonlyMap<string, MarketState>> {
    const states = new Map<string, MarketState>();
    for (let start = 0; start < items.length; start += ITEMS_A_STATEMENT) {
      const part = items.slice(start, start + ITEMS_A_STATEMENT);
      const rows = await this.transactions.read((manager) =>
        manager.query<{ item: string; state: MarketState }[]>(
          `SELECT item, state FROM markets WHERE item IN (${placeholders(part.length)})`,
          part,
        ),
      );
      for (const { item, state } of rows) states.set(item, state);
    }
    return states;
  }
}
