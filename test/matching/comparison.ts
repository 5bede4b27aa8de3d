import { inspect } from 'node:util';
import {
  CommandKind,
  MatchingEngine,
  Reason,
  SIDES,
  describeEffect,
  type Effect,
  type EngineOptions,
  type OrderState,
} from '@app/matching';
import { Ledger } from './ledger';
import type { ReferenceBook } from './reference-book';
import { ReferenceEngine } from './reference-engine';
import type { ReferenceOrder } from './reference-order';
import { runOnEngine, runOnReference, type Outcome, type Step } from './steps';

/** Markets with more orders than this are read in full on every tenth step only, or the hundredth. */
const SMALL_BOOK = 60;
const FEW_ORDERS = 400;

/** Runs the same steps on the engine and on the reference and finds the first difference. */
export class Comparison {
  readonly reference = new ReferenceEngine();
  readonly engine: MatchingEngine;
  private readonly ledger: Ledger;
  private steps = 0;

  constructor(
    private readonly markets: number,
    options?: EngineOptions,
    /** Makes every check on every step, where otherwise the slow ones are made now and then. */
    private readonly thorough = false,
  ) {
    this.engine = new MatchingEngine(options);
    this.ledger = new Ledger(markets);
    for (let market = 0; market < markets; market += 1) {
      demand('openMarket', this.engine.openMarket(`M${market}`), market);
      this.reference.openMarket(`M${market}`);
    }
  }

  /** @returns what both answered. @throws with the difference if they differ, or if an invariant is broken. */
  run(step: Step): Outcome {
    const { engine, ledger, reference } = this;
    this.steps += 1;
    const expected = runOnReference(reference, step);
    const unchanged = expected.reason !== Reason.None || changesNothing(step, expected.effects);
    const hashBefore = unchanged ? this.hash(step) : undefined;
    const found = runOnEngine(engine, step);
    compareEffects(expected.effects, found.effects);
    demand('the returned reason', found.reason, expected.reason);
    if (hashBefore !== undefined) demand('stateHash', this.hash(step), hashBefore);
    ledger.add(step, found);
    demand('liveOrders', engine.liveOrders, reference.liveOrders);
    if (engine.liveOrders <= FEW_ORDERS || this.every(100)) engine.checkInvariants();
    if (step.call === 'execute' && reference.books[step.market]) this.compareMarket(step.market);
    else this.compareAllMarkets();
    return found;
  }

  compareAllMarkets(): void {
    for (let market = 0; market < this.markets; market += 1) this.compareMarket(market);
  }

  private compareMarket(market: number): void {
    const { engine } = this;
    const book = this.reference.books[market]!;
    const [bid, ask] = [engine.bestBidTicks(market), engine.bestAskTicks(market)];
    if (bid !== 0 && ask !== 0 && bid >= ask) throw new Error(`crossed book: ${bid} / ${ask}`);
    demand('bestBidTicks', bid, book.bids[0]?.priceTicks ?? 0);
    demand('bestAskTicks', ask, book.asks[0]?.priceTicks ?? 0);
    demand('lastPriceTicks', engine.lastPriceTicks(market), book.lastPriceTicks);
    demand('state', engine.state(market), book.state);
    demand('clockMs', engine.clockMs(market), book.clockMs);
    demand('sequence', engine.sequence(market), book.sequence);
    const orders = book.bids.length + book.asks.length;
    if (orders > SMALL_BOOK && !this.every(orders > FEW_ORDERS ? 100 : 10)) return;
    for (const side of [0, 1] as const) {
      compareOrders(engine, book, side);
      compareDepth(engine, book, side);
      compareShortVisits(engine, book, side);
    }
    const expiries = book.liveOrders().map(({ expiresAtMs }) => expiresAtMs);
    const next = expiries.filter((expiresAtMs) => expiresAtMs > 0).sort((a, b) => a - b)[0] ?? 0;
    demand('nextExpiryMs', engine.nextExpiryMs(market), next);
    if (this.every(10)) this.ledger.check(engine, market);
    if (this.every(orders > FEW_ORDERS ? 1_000 : 60)) this.compareEveryOrder(book);
  }

  private compareEveryOrder(book: ReferenceBook): void {
    const { engine } = this;
    for (const [name, bound] of Object.entries(book.rules)) {
      demand(`rules.${name}`, (engine.rules(book.market) as unknown as Named)[name], bound);
    }
    for (const order of book.liveOrders()) {
      demand(`isUsed(${order.orderId})`, engine.isUsed(order.orderId), true);
      const state = engine.order(order.orderId);
      if (!state) throw new Error(`order(${order.orderId}) is missing`);
      const expected = stateOf(book, order);
      for (const [name, value] of Object.entries(expected)) {
        demand(`order(${order.orderId}).${name}`, (state as unknown as Named)[name], value);
      }
    }
  }

  /** Of the market most of the time: that of everything takes in every id that was ever used. */
  private hash(step: Step): string | undefined {
    if (this.every(200)) return this.engine.stateHash();
    const known = step.call === 'execute' && this.reference.books[step.market] !== undefined;
    return known && this.every(5) ? this.engine.stateHash(step.market) : undefined;
  }

  private every(nth: number): boolean {
    return this.thorough || this.steps % nth === 0;
  }
}

type Named = Record<string, unknown>;

