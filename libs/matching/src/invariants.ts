import { OrderType, Side } from './commands';
import type { BookStore } from './book-store';
import type { OrderBook } from './order-book';
import { EXPIRES, HAS_EXTRAS, ICEBERG, WAITING, sideOf, typeOf } from './order-flags';
import { queuesOf } from './queues';

/**
 * Checks everything that must hold between two commands. Cost: O(live orders × log of their number).
 * @throws Error that says what is broken, and where.
 */
export function checkBooks(store: BookStore, books: readonly OrderBook[]): void {
  let orders = 0;
  let levels = 0;
  for (const book of books) {
    const { bids, asks, buyStops, sellStops, expiries } = queuesOf(book);
    checkSide(book, Side.Buy, bids);
    checkSide(book, Side.Sell, asks);
    checkUncrossed(book);
    checkStops(book, Side.Buy, buyStops);
    checkStops(book, Side.Sell, sellStops);
    checkExpiries(book, [...bids, ...asks, ...buyStops, ...sellStops], expiries);
    checkOpenLots(book, [...bids, ...buyStops], [...asks, ...sellStops]);
    ensure(book, book.waitingStops === buyStops.length + sellStops.length, 'count of stops');
    orders += bids.length + asks.length + buyStops.length + sellStops.length;
    for (const ladder of laddersOf(book)) levels += checkLadder(book, ladder);
  }
  ensureAll(orders === store.orders.size, 'orders in queues and in the pool');
  ensureAll(orders === store.index.count(), 'orders in queues and in the index');
  ensureAll(levels === store.ladders.size, 'levels in ladders and in use');
  ensureAll(store.ladders.nodes < Math.max(1, levels), 'fewer nodes than levels');
}

function laddersOf(book: OrderBook): number[] {
  const { restingLadder, expiriesLadder } = book;
  return [restingLadder, book.stopsLadder(Side.Buy), book.stopsLadder(Side.Sell), expiriesLadder];
}

/** Prices ascend, links agree in both directions, and every level is found by its price. @returns its levels. */
function checkLadder(book: OrderBook, ladder: number): number {
  const { ladders } = book;
  let levels = 0;
  let below = 0;
  for (let level = ladders.lowest(ladder); level !== 0; level = ladders.higher(level)) {
    const price = ladders.price(level);
    ensure(book, ladders.ladder(level) === ladder, `ladder of level ${price}`);
    ensure(book, ladders.lower(level) === below, `link below level ${price}`);
    ensure(book, below === 0 || ladders.price(below) < price, `order of level ${price}`);
    ensure(book, ladders.find(ladder, price) === level, `level ${price} is not found`);
    ensure(book, ladders.head(level) !== 0, `level ${price} is empty`);
    below = level;
    levels += 1;
  }
  ensure(book, ladders.highest(ladder) === below, 'the highest level');
  return levels;
}

/** Queues link in both directions, sums are those of the orders, and each order is of this side. */
function checkSide(book: OrderBook, side: Side, slots: readonly number[]): void {
  const { ladders, orders, extras } = book;
  let seen = 0;
  for (let level = book.best(side); level !== 0; level = book.behind(side, level)) {
    const price = ladders.price(level);
    let visible = 0;
    let open = 0;
    let count = 0;
    let prev = 0;
    for (let slot = ladders.head(level); slot !== 0; slot = orders.next(slot)) {
      const id = orders.orderId(slot);
      const flags = orders.flags(slot);
      ensure(book, orders.prev(slot) === prev && orders.level(slot) === level, `links of ${id}`);
      ensure(book, sideOf(flags) === side && (flags & WAITING) === 0, `side of order ${id}`);
      ensure(
        book,
        typeOf(flags) === OrderType.Limit || typeOf(flags) === OrderType.StopLimit,
        `type of ${id}`,
      );
      ensure(book, orders.remaining(slot) >= 1, `order ${id} rests with nothing left`);
      if ((flags & ICEBERG) !== 0) {
        const entry = orders.extras(slot);
        const shown = extras.visible(entry);
        ensure(book, shown >= 1 && shown <= orders.remaining(slot), `slice of ${id}`);
        ensure(book, shown <= extras.display(entry), `slice of ${id}`);
      }
      visible += book.visible(slot);
      open += orders.remaining(slot);
      count += 1;
      prev = slot;
    }
    ensure(book, ladders.tail(level) === prev, `tail of level ${price}`);
    ensure(book, ladders.count(level) === count, `count of level ${price}`);
    ensure(book, ladders.visible(level) === visible, `shown lots of level ${price}`);
    ensure(book, ladders.open(level) === open, `open lots of level ${price}`);
    seen += count;
  }
  ensure(book, seen === slots.length, 'orders of a side');
  for (const slot of slots) checkRecord(book, slot);
}

