import type { OrderBook } from './order-book';
import { sideOf } from './order-flags';

/** Takes lots from what an iceberg shows. Its level's sums are the caller's. */
export function takeFromSlice(book: OrderBook, slot: number, lots: number): void {
  const entry = book.orders.extras(slot);
  book.extras.setVisible(entry, book.extras.visible(entry) - lots);
}

/**
 * The slice is gone and there is more: the next one joins the tail of the queue. Writes REPLENISHED.
 * Rule: docs/matching-rules.md §5.
 */
export function showNextSlice(book: OrderBook, level: number, slot: number): void {
  const { orders, extras, ladders, effects } = book;
  const entry = orders.extras(slot);
  const remaining = orders.remaining(slot);
  const slice = Math.min(extras.display(entry), remaining);
  extras.setVisible(entry, slice);
  book.unlink(level, slot, 0, 0);
  book.append(level, slot, slice, 0);
  effects.replenished(
    book.market,
    book.nextSequence(),
    orders.orderId(slot),
    sideOf(orders.flags(slot)),
    ladders.price(level),
    slice,
    remaining,
  );
}
