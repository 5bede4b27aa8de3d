import type { OrderBook } from './order-book';
import { recordOf } from './order-record';
import { queuesOf } from './queues';
import type { UsedIds } from './used-ids';

const OFFSET_BASIS = 0x811c9dc5;
const PRIME = 0x01000193;
const SECOND_BASIS = 0x9747b28c;
const SECOND_PRIME = 0x5bd1e995;

/** Two 32-bit lanes over integers and texts: FNV-1a, and the same with other constants and a shift. */
class Lanes {
  private first = OFFSET_BASIS;
  private second = SECOND_BASIS;

  add(value: number): void {
    this.mix(value | 0);
    this.mix(Math.floor(value / 2 ** 32));
  }

  addText(text: string): void {
    this.add(text.length);
    for (let at = 0; at < text.length; at += 1) this.mix(text.charCodeAt(at));
  }

  /** 16 hexadecimal digits. */
  toString(): string {
    return [this.first, this.second].map(hex).join('');
  }

  private mix(word: number): void {
    this.first = Math.imul(this.first ^ word, PRIME);
    const second = Math.imul(this.second ^ word, SECOND_PRIME);
    this.second = second ^ (second >>> 15);
  }
}

/**
 * A number for all that decides how a market goes on: state, rules, clock, last price, trade count, and each order with
 * its place. It does not depend on where things lie in memory, nor on the effect sequence, which refusals move too.
 * Cost: O(orders of the market).
 */
export function hashOfMarket(book: OrderBook): string {
  const lanes = new Lanes();
  addMarket(lanes, book);
  return lanes.toString();
}

/** The same over all markets of an engine by item, and the order ids that are used up. */
export function hashOfEngine(books: readonly OrderBook[], usedIds: UsedIds): string {
  const lanes = new Lanes();
  const byItem = [...books].sort((a, b) => (a.item < b.item ? -1 : 1));
  for (const book of byItem) addMarket(lanes, book);
  const { floor, pages } = usedIds.snapshot();
  lanes.add(floor);
  for (const [page, words] of pages) {
    lanes.add(page);
    for (const word of words) lanes.add(word);
  }
  return lanes.toString();
}

function addMarket(lanes: Lanes, book: OrderBook): void {
  const { rules, orders } = book;
  lanes.addText(book.item);
  for (const value of [
    book.state,
    rules.minPriceTicks,
    rules.maxPriceTicks,
    rules.minQuantityLots,
    rules.maxQuantityLots,
    book.clockMs,
    book.lastPriceTicks,
    book.tradeId,
  ]) {
    lanes.add(value);
  }
  const { bids, asks, buyStops, sellStops, expiries } = queuesOf(book);
  for (const queue of [bids, asks, buyStops, sellStops]) {
    lanes.add(queue.length);
    for (const slot of queue) addOrder(lanes, book, slot);
  }
  for (const slot of expiries) lanes.add(orders.orderId(slot));
}

function addOrder(lanes: Lanes, book: OrderBook, slot: number): void {
  const order = recordOf(book, slot);
  lanes.add(order.orderId);
  lanes.add(order.ownerId);
  lanes.add(order.side);
  lanes.add(order.type);
  lanes.add(order.timeInForce);
  lanes.add(order.selfTradePrevention);
  lanes.add(order.postOnly ? 1 : 0);
  lanes.add(order.quantityLots);
  lanes.add(order.remainingLots);
  lanes.add(order.visibleLots);
  lanes.add(order.priceTicks);
  lanes.add(order.stopTicks);
  lanes.add(order.displayLots);
  lanes.add(order.expiresAtMs);
}

function hex(lane: number): string {
  return (lane >>> 0).toString(16).padStart(8, '0');
}
