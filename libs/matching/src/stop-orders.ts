import { Side } from './commands';
import type { IncomingOrder } from './incoming-order';
import type { OrderBook } from './order-book';
import { runTriggered } from './run-order';

/** Whether the latest trade has reached a stop price. Rule: docs/matching-rules.md §6. */
export function isReached(book: OrderBook, side: Side, stopTicks: number): boolean {
  const last = book.lastPriceTicks;
  if (last === 0) return false;
  return side === Side.Buy ? last >= stopTicks : last <= stopTicks;
}

/**
 * Runs all stops that the last price has reached, and those that they reach in turn, one after the other.
 * @param incoming is loaded with each of them.
 * @param line working memory for the slots of stops that are about to run.
 * Cost: O(stops fired × what each one does). Rule: docs/matching-rules.md §6.
 */
export function fireStops(book: OrderBook, incoming: IncomingOrder, line: number[]): void {
  if (book.waitingStops === 0) return;
  lineUp(book, line);
  for (const slot of line) {
    const limitTicks = book.extras.limitTicks(book.orders.extras(slot));
    incoming.loadAgain(book.orders, slot, limitTicks);
    runTriggered(book, incoming);
    lineUp(book, line);
  }
  line.length = 0;
}

/** Moves the stops that the last price has reached from their queues to the end of the line. */
function lineUp(book: OrderBook, line: number[]): void {
  const { ladders } = book;
  const buys = book.stopsLadder(Side.Buy);
  const sells = book.stopsLadder(Side.Sell);
  for (
    let level = ladders.lowest(buys);
    level !== 0 && isReached(book, Side.Buy, ladders.price(level));
    level = ladders.lowest(buys)
  ) {
    takeQueue(book, level, line);
  }
  for (
    let level = ladders.highest(sells);
    level !== 0 && isReached(book, Side.Sell, ladders.price(level));
    level = ladders.highest(sells)
  ) {
    takeQueue(book, level, line);
  }
}

function takeQueue(book: OrderBook, level: number, line: number[]): void {
  for (let count = book.ladders.count(level); count > 0; count -= 1) {
    const slot = book.ladders.head(level);
    book.stopWaiting(slot);
    line.push(slot);
  }
}