/** What the engine's order() should say. */
function stateOf(book: ReferenceBook, order: ReferenceOrder): OrderState {
  const waiting = book.isWaiting(order);
  // Stops wait in the queue of their stop price, and count there with all they have.
  const queue = waiting
    ? book.stops.filter((s) => s.side === order.side && s.stopTicks === order.stopTicks)
    : book.side(order.side).filter((there) => there.priceTicks === order.priceTicks);
  const ahead = queue.slice(0, queue.indexOf(order));
  return {
    orderId: order.orderId,
    market: order.market,
    ownerId: order.ownerId,
    side: order.side,
    type: order.type,
    timeInForce: order.timeInForce,
    selfTradePrevention: order.selfTradePrevention,
    postOnly: order.postOnly,
    quantityLots: order.quantityLots,
    filledLots: order.filledLots,
    remainingLots: order.remainingLots,
    visibleLots: order.visibleLots,
    priceTicks: order.priceTicks,
    stopTicks: order.stopTicks,
    displayLots: order.displayLots,
    expiresAtMs: order.expiresAtMs,
    waiting,
    ordersAhead: ahead.length,
    lotsAhead: ahead.reduce(
      (lots, there) => lots + (waiting ? there.remainingLots : there.visibleLots),
      0,
    ),
  };
}

/** A cancel-all of nothing, and nothing else that is taken. */
function changesNothing(step: Step, effects: readonly Effect[]): boolean {
  if (effects.length > 0 || step.call === 'forgetIdsUpTo') return false;
  return step.call === 'cancelAllMarkets' || step.command.kind === CommandKind.CancelAll;
}

function compareOrders(engine: MatchingEngine, book: ReferenceBook, side: 0 | 1): void {
  const expected = book.side(side);
  let at = 0;
  engine.orders(book.market, side, (orderId, priceTicks, remainingLots, visibleLots) => {
    const order = expected[at];
    const same =
      order?.orderId === orderId &&
      order.priceTicks === priceTicks &&
      order.remainingLots === remainingLots &&
      order.visibleLots === visibleLots;
    if (!same) {
      const found = `${orderId}: ${visibleLots} of ${remainingLots} @ ${priceTicks}`;
      const wanted = order
        ? `${order.orderId}: ${order.visibleLots} of ${order.remainingLots} @ ${order.priceTicks}`
        : 'none';
      throw new Error(`${SIDES[side]} order ${at} in the queue is ${found}, expected ${wanted}`);
    }
    at += 1;
  });
  demand(`${SIDES[side]} orders`, at, expected.length);
}

function compareDepth(engine: MatchingEngine, book: ReferenceBook, side: 0 | 1): void {
  const expected = book.side(side);
  let from = 0;
  engine.depth(book.market, side, (priceTicks, quantityLots, orders) => {
    let lots = 0;
    let to = from;
    while (expected[to]?.priceTicks === expected[from]?.priceTicks && to < expected.length) {
      lots += expected[to]!.visibleLots;
      to += 1;
    }
    demand(`${SIDES[side]} level price`, priceTicks, expected[from]?.priceTicks);
    demand(`${SIDES[side]} level ${priceTicks} lots`, quantityLots, lots);
    demand(`${SIDES[side]} level ${priceTicks} orders`, orders, to - from);
    from = to;
  });
  demand(`${SIDES[side]} orders in levels`, from, expected.length);
}

/** A visitor that returns false sees nothing more. */
function compareShortVisits(engine: MatchingEngine, book: ReferenceBook, side: 0 | 1): void {
  const orders = book.side(side);
  let seen = 0;
  engine.orders(book.market, side, () => ++seen < 2);
  demand(`${SIDES[side]} orders in a short visit`, seen, Math.min(2, orders.length));
  seen = 0;
  engine.depth(book.market, side, () => ++seen < 2);
  const levels = new Set(orders.map(({ priceTicks }) => priceTicks)).size;
  demand(`${SIDES[side]} levels in a short visit`, seen, Math.min(2, levels));
}

function demand(what: string, found: unknown, expected: unknown): void {
  if (Object.is(found, expected)) return;
  throw new Error(`${what} is ${inspect(found)}, expected ${inspect(expected)}`);
}

/** @throws with both lists of effects, as text, unless they are equal field by field. */
export function compareEffects(expected: readonly Effect[], found: readonly Effect[]): void {
  const same =
    expected.length === found.length &&
    expected.every((effect, at) => sameEffect(effect as unknown as Named, found[at]!));
  if (same) return;
  const lines = (effects: readonly Effect[]): string =>
    effects.map((e) => `    #${e.sequence} in ${e.market}: ${describeEffect(e)}`).join('\n');
  throw new Error(
    `the effects differ\n  expected:\n${lines(expected)}\n  found:\n${lines(found)}\n  ` +
      differingField(expected, found),
  );
}

function sameEffect(expected: Named, found: object): boolean {
  let fields = 0;
  for (const name in expected) {
    if (!Object.is(expected[name], (found as Named)[name])) return false;
    fields += 1;
  }
  return Object.keys(found).length === fields;
}

/** The text of two effects may be the same though a field is not. */
function differingField(expected: readonly Effect[], found: readonly Effect[]): string {
  const at = expected.findIndex((effect, index) => {
    const other = found[index];
    return !other || !sameEffect(effect as unknown as Named, other);
  });
  return `first: ${JSON.stringify(expected[at])}\n     vs: ${JSON.stringify(found[at])}`;
}
