import {
  MarketState,
  OrderType,
  SelfTradePrevention,
  Side,
  TimeInForce,
  type MarketRules,
  type PlaceOrder,
} from './commands';
import { canFill } from './fill-or-kill';
import type { OrderBook } from './order-book';
import * as flagNames from './order-flags';
import * as pool from './order-pool';
import { Reason } from './reasons';
import { ORDER_TYPES, SELF_TRADE_PREVENTIONS, TIMES_IN_FORCE } from './names';

// Bound once: docs/decisions/0006.
const { MOST_ORDERS } = pool;
const { canRest } = flagNames;
const { CancelOnly, Halted, Trading } = MarketState;
const { Limit, Market, Stop, StopLimit } = OrderType;
const { Buy, Sell } = Side;
const { Day, Fok, Gtd, Ioc } = TimeInForce;
const { None } = Reason;
const PREVENTIONS = SELF_TRADE_PREVENTIONS.length;
const HIGHEST = Number.MAX_SAFE_INTEGER;
/** An iceberg's quantity is at most so many times what it shows. Rule: docs/matching-rules.md §5. */
const MOST_SLICES = 100_000;

/**
 * Decides whether an order is taken, before anything changes. The first fault counts, in the order of
 * docs/matching-rules.md §10.
 * @returns None to take it.
 */
export function admit(book: OrderBook, order: Readonly<PlaceOrder>): Reason {
  const malformed = faultOf(order);
  if (malformed !== None) return malformed;
  if (book.store.usedIds.has(order.orderId)) return Reason.DuplicateId;
  return refusalOf(book, order);
}

/** What is wrong with an order by itself, whatever the market is like. */
export function faultOf(order: Readonly<PlaceOrder>): Reason {
  if (!isCount(order.orderId)) return Reason.InvalidOrderId;
  if (!isCount(order.ownerId)) return Reason.InvalidOwnerId;
  if (order.side !== Buy && order.side !== Sell) return Reason.InvalidSide;
  if (!isCode(order.type, ORDER_TYPES.length)) return Reason.InvalidType;
  if (!isCode(order.timeInForce, TIMES_IN_FORCE.length)) return Reason.InvalidTimeInForce;
  if (!isCode(order.selfTradePrevention, PREVENTIONS)) {
    return Reason.InvalidSelfTradePrevention;
  }
  if (typeof order.postOnly !== 'boolean') return Reason.InvalidPostOnly;
  if (!isCountOrZero(order.quantityLots)) return Reason.InvalidQuantity;
  if (!isCountOrZero(order.priceTicks)) return Reason.InvalidPrice;
  if (!isCountOrZero(order.stopTicks)) return Reason.InvalidStopPrice;
  if (!isCountOrZero(order.displayLots)) return Reason.InvalidDisplayQuantity;
  if (!isCountOrZero(order.amountTickLots)) return Reason.InvalidAmount;
  if (!isCountOrZero(order.expiresAtMs)) return Reason.InvalidExpiry;
  const missing = missingIn(order);
  if (missing !== None) return missing;
  if (order.displayLots > order.quantityLots) return Reason.InvalidDisplayQuantity;
  if (hasTooManySlices(order.displayLots, order.quantityLots)) {
    return Reason.InvalidDisplayQuantity;
  }
  if (!isSupported(order)) return Reason.UnsupportedCombination;
  if (order.priceTicks * order.quantityLots > HIGHEST) {
    return Reason.NotionalTooLarge;
  }
  return None;
}

/** A number that the order's type or time in force needs and that is not given. */
function missingIn(order: Readonly<PlaceOrder>): Reason {
  const { type, timeInForce } = order;
  const byAmount = type === Market && order.amountTickLots !== 0;
  if (order.quantityLots === 0 && !byAmount) return Reason.InvalidQuantity;
  if (order.priceTicks === 0 && hasLimit(type)) return Reason.InvalidPrice;
  if (order.stopTicks === 0 && hasStop(type)) return Reason.InvalidStopPrice;
  if (order.expiresAtMs === 0 && expires(timeInForce)) return Reason.InvalidExpiry;
  return None;
}

/** The table of docs/matching-rules.md §2. */
function isSupported(order: Readonly<PlaceOrder>): boolean {
  const { type, timeInForce } = order;
  if (order.priceTicks !== 0 && !hasLimit(type)) return false;
  if (order.stopTicks !== 0 && !hasStop(type)) return false;
  if (order.expiresAtMs !== 0 && !expires(timeInForce)) return false;
  if (type === Market) {
    if (expires(timeInForce)) return false;
    if (order.amountTickLots !== 0 && !isSupportedByAmount(order)) return false;
  } else if (order.amountTickLots !== 0) {
    return false;
  }
  const rests = hasLimit(type) && staysInForce(timeInForce);
  return rests || (!order.postOnly && order.displayLots === 0);
}

