import { Side } from './commands';
import { marketOfLadder, type BookStore } from './book-store';
import type { OrderBook } from './order-book';
import { WAITING } from './order-flags';
import { recordOf, type OrderRecord } from './order-record';

/** A live order, and its place in its queue. */
export interface OrderState extends OrderRecord {
  market: number;
  filledLots: number;
  /** It is a stop that has not fired. */
  waiting: boolean;
  /** How many orders stand before it in its queue, and what they show; of waiting stops what they have. */
  ordersAhead: number;
  lotsAhead: number;
}

/** Visits one thing after the other; `false` ends it. */
type Visit<T extends unknown[]> = (...args: T) => boolean | void;

/** The levels of one side, best first. Nothing is copied; do not send commands in the middle of it. */
export function visitDepth(
  book: OrderBook,
  side: Side,
  visit: Visit<[priceTicks: number, quantityLots: number, orders: number]>,
): void {
  const { ladders } = book;
  for (let level = bestOf(book, side); level !== 0; level = book.behind(side, level)) {
    const more = visit(ladders.price(level), ladders.visible(level), ladders.count(level));
    if (more === false) return;
  }
}

/** The resting orders of one side, best price first, then oldest first. */
export function visitOrders(
  book: OrderBook,
  side: Side,
  visit: Visit<[orderId: number, priceTicks: number, remainingLots: number, visibleLots: number]>,
): void {
  const { ladders, orders } = book;
  for (let level = bestOf(book, side); level !== 0; level = book.behind(side, level)) {
    const priceTicks = ladders.price(level);
    for (let slot = ladders.head(level); slot !== 0; slot = orders.next(slot)) {
      const remaining = orders.remaining(slot);
      if (visit(orders.orderId(slot), priceTicks, remaining, book.visible(slot)) === false) return;
    }
  }
}

/** A live order, without its place in its queue. */
export function recordOfOrder(
  store: BookStore,
  books: readonly OrderBook[],
  orderId: number,
): OrderRecord | undefined {
  const { orders, ladders, index } = store;
  const slot = index.find(orderId);
  const book = slot === 0 ? undefined : books[marketOfLadder(ladders.ladder(orders.level(slot)))];
  return book === undefined ? undefined : recordOf(book, slot);
}

/** A live order with its place in its queue. Cost: O(orders ahead of it). */
export function orderState(
  store: BookStore,
  books: readonly OrderBook[],
  orderId: number,
): OrderState | undefined {
  const { orders, ladders } = store;
  const slot = store.index.find(orderId);
  const book = slot === 0 ? undefined : books[marketOfLadder(ladders.ladder(orders.level(slot)))];
  if (book === undefined) return undefined;
  const waiting = (orders.flags(slot) & WAITING) !== 0;
  let ordersAhead = 0;
  let lotsAhead = 0;
  for (let ahead = orders.prev(slot); ahead !== 0; ahead = orders.prev(ahead)) {
    ordersAhead += 1;
    lotsAhead += waiting ? orders.remaining(ahead) : book.visible(ahead);
  }
  const record = recordOf(book, slot);
  return {
    ...record,
    market: book.market,
    filledLots: record.quantityLots - record.remainingLots,
    waiting,
    ordersAhead,
    lotsAhead,
  };
}

function bestOf(book: OrderBook, side: Side): number {
  return book.best(side);
}
