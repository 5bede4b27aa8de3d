import type { BookSource } from './book-checker/book-source';
import { checkDerived } from './book-checker/derived-rows';
import { checkMarketEvents, type SeenBook } from './book-checker/market-events-check';
import { checkByReplay } from './book-checker/replay-check';
import { checkBySql } from './book-checker/sql-checks';
import { readBooks } from './book-checker/stored-rows';

export interface BookReport {
  /** Everything that is wrong, in words. */
  faults: string[];
  orders: number;
  trades: number;
  /** Messages of `order.events` that came once more. */
  repeated: number;
}

/**
 * Whether book orders were handled exactly once: plain SQL over the tables; `order.events` carried out again by the
 * reference book; `market.events` followed from their beginning. Nothing of the product's code takes part.
 * Call it when nothing is under way any more.
 * @param seen public books that were shown meanwhile.
 */
export async function checkBooks(
  source: BookSource,
  seen: readonly SeenBook[] = [],
): Promise<BookReport> {
  const stored = await readBooks(source);
  const replay = await checkByReplay(source, stored);
  return {
    faults: [
      ...(await checkBySql(source)),
      ...checkDerived(stored),
      ...replay.faults,
      ...(await checkMarketEvents(source, stored, seen)),
    ],
    orders: stored.orders.length,
    trades: stored.trades.length,
    repeated: replay.repeated,
  };
}
