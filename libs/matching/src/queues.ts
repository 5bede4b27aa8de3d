import { Side } from './commands';
import type { OrderBook } from './order-book';

/** All live orders of a market by what they do there, each list in the order in which it will be served. */
export interface Queues {
  bids: number[];
  asks: number[];
  buyStops: number[];
  sellStops: number[];
  expiries: number[];
}

/** The slots of a market's live orders. `expiries` names those again that have a time. Cost: O(orders). */
export function queuesOf(book: OrderBook): Queues {
  const { ladders, orders, extras } = book;
  const buyStops = book.stopsLadder(Side.Buy);
  const sellStops = book.stopsLadder(Side.Sell);
  const nextInQueue = (slot: number): number => orders.next(slot);
  const nextExpiry = (slot: number): number => extras.next(orders.extras(slot));
  const higher = (level: number): number => ladders.higher(level);
  const lower = (level: number): number => ladders.lower(level);

  const walk = (
    first: number,
    nextLevel: (level: number) => number,
    nextOrder: (slot: number) => number,
  ): number[] => {
    const slots: number[] = [];
    for (let level = first; level !== 0; level = nextLevel(level)) {
      for (let slot = ladders.head(level); slot !== 0; slot = nextOrder(slot)) slots.push(slot);
    }
    return slots;
  };
  return {
    bids: walk(book.best(Side.Buy), lower, nextInQueue),
    asks: walk(book.best(Side.Sell), higher, nextInQueue),
    buyStops: walk(ladders.lowest(buyStops), higher, nextInQueue),
    sellStops: walk(ladders.highest(sellStops), lower, nextInQueue),
    expiries: walk(ladders.lowest(book.expiriesLadder), higher, nextExpiry),
  };
}
