import { areRules, isCode, isCount, isCountOrZero } from './admission';
import {
  MARKET_STATES,
  ORDER_TYPES,
  SELF_TRADE_PREVENTIONS,
  Side,
  TIMES_IN_FORCE,
  type MarketRules,
  type MarketState,
} from './commands';
import type { BookStore } from './book-store';
import type { OrderBook } from './order-book';
import { packFlags } from './order-flags';
import { recordOf, type OrderRecord } from './order-record';
import { queuesOf } from './queues';
import type { UsedIds, UsedIdsSnapshot } from './used-ids';

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

function restoreMarket(
  market: MarketSnapshot,
  store: BookStore,
  open: (item: string, rules: MarketRules) => OrderBook,
): void {
  const { item, state, rules, clockMs, lastPriceTicks, sequence, tradeId } = market;
  expect(areRules(rules) && isCode(state, MARKET_STATES.length), `state or rules of ${item}`);
  expect(
    [clockMs, lastPriceTicks, sequence, tradeId].every(isCountOrZero),
    `a count of ${item} is none`,
  );
  const book = open(item, rules);
  Object.assign(book, { state, clockMs, lastPriceTicks, sequence, tradeId });

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
  market: MarketSnapshot,
): Map<number, number> {
  const { bids, asks, buyStops, sellStops, expiries } = market;
  const orders = new Map<number, OrderRecord>();
  for (const order of [...bids, ...asks, ...buyStops, ...sellStops]) {
    const { orderId } = order;
    expectSound(order);
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
    const flags = packFlags(order, order.displayLots !== 0);
    const { quantityLots, remainingLots } = order;
    slots.set(orderId, book.addOrder(order, flags, quantityLots, remainingLots));
  }
  return slots;
}

function expectSound(order: OrderRecord): void {
  const { orderId, remainingLots, quantityLots } = order;
  const counts = [orderId, order.ownerId, quantityLots, remainingLots];
  const optional = [
    order.visibleLots,
    order.priceTicks,
    order.stopTicks,
    order.displayLots,
    order.expiresAtMs,
  ];
  expect(
    counts.every(isCount) &&
      optional.every(isCountOrZero) &&
      (order.side === Side.Buy || order.side === Side.Sell) &&
      isCode(order.type, ORDER_TYPES.length) &&
      isCode(order.timeInForce, TIMES_IN_FORCE.length) &&
      isCode(order.selfTradePrevention, SELF_TRADE_PREVENTIONS.length) &&
      remainingLots <= quantityLots,
    `order ${orderId} has a value that no order has`,
  );
}

function expect(sound: boolean, fault: string): void {
  if (!sound) throw new Error(`The snapshot is broken: ${fault}`);
}
