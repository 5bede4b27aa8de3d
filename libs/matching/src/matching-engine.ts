import * as admission from './admission';
import { amend } from './amend';
import { BookStore } from './book-store';
import {
  CommandKind,
  OPEN_RULES,
  Side,
  type Command,
  type MarketRules,
  type MarketState,
  type PlaceOrder,
} from './commands';
import { EffectLog } from './effect-log';
import { expire } from './expiry';
import { IncomingOrder } from './incoming-order';
import { checkBooks } from './invariants';
import { MARKET_STATES } from './names';
import { OrderBook } from './order-book';
import * as flagNames from './order-flags';
import * as plain from './plain-orders';
import { queuesOf } from './queues';
import type { OrderRecord } from './order-record';
import { orderState, recordOfOrder, visitDepth, visitOrders, type OrderState } from './reads';
import { Reason } from './reasons';
import * as running from './run-order';
import {
  restoreMarket,
  restoreMarkets,
  snapshotOf,
  type EngineSnapshot,
  type MarketSnapshot,
} from './snapshot';
import { hashOfEngine, hashOfMarket } from './state-hash';
import * as stops from './stop-orders';
import { UsedIds } from './used-ids';

// Bound once: docs/decisions/0006.
const { fireStops, isReached } = stops;
const { cancelPlain, placePlain, takePlain } = plain;
const { General, Take } = plain.Way;
const { run, runTriggered } = running;
const { flagsOf } = flagNames;
const { admit, areRules, isCode, isCount, isCountOrZero } = admission;
const { Place } = CommandKind;
const { None, UnknownMarket, User } = Reason;

/** Hints; none of them changes what the engine does. */
export interface EngineOptions {
  /** Live orders to have memory for from the start. It grows beyond, which copies what there is: a pause. */
  expectedOrders?: number;
  /** Price levels in all markets, likewise. */
  expectedLevels?: number;
  /** Where effects go; by default a log of its own. */
  effects?: EffectLog;
}

/**
 * Price-time order books by item. Commands in, effects out, in order: no I/O, no clock, no random number, so the same
 * commands always give the same effects. A command that is refused changes nothing but the market's effect sequence.
 * Commands return Reason.None when they are taken, otherwise the reason that their REJECTED effect carries.
 * Rules: docs/matching-rules.md.
 */
export class MatchingEngine {
  /** Every command appends to it; the caller reads and clears it. */
  readonly effects: EffectLog;
  private readonly store: BookStore;
  private readonly books: OrderBook[] = [];
  private readonly markets = new Map<string, number>();
  private readonly incoming = new IncomingOrder();
  private readonly firing: number[] = [];

  constructor(options: EngineOptions = {}) {
    this.effects = options.effects ?? new EffectLog();
    this.store = new BookStore(
      options.expectedOrders ?? 0,
      options.expectedLevels ?? 0,
      this.effects,
    );
  }

  /**
   * An engine that goes on exactly as the one whose snapshot it is.
   * @throws Error for a version it does not know, or a snapshot that no engine can have made.
   */
  static restore(snapshot: EngineSnapshot, options: EngineOptions = {}): MatchingEngine {
    const engine = new MatchingEngine(options);
    restoreMarkets(snapshot, engine.store, (item, rules) =>
      engine.book(engine.openMarket(item, rules)),
    );
    engine.store.usedIds = UsedIds.restore(snapshot.usedIds);
    engine.checkInvariants();
    return engine;
  }

  /**
   * Adds one market as a snapshot has it; the ids of its orders count as used from now on.
   * @returns its number.
   * @throws RangeError for an item that has a market here. Error for a market that no engine can have; give the engine
   *   up then.
   */
  restoreMarket(snapshot: Readonly<MarketSnapshot>): number {
    if (this.markets.has(snapshot.item)) throw new RangeError(`${snapshot.item} is open already`);
    restoreMarket(snapshot, this.store, (item, rules) => this.book(this.openMarket(item, rules)));
    const { bids, asks, buyStops, sellStops } = snapshot;
    for (const orders of [bids, asks, buyStops, sellStops]) {
      for (const { orderId } of orders) this.store.usedIds.take(orderId);
    }
    return this.books.length - 1;
  }

