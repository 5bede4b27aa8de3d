import * as store from './book-store';
import type { BookStore } from './book-store';
import { MarketState, OPEN_RULES, Side, type MarketRules, type PlaceOrder } from './commands';
import type { EffectLog } from './effect-log';
import type { OrderExtras } from './order-extras';
import * as flagNames from './order-flags';
import type { OrderIndex } from './order-index';
import type { OrderPool } from './order-pool';
import type { PriceLadders } from './price-ladders';
import { Reason } from './reasons';

// Bound once: docs/decisions/0006.
const { EXPIRES, HAS_EXTRAS, ICEBERG, WAITING, sideOf } = flagNames;
const { BUY_STOPS, EXPIRIES, LADDERS, RESTING, SELL_STOPS, SIDES, marketOfLadder } = store;
const { Halted, Trading } = MarketState;
const { Buy } = Side;

/** What a record keeps of an order beside its flags and quantities. */
type RecordedOrder = Pick<
  PlaceOrder,
  'orderId' | 'ownerId' | 'priceTicks' | 'stopTicks' | 'displayLots' | 'expiresAtMs'
>;

/**
 * One market: its queues and the few numbers that matching needs beside them. It knows how orders enter, stand in
 * and leave the queues, keeping every sum right; the rules are in the files that use it.
 */
export class OrderBook {
  readonly orders: OrderPool;
  readonly ladders: PriceLadders;
  readonly extras: OrderExtras;
  readonly effects: EffectLog;
  readonly index: OrderIndex;

  state: MarketState = Trading;
  rules: Readonly<MarketRules> = OPEN_RULES;
  /** The price of the latest trade, 0 before the first. */
  lastPriceTicks = 0;
  /** The time that the latest EXPIRE carried. */
  clockMs = 0;
  /** The sequence of the latest effect. */
  sequence = 0;
  /** The id of the latest trade. */
  tradeId = 0;
  waitingStops = 0;

  constructor(
    readonly market: number,
    readonly item: string,
    readonly store: BookStore,
  ) {
    this.orders = store.orders;
    this.ladders = store.ladders;
    this.extras = store.extras;
    this.effects = store.effects;
    this.index = store.index;
  }

  get isHalted(): boolean {
    return this.state === Halted;
  }

  get restingLadder(): number {
    return this.market * LADDERS + RESTING;
  }
  get expiriesLadder(): number {
    return this.market * LADDERS + EXPIRIES;
  }
  stopsLadder(side: Side): number {
    return this.market * LADDERS + (side === Buy ? BUY_STOPS : SELL_STOPS);
  }

  /** The best level of a side, or 0. */
  best(side: Side): number {
    return this.store.bests[this.market * SIDES + side] as number;
  }

  /** The best level that an incoming order of this side would meet, or 0. */
  bestOpposite(side: Side): number {
    return this.best(oppositeOf(side));
  }

  /** The level behind this one, seen from the best price of the resting side, or 0. */
  behind(restingSide: Side, level: number): number {
    return restingSide === Buy ? this.ladders.lower(level) : this.ladders.higher(level);
  }

  /** Whether an order of this side with this limit would trade with the best opposite price. */
  crosses(side: Side, limitTicks: number): boolean {
    const level = this.bestOpposite(side);
    return level !== 0 && reaches(side, limitTicks, this.ladders.price(level));
  }

  /** The slot of an order that is live in this market, or 0. */
  liveSlot(orderId: number): number {
    const slot = this.index.find(orderId);
    if (slot === 0) return 0;
    const ladder = this.ladders.ladder(this.orders.level(slot));
    return marketOfLadder(ladder) === this.market ? slot : 0;
  }

  /** The refusal of a command about an order that is not live in this market. */
  whyNotLive(orderId: number): Reason {
    const live = this.index.find(orderId) !== 0;
    return !live && this.store.usedIds.has(orderId) ? Reason.OrderFinished : Reason.UnknownOrder;
  }

  /** The limit of a live order in ticks; 0 for a waiting STOP. */
  limitTicks(slot: number): number {
    return (this.orders.flags(slot) & WAITING) === 0
      ? this.ladders.price(this.orders.level(slot))
      : this.extras.limitTicks(this.orders.extras(slot));
  }

  /** Lots an order shows. */
  visible(slot: number): number {
    return (this.orders.flags(slot) & ICEBERG) === 0
      ? this.orders.remaining(slot)
      : this.extras.visible(this.orders.extras(slot));
  }

  /** Lots of all live orders of a side, hidden ones and waiting stops too. */
  openLots(side: Side): number {
    return this.store.openLots[this.market * SIDES + side] as number;
  }