function isSupportedByAmount(order: Readonly<PlaceOrder>): boolean {
  return (
    order.quantityLots === 0 &&
    order.timeInForce !== Fok &&
    order.selfTradePrevention !== SelfTradePrevention.Decrement
  );
}

/** What the market, its rules and its book have against a well-formed order. */
function refusalOf(book: OrderBook, order: Readonly<PlaceOrder>): Reason {
  const { side, type, quantityLots } = order;
  const mayRest = canRest(order);
  if (book.state !== Trading) {
    if (book.state === Halted) return Reason.Halted;
    if (book.state === CancelOnly) return Reason.CancelOnly;
    const makesOnly = type === Limit && mayRest;
    if (!makesOnly || book.crosses(side, order.priceTicks)) return Reason.PostOnly;
  }
  const outside = outsideRules(book.rules, order);
  if (outside !== None) return outside;
  if (order.expiresAtMs !== 0 && order.expiresAtMs <= book.clockMs) return Reason.AlreadyExpired;
  const waits = hasStop(type);
  if (mayRest || waits) {
    if (book.openLots(side) + quantityLots > HIGHEST) {
      return Reason.OpenQuantityLimit;
    }
    if (book.orders.size >= MOST_ORDERS) return Reason.OrderLimit;
  }
  if (waits) return None;
  if (order.postOnly && book.crosses(side, order.priceTicks)) return Reason.PostOnlyWouldCross;
  return order.timeInForce === Fok ? fillOrKill(book, order) : None;
}

function fillOrKill(book: OrderBook, order: Readonly<PlaceOrder>): Reason {
  const { side, priceTicks, quantityLots, selfTradePrevention, ownerId } = order;
  const limitTicks = priceTicks === 0 && side === Buy ? Infinity : priceTicks;
  const fillable = canFill(book, side, limitTicks, quantityLots, selfTradePrevention, ownerId);
  return fillable ? None : Reason.FokUnfillable;
}

function outsideRules(rules: Readonly<MarketRules>, order: Readonly<PlaceOrder>): Reason {
  const { priceTicks, stopTicks, quantityLots } = order;
  if (priceTicks !== 0 && !isInBand(rules, priceTicks)) return Reason.PriceOutOfBand;
  if (stopTicks !== 0 && !isInBand(rules, stopTicks)) return Reason.PriceOutOfBand;
  return quantityLots === 0 ? None : sizeFault(rules, quantityLots);
}

export function isInBand(rules: Readonly<MarketRules>, priceTicks: number): boolean {
  return priceTicks >= rules.minPriceTicks && priceTicks <= rules.maxPriceTicks;
}

export function sizeFault(rules: Readonly<MarketRules>, quantityLots: number): Reason {
  if (quantityLots < rules.minQuantityLots) return Reason.QuantityTooSmall;
  if (quantityLots > rules.maxQuantityLots) return Reason.QuantityTooLarge;
  return None;
}

/** Whether rules make sense: bounds that are counts, no minimum above its maximum. */
export function areRules(rules: Readonly<MarketRules>): boolean {
  const { minPriceTicks, maxPriceTicks, minQuantityLots, maxQuantityLots } = rules;
  return (
    isCount(minPriceTicks) &&
    isCount(maxPriceTicks) &&
    isCount(minQuantityLots) &&
    isCount(maxQuantityLots) &&
    minPriceTicks <= maxPriceTicks &&
    minQuantityLots <= maxQuantityLots
  );
}

/**
 * Whether an iceberg could trade in so many slices that one command takes too long.
 * @param displayLots 0: it is none. A product that is not exact is larger than any quantity.
 */
export function hasTooManySlices(displayLots: number, quantityLots: number): boolean {
  return displayLots !== 0 && quantityLots > displayLots * MOST_SLICES;
}

/** An integer from 1 to 2^53 − 1. */
export function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0;
}

export function isCountOrZero(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

/** An index into a list of names. */
export function isCode(value: number, codes: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value < codes;
}

function hasLimit(type: OrderType): boolean {
  return type === Limit || type === StopLimit;
}

function hasStop(type: OrderType): boolean {
  return type === Stop || type === StopLimit;
}

function expires(timeInForce: TimeInForce): boolean {
  return timeInForce === Gtd || timeInForce === Day;
}

function staysInForce(timeInForce: TimeInForce): boolean {
  return timeInForce !== Ioc && timeInForce !== Fok;
}