  /** @returns the item's market number: 0, 1, 2, … in the order of opening; of an open item the one it has. */
  openMarket(item: string, rules: Readonly<MarketRules> = OPEN_RULES): number {
    const known = this.markets.get(item);
    if (known !== undefined) return known;
    if (!areRules(rules)) throw new RangeError(`The rules of ${item} contradict themselves`);
    const market = this.books.length;
    this.store.openMarkets(market + 1);
    const book = new OrderBook(market, item, this.store);
    book.rules = rules === OPEN_RULES ? rules : { ...rules };
    this.books.push(book);
    this.markets.set(item, market);
    return market;
  }

  marketOf(item: string): number | undefined {
    return this.markets.get(item);
  }

  /** @throws RangeError for a market that is not open, like all reads below. */
  itemOf(market: number): string {
    return this.book(market).item;
  }

  get marketCount(): number {
    return this.books.length;
  }

  /** Live orders in all markets, waiting stops included. */
  get liveOrders(): number {
    return this.store.orders.size;
  }

  /** Bytes of the arrays behind all books. */
  get bytes(): number {
    return this.store.bytes;
  }

  // Commands.

  place(market: number, order: Readonly<PlaceOrder>): Reason {
    const book = this.books[market];
    if (book === undefined) {
      return this.refuse(book, market, Place, order.orderId, UnknownMarket);
    }
    const way = placePlain(book, order);
    if (way === Take) this.take(book, order);
    if (way !== General) return None;
    const refusal = admit(book, order);
    if (refusal !== None) return this.refuse(book, market, Place, order.orderId, refusal);
    this.store.usedIds.take(order.orderId);
    // A sum with 0 makes 0 of −0.
    book.effects.accepted(market, book.nextSequence(), order.orderId, order.quantityLots + 0);
    this.runNew(book, order);
    return None;
  }

  /** Ends a resting order or a waiting stop. */
  cancel(market: number, orderId: number): Reason {
    const book = this.books[market];
    if (book !== undefined && cancelPlain(book, orderId)) return None;
    const slot = book === undefined || !isCount(orderId) ? 0 : book.liveSlot(orderId);
    if (book === undefined || slot === 0 || book.isHalted) {
      const refusal = whyNotCancel(book, orderId, slot);
      return this.refuse(book, market, CommandKind.Cancel, orderId, refusal);
    }
    book.cancel(slot, User);
    return None;
  }

  /** Ends all orders of an owner in a market, by ascending order id. Cost: O(orders of the market). */
  cancelAll(market: number, ownerId: number): Reason {
    const book = this.books[market];
    let refusal: Reason = Reason.None;
    if (book === undefined) refusal = Reason.UnknownMarket;
    else if (!isCount(ownerId)) refusal = Reason.InvalidOwnerId;
    else if (book.isHalted) refusal = Reason.Halted;
    if (book === undefined || refusal !== Reason.None) {
      return this.refuse(book, market, CommandKind.CancelAll, 0, refusal);
    }
    for (const orderId of this.ordersOf(book, ownerId)) {
      book.cancel(book.liveSlot(orderId), User);
    }
    return Reason.None;
  }

  /** `cancelAll` in every market where the owner has a live order, by market number. Cost: O(live orders). */
  cancelAllMarkets(ownerId: number): void {
    for (const market of this.store.marketsOf(ownerId)) this.cancelAll(market, ownerId);
  }

  /** @param priceTicks 0 to keep it. @param quantityLots the new total, its filled part included; 0 to keep it. */
  amend(market: number, orderId: number, priceTicks: number, quantityLots: number): Reason {
    const book = this.books[market];
    const refusal =
      book === undefined
        ? Reason.UnknownMarket
        : amend(book, orderId, priceTicks, quantityLots, this.incoming);
    if (book === undefined || refusal !== Reason.None) {
      return this.refuse(book, market, CommandKind.Amend, orderId, refusal);
    }
    fireStops(book, this.incoming, this.firing);
    return Reason.None;
  }