  addOpenLots(side: Side, lots: number): void {
    const { openLots } = this.store;
    const at = this.market * SIDES + side;
    openLots[at] = (openLots[at] as number) + lots;
  }

  /** Puts an order at the tail of its level; an iceberg shows a new slice. Writes RESTED and LEVEL. */
  rest(slot: number, side: Side, priceTicks: number): void {
    const { orders, effects, market } = this;
    const orderId = orders.orderId(slot);
    const remaining = orders.remaining(slot);
    let visible = remaining;
    if ((orders.flags(slot) & ICEBERG) !== 0) {
      visible = Math.min(this.extras.display(orders.extras(slot)), remaining);
    }
    const level = this.enqueue(slot, side, priceTicks, remaining, visible);
    effects.rested(market, this.nextSequence(), orderId, side, priceTicks, visible, remaining);
    this.announceLevel(side, priceTicks, level);
  }

  /** Puts an order at the tail of its level, which is made if need be. @returns the level. */
  enqueue(
    slot: number,
    side: Side,
    priceTicks: number,
    remainingLots: number,
    visibleLots: number,
  ): number {
    const { orders } = this;
    const level = this.levelAt(side, priceTicks);
    this.append(level, slot, visibleLots, remainingLots);
    this.addOpenLots(side, remainingLots);
    if ((orders.flags(slot) & ICEBERG) !== 0) {
      this.extras.setVisible(orders.extras(slot), visibleLots);
    }
    return level;
  }

  /** Puts a stop behind all others with its stop price. */
  wait(slot: number, side: Side, stopTicks: number): void {
    const { ladders, orders } = this;
    const ladder = this.stopsLadder(side);
    const level = ladders.levelAt(ladder, stopTicks);
    orders.setFlags(slot, orders.flags(slot) | WAITING);
    this.append(level, slot, 0, 0);
    this.addOpenLots(side, orders.remaining(slot));
    this.waitingStops += 1;
  }

  /** Takes a waiting stop out of its queue; its record stays. */
  stopWaiting(slot: number): void {
    const { ladders, orders } = this;
    const level = orders.level(slot);
    const flags = orders.flags(slot);
    orders.setFlags(slot, flags & ~WAITING);
    this.unlink(level, slot, 0, 0);
    if (ladders.head(level) === 0) ladders.remove(level);
    this.addOpenLots(sideOf(flags), -orders.remaining(slot));
    this.waitingStops -= 1;
  }

  /**
   * Takes a resting order out of its level, which goes too if it is empty; the order's record stays.
   * @returns the level, 0 if it is gone.
   */
  leave(slot: number): number {
    const { ladders, orders } = this;
    const level = orders.level(slot);
    this.takeOut(level, slot);
    if (ladders.head(level) !== 0) return level;
    this.closeLevel(level, sideOf(orders.flags(slot)));
    return 0;
  }

  /** Takes a resting order out of its level, which stays even if it is empty. */
  takeOut(level: number, slot: number): void {
    const remaining = this.orders.remaining(slot);
    this.unlink(level, slot, this.visible(slot), remaining);
    this.addOpenLots(sideOf(this.orders.flags(slot)), -remaining);
  }

  /**
   * Makes a resting order smaller in its place, without a trade: its total shrinks with it.
   * @param visibleLots how many of the lots were shown; an iceberg's own slice is the caller's.
   */
  shrink(level: number, slot: number, lots: number, visibleLots: number): void {
    const { ladders, orders } = this;
    orders.setRemaining(slot, orders.remaining(slot) - lots);
    orders.setTotal(slot, orders.total(slot) - lots);
    ladders.addLots(level, -visibleLots, -lots);
    this.addOpenLots(sideOf(orders.flags(slot)), -lots);
  }

  /** A record for a new order, with its place among the expiries if it has a time. It stands in no queue yet. */
  addOrder(
    order: Readonly<RecordedOrder>,
    flags: number,
    totalLots: number,
    remainingLots: number,
  ): number {
    const { orderId } = order;
    if (this.orders.isFull) this.store.growOrders();
    const slot = this.orders.add(orderId, order.ownerId, flags, totalLots, remainingLots);
    this.index.insert(orderId, slot);
    if ((flags & HAS_EXTRAS) !== 0) this.addExtras(slot, flags, order);
    return slot;
  }

  /** Forgets an order that stands in no queue of book or stops any more. */
  forget(slot: number): void {
    const { orders } = this;
    const flags = orders.flags(slot);
    if ((flags & HAS_EXTRAS) !== 0) {
      const extras = orders.extras(slot);
      if ((flags & EXPIRES) !== 0) this.removeExpiry(extras);
      this.extras.release(extras);
    }
    this.index.remove(orders.orderId(slot), slot);
    orders.release(slot);
  }

