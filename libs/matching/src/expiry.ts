import type { OrderBook } from './order-book';
import { Reason } from './reasons';

/**
 * Moves the market's clock to `nowMs` (never back) and ends every order whose time has come, by time, at one time in
 * the order in which they were accepted. Cost: O(orders that end). Rule: docs/matching-rules.md §7.
 */
export function expire(book: OrderBook, nowMs: number): void {
  if (nowMs <= book.clockMs) return;
  book.clockMs = nowMs;
  const { ladders, orders } = book;
  const ladder = book.expiriesLadder;
  for (
    let level = ladders.lowest(ladder);
    level !== 0 && ladders.price(level) <= nowMs;
    level = ladders.lowest(ladder)
  ) {
    const slot = ladders.head(level);
    const orderId = orders.orderId(slot);
    const remaining = orders.remaining(slot);
    book.effects.expired(book.market, book.nextSequence(), orderId, remaining, Reason.Expired);
    book.end(slot);
  }
}