  /** Ends what expires at or before this time, ms; the market's clock never goes back. */
  expire(market: number, nowMs: number): Reason {
    const book = this.books[market];
    if (book === undefined || !isCount(nowMs)) {
      const refusal = book === undefined ? Reason.UnknownMarket : Reason.InvalidTime;
      return this.refuse(book, market, CommandKind.Expire, 0, refusal);
    }
    expire(book, nowMs);
    return Reason.None;
  }

  setState(market: number, state: MarketState): Reason {
    const book = this.books[market];
    if (book === undefined || !isCode(state, MARKET_STATES.length)) {
      const refusal = book === undefined ? Reason.UnknownMarket : Reason.InvalidState;
      return this.refuse(book, market, CommandKind.SetState, 0, refusal);
    }
    book.state = (state + 0) as MarketState;
    book.effects.marketSet(market, book.nextSequence(), book.state);
    return Reason.None;
  }

  setRules(market: number, rules: Readonly<MarketRules>): Reason {
    const book = this.books[market];
    if (book === undefined || !areRules(rules)) {
      const refusal = book === undefined ? Reason.UnknownMarket : Reason.InvalidRules;
      return this.refuse(book, market, CommandKind.SetRules, 0, refusal);
    }
    const { minPriceTicks, maxPriceTicks, minQuantityLots, maxQuantityLots } = rules;
    book.rules = { minPriceTicks, maxPriceTicks, minQuantityLots, maxQuantityLots };
    book.effects.marketSet(market, book.nextSequence(), book.state);
    return Reason.None;
  }

  /** Any of the commands above as a value. */
  execute(market: number, command: Command): Reason {
    switch (command.kind) {
      case CommandKind.Place:
        return this.place(market, command.order);
      case CommandKind.Cancel:
        return this.cancel(market, command.orderId);
      case CommandKind.CancelAll:
        return this.cancelAll(market, command.ownerId);
      case CommandKind.Amend:
        return this.amend(market, command.orderId, command.priceTicks, command.quantityLots);
      case CommandKind.Expire:
        return this.expire(market, command.nowMs);
      case CommandKind.SetState:
        return this.setState(market, command.state);
      case CommandKind.SetRules:
        return this.setRules(market, command.rules);
    }
  }

  /**
   * From now on every id up to this one counts as used, and what was kept to know them one by one is given back.
   * For a caller whose ids ascend, now and then.
   * @throws RangeError unless it is an integer from 1 to 2^53 − 1.
   */
  forgetIdsUpTo(orderId: number): void {
    if (!isCount(orderId)) throw new RangeError(`${orderId} is no order id`);
    this.store.usedIds.forgetUpTo(orderId);
  }

  // Reads. Nothing is copied; all but order(), stateHash() and snapshot() take the same time however much rests.

  /** 0 if there is none. */
  bestBidTicks(market: number): number {
    return this.bestTicks(market, Side.Buy);
  }

  /** 0 if there is none. */
  bestAskTicks(market: number): number {
    return this.bestTicks(market, Side.Sell);
  }

  /** The price of the latest trade, 0 before the first. */
  lastPriceTicks(market: number): number {
    return this.book(market).lastPriceTicks;
  }

  state(market: number): MarketState {
    return this.book(market).state;
  }

  rules(market: number): Readonly<MarketRules> {
    return this.book(market).rules;
  }

  /** The latest time that an expire command carried, ms. */
  clockMs(market: number): number {
    return this.book(market).clockMs;
  }

  /** When the next order of the market expires, ms; 0 if none will. */
  nextExpiryMs(market: number): number {
    const book = this.book(market);
    const level = book.ladders.lowest(book.expiriesLadder);
    return level === 0 ? 0 : book.ladders.price(level);
  }

  /** The sequence of the market's latest effect, 0 before the first. */
  sequence(market: number): number {
    return this.book(market).sequence;
  }

  /** Levels of one side, best first; a visitor that returns false ends it. Send no command from within. */
  depth(
    market: number,
    side: Side,
    visit: (priceTicks: number, quantityLots: number, orders: number) => boolean | void,
  ): void {
    visitDepth(this.book(market), side, visit);
  }

  /** Resting orders of one side, best price first, then oldest first, as `depth`. */
  orders(
    market: number,
    side: Side,
    visit: (
      orderId: number,
      priceTicks: number,
      remainingLots: number,
      visibleLots: number,
    ) => boolean | void,
  ): void {
    visitOrders(this.book(market), side, visit);
  }