  /** Ends a live order that is not the incoming one: CANCELLED, and the level that it left. */
  cancel(slot: number, reason: Reason): void {
    const orderId = this.orders.orderId(slot);
    const remaining = this.orders.remaining(slot);
    this.effects.cancelled(this.market, this.nextSequence(), orderId, remaining, reason);
    this.end(slot);
  }

  /** Takes a live order out of book, stops and memory, and says what its level is now. */
  end(slot: number): void {
    const flags = this.orders.flags(slot);
    if ((flags & WAITING) !== 0) {
      this.stopWaiting(slot);
      this.forget(slot);
      return;
    }
    const priceTicks = this.ladders.price(this.orders.level(slot));
    const level = this.leave(slot);
    this.forget(slot);
    this.announceLevel(sideOf(flags), priceTicks, level);
  }

  /** LEVEL: what a price of the public book shows now. @param level 0 if it is gone. */
  announceLevel(side: Side, priceTicks: number, level: number): void {
    const { ladders } = this;
    const lots = level === 0 ? 0 : ladders.visible(level);
    const orders = level === 0 ? 0 : ladders.count(level);
    this.effects.level(this.market, this.nextSequence(), side, priceTicks, lots, orders);
  }

  nextSequence(): number {
    this.sequence += 1;
    return this.sequence;
  }

  /** Adds an order to the tail of a level's queue, and lots to its sums. */
  append(level: number, slot: number, visibleLots: number, openLots: number): void {
    const before = this.ladders.join(level, slot, visibleLots, openLots);
    this.orders.linkLast(slot, level, before);
  }

  /** Takes an order out of a level's queue, and lots from its sums. The level stays even if it is empty. */
  unlink(level: number, slot: number, visibleLots: number, openLots: number): void {
    const { orders } = this;
    this.ladders.quit(level, orders.prev(slot), orders.next(slot), visibleLots, openLots);
    orders.unlink(slot);
  }

  /** Removes an empty level of the book. */
  closeLevel(level: number, side: Side): void {
    const { bests } = this.store;
    const at = this.market * SIDES + side;
    if (bests[at] === level) bests[at] = this.behind(side, level);
    this.ladders.remove(level);
  }

  /** Puts an order behind all others that expire at the same time. */
  addExpiry(slot: number, expiresAtMs: number): void {
    const { ladders, extras } = this;
    const ladder = this.expiriesLadder;
    const level = ladders.levelAt(ladder, expiresAtMs);
    const entry = this.orders.extras(slot);
    const before = ladders.join(level, slot, 0, 0);
    extras.setLevel(entry, level);
    extras.setPrev(entry, before);
    extras.setNext(entry, 0);
    if (before !== 0) extras.setNext(this.orders.extras(before), slot);
  }

  private addExtras(slot: number, flags: number, order: Readonly<RecordedOrder>): void {
    const displayLots = (flags & ICEBERG) === 0 ? 0 : order.displayLots;
    const limitTicks = order.stopTicks === 0 ? 0 : order.priceTicks + 0;
    // A sum with 0 makes 0 of −0.
    const stopTicks = order.stopTicks + 0;
    const expiresAtMs = order.expiresAtMs + 0;
    const entry = this.extras.add(displayLots, stopTicks, limitTicks, expiresAtMs);
    this.orders.setExtras(slot, entry);
    if ((flags & EXPIRES) !== 0) this.addExpiry(slot, expiresAtMs);
  }

  private removeExpiry(entry: number): void {
    const { ladders, extras, orders } = this;
    const level = extras.level(entry);
    const next = extras.next(entry);
    const prev = extras.prev(entry);
    ladders.quit(level, prev, next, 0, 0);
    if (prev !== 0) extras.setNext(orders.extras(prev), next);
    if (next !== 0) extras.setPrev(orders.extras(next), prev);
    if (ladders.head(level) === 0) ladders.remove(level);
  }

  /** The level at a price of the book, made if need be. */
  levelAt(side: Side, priceTicks: number): number {
    const level = this.ladders.levelAt(this.restingLadder, priceTicks);
    // Only a new level can have the best one, or none, behind it.
    const { bests } = this.store;
    const at = this.market * SIDES + side;
    if (bests[at] === this.behind(side, level)) bests[at] = level;
    return level;
  }
}

/** The other side. */
export function oppositeOf(side: Side): Side {
  return (1 - side) as Side;
}

/** Whether a limit (Infinity or 0: none) allows a trade at a resting price. */
export function reaches(side: Side, limitTicks: number, restingTicks: number): boolean {
  return side === Buy ? restingTicks <= limitTicks : restingTicks >= limitTicks;
}
