import { areRules, faultOf, isCode, isCount, isCountOrZero } from './admission';
import { OrderType, Side, type MarketRules, type MarketState } from './commands';
import type { BookStore } from './book-store';
import type { OrderBook } from './order-book';
import { canRest, flagsOf } from './order-flags';
import { recordOf, type OrderRecord } from './order-record';
import { queuesOf } from './queues';
import { Reason } from './reasons';
import type { UsedIds, UsedIdsSnapshot } from './used-ids';
import { MARKET_STATES } from './names';

/** The version that this code writes, and the only one that it reads. */
export const SNAPSHOT_VERSION = 1;

/** One market. Every list is in the order in which it will be served. */
export interface MarketSnapshot {
  item: string;
  state: MarketState;
  rules: MarketRules;
  clockMs: number;
  lastPriceTicks: number;
  sequence: number;
  tradeId: number;
  bids: OrderRecord[];
  asks: OrderRecord[];
  buyStops: OrderRecord[];
  sellStops: OrderRecord[];
  /** Ids of all orders that expire. */
  expiries: number[];
}

export interface EngineSnapshot {
  version: number;
  /** By market number. */
  markets: MarketSnapshot[];
  usedIds: UsedIdsSnapshot;
}

export function snapshotOf(books: readonly OrderBook[], usedIds: UsedIds): EngineSnapshot {
  return {
    version: SNAPSHOT_VERSION,
    markets: books.map(snapshotOfMarket),
    usedIds: usedIds.snapshot(),
  };
}

function snapshotOfMarket(book: OrderBook): MarketSnapshot {
  const { item, state, rules, clockMs, lastPriceTicks, sequence, tradeId, orders } = book;
  const { bids, asks, buyStops, sellStops, expiries } = queuesOf(book);
  const record = (slot: number): OrderRecord => recordOf(book, slot);
  return {
    item,
    state,
    rules: { ...rules },
    clockMs,
    lastPriceTicks,
    sequence,
    tradeId,
    bids: bids.map(record),
    asks: asks.map(record),
    buyStops: buyStops.map(record),
    sellStops: sellStops.map(record),
    expiries: expiries.map((slot) => orders.orderId(slot)),
  };
}

/**
 * Fills empty books from a snapshot. What a sum or an order of a list can tell is checked here; the caller checks the
 * books as a whole.
 * @param open opens a market and gives its empty book.
 * @throws Error for an unknown version or values that no engine writes.
 */
export function restoreMarkets(
  snapshot: EngineSnapshot,
  store: BookStore,
  open: (item: string, rules: MarketRules) => OrderBook,
): void {
  if (snapshot.version !== SNAPSHOT_VERSION) {
    throw new Error(`Snapshot version ${snapshot.version} is unknown; this is ${SNAPSHOT_VERSION}`);
  }
  const items = new Set(snapshot.markets.map(({ item }) => item));
  expect(items.size === snapshot.markets.length, 'an item has two markets');
  for (const market of snapshot.markets) restoreMarket(market, store, open);
}

/** Fills the empty book of one market. @throws Error for values that no engine writes. */
export function restoreMarket(
  market: Readonly<MarketSnapshot>,
  store: BookStore,
  open: (item: string, rules: MarketRules) => OrderBook,
): void {
  const { item, state, rules, clockMs, lastPriceTicks, sequence, tradeId } = market;
  expect(typeof item === 'string', 'an item is no text');
  expect(areRules(rules) && isCode(state, MARKET_STATES.length), `state or rules of ${item}`);
  expect(
    [clockMs, lastPriceTicks, sequence, tradeId].every(isCountOrZero),
    `a count of ${item} is none`,
  );
  const book = open(item, rules);
  Object.assign(book, { state, clockMs, lastPriceTicks, sequence, tradeId });

  expectQueues(market);
  const slots = addRecords(book, store, market);
  const queue = (
    orders: readonly OrderRecord[],
    join: (slot: number, order: OrderRecord) => void,
  ) => orders.forEach((order) => join(slots.get(order.orderId) ?? 0, order));
  queue([...market.bids, ...market.asks], (slot, order) => {
    const { side, priceTicks, remainingLots, visibleLots } = order;
    book.enqueue(slot, side, priceTicks, remainingLots, visibleLots);
  });
  queue([...market.buyStops, ...market.sellStops], (slot, order) => {
    book.wait(slot, order.side, order.stopTicks);
  });
}