function checkUncrossed(book: OrderBook): void {
  const { ladders } = book;
  const bestBid = book.best(Side.Buy);
  const bestAsk = book.best(Side.Sell);
  if (bestBid !== 0 && bestAsk !== 0) {
    ensure(book, ladders.price(bestBid) < ladders.price(bestAsk), 'the book is crossed');
    ensure(book, ladders.higher(bestBid) === bestAsk, 'a level lies between bid and ask');
  }
  if (bestBid === 0) ensure(book, ladders.lowest(book.restingLadder) === bestAsk, 'the best ask');
  if (bestAsk === 0) ensure(book, ladders.highest(book.restingLadder) === bestBid, 'the best bid');
}

function checkStops(book: OrderBook, side: Side, slots: readonly number[]): void {
  const { orders, extras, ladders, lastPriceTicks } = book;
  for (const slot of slots) {
    const id = orders.orderId(slot);
    const flags = orders.flags(slot);
    const stopTicks = extras.stopTicks(orders.extras(slot));
    ensure(book, sideOf(flags) === side && (flags & WAITING) !== 0, `side of stop ${id}`);
    ensure(book, ladders.price(orders.level(slot)) === stopTicks, `stop price of ${id}`);
    const reached = side === Side.Buy ? lastPriceTicks >= stopTicks : lastPriceTicks <= stopTicks;
    ensure(book, lastPriceTicks === 0 || !reached, `stop ${id} should have fired`);
    checkRecord(book, slot);
  }
}

function checkRecord(book: OrderBook, slot: number): void {
  const { orders, store } = book;
  const id = orders.orderId(slot);
  ensure(book, store.index.find(id) === slot, `order ${id} is not found`);
  ensure(book, store.usedIds.has(id), `order ${id} is not in use`);
  ensure(book, orders.remaining(slot) <= orders.total(slot), `order ${id} has more than its total`);
}

function checkExpiries(book: OrderBook, live: number[], expiries: readonly number[]): void {
  const { orders, extras, ladders, clockMs } = book;
  const expiring = live.filter((slot) => (orders.flags(slot) & EXPIRES) !== 0);
  ensure(book, new Set(expiries).size === expiring.length, 'orders that expire');
  ensure(book, expiries.length === expiring.length, 'orders that expire');
  for (const slot of expiring) {
    const id = orders.orderId(slot);
    const entry = orders.extras(slot);
    ensure(book, (orders.flags(slot) & HAS_EXTRAS) !== 0, `flags of ${id}`);
    ensure(book, ladders.price(extras.level(entry)) === extras.expiresAtMs(entry), `time of ${id}`);
    ensure(book, extras.expiresAtMs(entry) > clockMs, `order ${id} should have expired`);
  }
}

function checkOpenLots(book: OrderBook, buys: readonly number[], sells: readonly number[]): void {
  const sum = (slots: readonly number[]): number =>
    slots.reduce((lots, slot) => lots + book.orders.remaining(slot), 0);
  ensure(book, book.openLots(Side.Buy) === sum(buys), 'open lots to buy');
  ensure(book, book.openLots(Side.Sell) === sum(sells), 'open lots to sell');
}

function ensure(book: OrderBook, holds: boolean, what: string): void {
  if (!holds) throw new Error(`Broken in ${book.item}: ${what}`);
}

function ensureAll(holds: boolean, what: string): void {
  if (!holds) throw new Error(`Broken: ${what}`);
}