  /** A live order and its place in its queue; undefined for any other id. Cost: O(orders ahead of it). */
  order(orderId: number): OrderState | undefined {
    return isCount(orderId) ? orderState(this.store, this.books, orderId) : undefined;
  }

  /** A live order without its place in its queue; undefined for any other id. */
  record(orderId: number): OrderRecord | undefined {
    return isCount(orderId) ? recordOfOrder(this.store, this.books, orderId) : undefined;
  }

  /** Whether the id was taken once, or is forgotten. */
  isUsed(orderId: number): boolean {
    return isCount(orderId) && this.store.usedIds.has(orderId);
  }

  /** 16 hexadecimal digits for the state of a market, or of everything: see state-hash.ts. Cost: O(orders). */
  stateHash(market?: number): string {
    if (market !== undefined) return hashOfMarket(this.book(market));
    return hashOfEngine(this.books, this.store.usedIds);
  }

  /** Everything that decides how the engine goes on, as plain values that survive JSON. Cost: O(orders). */
  snapshot(): EngineSnapshot {
    return snapshotOf(this.books, this.store.usedIds);
  }

  /**
   * Checks that everything agrees: queues, sums, links, index, expiries, an uncrossed book. For tests and operators.
   * Cost: O(live orders). @throws Error that says what is broken.
   */
  checkInvariants(): void {
    checkBooks(this.store, this.books);
  }

  /** A plain order that may meet something. Only if something is left of it the general way goes on. */
  private take(book: OrderBook, order: Readonly<PlaceOrder>): void {
    const { incoming, firing } = this;
    book.effects.accepted(book.market, book.nextSequence(), order.orderId, order.quantityLots);
    incoming.loadPlain(order);
    takePlain(book, incoming);
    if (!incoming.done) {
      incoming.loadRest(order);
      run(book, incoming);
    }
    if (book.waitingStops !== 0) fireStops(book, incoming, firing);
  }

  /** An accepted order: it waits for its stop price, or does now what it is for. */
  private runNew(book: OrderBook, order: Readonly<PlaceOrder>): void {
    const { incoming, firing } = this;
    const { side, stopTicks } = order;
    if (stopTicks !== 0 && !isReached(book, side, stopTicks)) {
      const lots = order.quantityLots;
      book.wait(book.addOrder(order, flagsOf(order), lots, lots), side, stopTicks);
      return;
    }
    incoming.loadNew(order);
    if (stopTicks === 0) run(book, incoming);
    else runTriggered(book, incoming);
    fireStops(book, incoming, firing);
  }

  private refuse(
    book: OrderBook | undefined,
    market: number,
    command: CommandKind,
    orderId: number,
    reason: Reason,
  ): Reason {
    const sequence = book === undefined ? 0 : book.nextSequence();
    const namedMarket = isCountOrZero(market) ? market : -1;
    const namedOrder = isCount(orderId) ? orderId : 0;
    this.effects.rejected(namedMarket, sequence, command, namedOrder, reason);
    return reason;
  }

  private ordersOf(book: OrderBook, ownerId: number): number[] {
    const { orders } = this.store;
    const { bids, asks, buyStops, sellStops } = queuesOf(book);
    return [bids, asks, buyStops, sellStops]
      .flat()
      .filter((slot) => orders.ownerId(slot) === ownerId)
      .map((slot) => orders.orderId(slot))
      .sort((a, b) => a - b);
  }

  private bestTicks(market: number, side: Side): number {
    const level = this.book(market).best(side);
    return level === 0 ? 0 : this.store.ladders.price(level);
  }

  private book(market: number): OrderBook {
    const book = this.books[market];
    if (book === undefined) throw new RangeError(`There is no market ${market}`);
    return book;
  }
}

function whyNotCancel(book: OrderBook | undefined, orderId: number, slot: number): Reason {
  if (book === undefined) return UnknownMarket;
  if (!isCount(orderId)) return Reason.InvalidOrderId;
  return slot === 0 ? book.whyNotLive(orderId) : Reason.Halted;
}