/** A record for each order; those that expire first, in the order in which they will. @returns slots by order id. */
function addRecords(
  book: OrderBook,
  store: BookStore,
  market: Readonly<MarketSnapshot>,
): Map<number, number> {
  const { bids, asks, buyStops, sellStops, expiries } = market;
  const orders = new Map<number, OrderRecord>();
  const waiting = new Set([...buyStops, ...sellStops]);
  for (const order of [...bids, ...asks, ...waiting]) {
    const { orderId } = order;
    expectSound(order, waiting.has(order));
    expect(!orders.has(orderId) && store.index.find(orderId) === 0, `two orders ${orderId}`);
    orders.set(orderId, order);
  }
  const expiring = [...orders.values()].filter(({ expiresAtMs }) => expiresAtMs !== 0);
  expect(
    expiries.length === expiring.length && new Set(expiries).size === expiries.length,
    'the list of expiries is not that of the orders that expire',
  );
  const slots = new Map<number, number>();
  for (const orderId of [...expiries, ...orders.keys()]) {
    const order = orders.get(orderId);
    if (order === undefined) throw new Error(`The snapshot is broken: ${orderId} is no order`);
    if (slots.has(orderId)) continue;
    const flags = flagsOf(order, order.displayLots !== 0);
    const { quantityLots, remainingLots } = order;
    slots.set(orderId, book.addOrder(order, flags, quantityLots, remainingLots));
  }
  return slots;
}

/** A well-formed order, in a list where such an order can be. */
function expectSound(order: OrderRecord, waits: boolean): void {
  const { orderId, type, remainingLots, quantityLots, visibleLots } = order;
  // An amend may leave an iceberg smaller than its slice.
  const displayLots = Math.min(order.displayLots, quantityLots);
  const wellFormed = faultOf({ ...order, displayLots, amountTickLots: 0 }) === Reason.None;
  const isStop = type === OrderType.Stop || type === OrderType.StopLimit;
  const slice = order.displayLots === 0 ? remainingLots : Math.min(displayLots, remainingLots);
  const stands = waits
    ? isStop && remainingLots === quantityLots && visibleLots === 0
    : canRest(order) && visibleLots <= slice && (order.displayLots !== 0 || visibleLots === slice);
  expect(
    wellFormed &&
      stands &&
      isCountOrZero(order.displayLots) &&
      isCount(remainingLots) &&
      remainingLots <= quantityLots,
    `order ${orderId} has a value that no order has there`,
  );
}

/** Ascending or descending prices, as the list is served, and no more lots on a side than a book can hold. */
function expectQueues({ item, bids, asks, buyStops, sellStops }: Readonly<MarketSnapshot>): void {
  const byPrice = ({ priceTicks }: OrderRecord): number => priceTicks;
  const byStop = ({ stopTicks }: OrderRecord): number => stopTicks;
  expect(
    isSorted(bids, byPrice, -1) &&
      isSorted(asks, byPrice, 1) &&
      isSorted(buyStops, byStop, 1) &&
      isSorted(sellStops, byStop, -1),
    `a list of ${item} is not in the order in which it is served`,
  );
  for (const [side, orders] of [
    [Side.Buy, [...bids, ...buyStops]],
    [Side.Sell, [...asks, ...sellStops]],
  ] as const) {
    expect(
      orders.every((order) => order.side === side),
      `an order of ${item} is on the other side`,
    );
    const lots = orders.reduce((sum, { remainingLots }) => sum + remainingLots, 0);
    expect(lots <= Number.MAX_SAFE_INTEGER, `a side of ${item} holds too much`);
  }
}

function isSorted(
  orders: readonly OrderRecord[],
  keyOf: (order: OrderRecord) => number,
  direction: number,
): boolean {
  let before = direction * -Infinity;
  return orders.every((order) => {
    const key = keyOf(order);
    const fits = (key - before) * direction >= 0;
    before = key;
    return fits;
  });
}

function expect(sound: boolean, fault: string): void {
  if (!sound) throw new Error(`The snapshot is broken: ${fault}`);
}
