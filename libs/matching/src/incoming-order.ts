import { OrderType, SelfTradePrevention, Side, TimeInForce, type PlaceOrder } from './commands';
import * as flagNames from './order-flags';
import type { OrderPool } from './order-pool';
import { Reason } from './reasons';

// Bound once: docs/decisions/0006.
const { CAN_REST, POST_ONLY, flagsOf, preventionOf, sideOf, timeInForceOf, typeOf } = flagNames;
const { Limit } = OrderType;
const { Buy } = Side;
const { Fok } = TimeInForce;
const NO_REASON = Reason.None;

/**
 * The order that is being matched: a new one, a stop that fires, or one whose amend cost it its place.
 * An engine has one and loads it anew each time.
 */
export class IncomingOrder {
  orderId = 0;
  side: Side = Buy;
  ownerId = 0;
  prevention: SelfTradePrevention = SelfTradePrevention.None;
  /** Worst price in ticks; Infinity or 0 without a limit. */
  limitTicks = 0;
  totalLots = 0;
  remainingLots = 0;
  /** What is left of a MARKET order's amount, ticks × lots. */
  amountTickLots = 0;
  byAmount = false;
  /** Nothing more is to be matched: it is filled, or has to end. */
  done = false;
  /** Why it has to end unfilled, decided while it is matched. */
  ending: Reason = NO_REASON;
  /** Lots of the decrement that ended it, 0 if none did. */
  endedLots = 0;
  /** Its record, for an order that has been there before; 0 for a new one. */
  slot = 0;
  /** As order-flags.ts packs them. */
  flags = 0;
  type: OrderType = Limit;
  /** The level that it stands before has changed without LEVEL. */
  isLevelUnsaid = false;
  /** What a new order's record needs beside this. */
  order: Readonly<PlaceOrder> | undefined = undefined;

  loadNew(order: Readonly<PlaceOrder>): void {
    this.orderId = order.orderId;
    this.ownerId = order.ownerId;
    this.slot = 0;
    this.order = order;
    this.totalLots = order.quantityLots;
    this.remainingLots = order.quantityLots;
    this.amountTickLots = order.amountTickLots;
    this.byAmount = order.amountTickLots !== 0;
    this.start(flagsOf(order), order.priceTicks);
  }

  /** Loads of a new plain order what `takePlain` asks for. */
  loadPlain(order: Readonly<PlaceOrder>): void {
    const { side, priceTicks } = order;
    this.orderId = order.orderId;
    this.ownerId = order.ownerId;
    this.side = side;
    this.prevention = SelfTradePrevention.None;
    this.limitTicks = priceTicks === 0 && side === Buy ? Infinity : priceTicks;
    this.remainingLots = order.quantityLots;
  }

  /**
   * Loads an order in full that `loadPlain` has loaded and of which `takePlain` has left something. If a maker with
   * extras stopped it, the two trade next, so their level will be said anyway.
   */
  loadRest(order: Readonly<PlaceOrder>): void {
    const { remainingLots } = this;
    this.loadNew(order);
    this.remainingLots = remainingLots;
  }

  /** Loads an order that has left its queue and comes in again. @param limitTicks 0 for a STOP. */
  loadAgain(orders: OrderPool, slot: number, limitTicks: number): void {
    this.orderId = orders.orderId(slot);
    this.ownerId = orders.ownerId(slot);
    this.slot = slot;
    this.order = undefined;
    this.totalLots = orders.total(slot);
    this.remainingLots = orders.remaining(slot);
    this.amountTickLots = 0;
    this.byAmount = false;
    this.start(orders.flags(slot), limitTicks);
  }

  get canRest(): boolean {
    return (this.flags & CAN_REST) !== 0;
  }

  get postOnly(): boolean {
    return (this.flags & POST_ONLY) !== 0;
  }

  /** FOK: all of it at once or nothing. */
  get allOrNone(): boolean {
    return timeInForceOf(this.flags) === Fok;
  }

  /** Pays for a fill by amount. It is filled once the rest buys no lot at the best price, 0 if there is none, then. */
  spend(lots: number, priceTicks: number, nextTicks: number): void {
    this.amountTickLots -= lots * priceTicks;
    this.done = this.amountTickLots === 0 || this.amountTickLots < nextTicks;
  }

  /** Self-trade prevention ends it. */
  endWith(reason: Reason): void {
    this.ending = reason;
    this.done = true;
  }

  /** What its CANCELLED says was not traded: lots, or what is left of its amount. */
  endedQuantity(): number {
    if (this.byAmount) return this.amountTickLots;
    return this.endedLots === 0 ? this.remainingLots : this.endedLots;
  }

  private start(flags: number, priceTicks: number): void {
    this.flags = flags;
    this.side = sideOf(flags);
    this.type = typeOf(flags);
    this.prevention = preventionOf(flags);
    this.limitTicks = priceTicks === 0 && this.side === Buy ? Infinity : priceTicks;
    this.done = false;
    this.ending = NO_REASON;
    this.endedLots = 0;
    this.isLevelUnsaid = false;
  }
}
