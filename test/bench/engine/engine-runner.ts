import {
  EffectCursor,
  EffectKind,
  MatchingEngine,
  OrderType,
  PlaceOrder,
  type Side,
  TimeInForce,
} from '@app/matching';
import { DRAIN_EVERY } from './bare-runner';
import { type Flow, Kind, kindOf, RECORD_WORDS, sideOf, symbolOf } from './flow';
import { HASH_START, mix, type Resting, restingTotals, type Totals } from './totals';

/** Orders belong to so many owners. */
const OWNERS = 1000;
// Read once: an import is looked up in its module each time it is used.
const { Limit, Market } = OrderType;
const { Gtc, Ioc } = TimeInForce;
const TRADE = EffectKind.Trade;

/** Where a flow goes when an engine has had others before: its symbols and ids follow theirs. */
export interface Offset {
  market: number;
  id: number;
}

export const FROM_THE_START: Offset = { market: 0, id: 0 };

/** An engine with a market for each symbol of the flow. */
export function engineFor(flow: Flow): MatchingEngine {
  const engine = new MatchingEngine();
  openMarkets(engine, flow);
  return engine;
}

/** @returns the offset for the flow's commands. */
export function openMarkets(engine: MatchingEngine, flow: Flow, firstId = 0): Offset {
  const market = engine.marketCount;
  for (let symbol = 0; symbol < flow.symbols; symbol += 1) {
    engine.openMarket(`ITEM-${market + symbol}`);
  }
  return { market, id: firstId };
}

/** Feeds records [from, to) and throws the effects away now and then, as a reader does who is done with them. */
export function feedEngine(
  engine: MatchingEngine,
  words: Int32Array,
  from: number,
  to: number,
  offset: Offset = FROM_THE_START,
): void {
  const order = new PlaceOrder();
  for (let start = from; start < to; start += DRAIN_EVERY) {
    apply(engine, order, words, start, Math.min(start + DRAIN_EVERY, to), offset);
    engine.effects.clear();
  }
}

export interface Seen {
  trades: number;
  tradedQuantity: number;
  hash: number;
}

export const NOTHING_SEEN: Readonly<Seen> = { trades: 0, tradedQuantity: 0, hash: HASH_START };

/** Feeds records [from, to) and reads every effect, hashing the trades. */
export function feedAndRead(
  engine: MatchingEngine,
  words: Int32Array,
  from: number,
  to: number,
  before: Readonly<Seen> = NOTHING_SEEN,
): Seen {
  const order = new PlaceOrder();
  const cursor = new EffectCursor(engine.effects);
  const seen = { ...before };
  for (let start = from; start < to; start += DRAIN_EVERY) {
    apply(engine, order, words, start, Math.min(start + DRAIN_EVERY, to), FROM_THE_START);
    while (cursor.next()) {
      if (cursor.kind !== TRADE) continue;
      seen.trades += 1;
      seen.tradedQuantity += cursor.quantityLots;
      const byOrders = mix(mix(seen.hash, cursor.takerId), cursor.makerId);
      seen.hash = mix(mix(byOrders, cursor.priceTicks), cursor.quantityLots);
    }
    engine.effects.clear();
    cursor.rewind();
  }
  return seen;
}

/** Replays a whole flow and hashes every trade; the engine must find its own state whole. */
export function verifyEngine(flow: Flow): Totals & { effects: number } {
  const engine = engineFor(flow);
  const seen = feedAndRead(engine, flow.words, 0, flow.prefill + flow.measured);
  engine.checkInvariants();
  return {
    trades: seen.trades,
    tradedQuantity: seen.tradedQuantity,
    tradesHash: seen.hash >>> 0,
    ...restingInEngine(engine, flow),
    effects: effectsOf(engine),
  };
}

export function restingInEngine(
  engine: MatchingEngine,
  flow: Flow,
  offset: Offset = FROM_THE_START,
): Resting {
  return restingTotals(flow.symbols, (symbol, side, visit) => {
    engine.orders(offset.market + symbol, side as Side, (id, price, remaining) => {
      visit(id - offset.id, price, remaining);
    });
  });
}

/** Effects that all markets have had so far. */
export function effectsOf(engine: MatchingEngine): number {
  let sum = 0;
  for (let market = 0; market < engine.marketCount; market += 1) sum += engine.sequence(market);
  return sum;
}

/** One command. No command of a flow may be refused. */
export function applyOne(
  engine: MatchingEngine,
  order: PlaceOrder,
  words: Int32Array,
  at: number,
  offset: Offset,
): number {
  const head = words[at]!;
  const id = words[at + 1]! + offset.id;
  const market = symbolOf(head) + offset.market;
  const kind = kindOf(head);
  if (kind === Kind.Cancel) return engine.cancel(market, id);
  if (kind === Kind.Amend) return engine.amend(market, id, words[at + 2]!, words[at + 3]!);
  order.orderId = id;
  order.ownerId = 1 + (id % OWNERS);
  order.side = sideOf(head) as Side;
  order.type = kind === Kind.Market ? Market : Limit;
  order.timeInForce = kind === Kind.Ioc ? Ioc : Gtc;
  order.priceTicks = words[at + 2]!;
  order.quantityLots = words[at + 3]!;
  return engine.place(market, order);
}

function apply(
  engine: MatchingEngine,
  order: PlaceOrder,
  words: Int32Array,
  from: number,
  to: number,
  offset: Offset,
): void {
  let refusals = 0;
  for (let at = from * RECORD_WORDS; at < to * RECORD_WORDS; at += RECORD_WORDS) {
    refusals |= applyOne(engine, order, words, at, offset);
  }
  if (refusals !== 0) throw new Error(`a command between ${from} and ${to} was refused`);
}
