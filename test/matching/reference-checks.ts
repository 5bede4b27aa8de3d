import {
  MarketState,
  OrderType,
  Reason,
  SelfTradePrevention,
  TimeInForce,
  type MarketRules,
  type PlaceOrder,
} from '@app/matching';
import type { ReferenceQueues } from './reference-queues';
import { hasLimit, isStop, type ReferenceOrder } from './reference-order';

// docs/matching-rules.md §10: one command has one answer, the first of these that holds.

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 1;
const isGivenWrongly = (value: unknown): boolean => value !== 0 && !isCount(value);
const isOneOf = (value: unknown, last: number): boolean =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= last;

const canRest = (timeInForce: TimeInForce): boolean =>
  timeInForce !== TimeInForce.Ioc && timeInForce !== TimeInForce.Fok;
const mayExpire = (timeInForce: TimeInForce): boolean =>
  timeInForce === TimeInForce.Gtd || timeInForce === TimeInForce.Day;

/** Would the product or the sum reach 2^53? Products below it are exact, so the comparison is too. */
export const isNotionalTooLarge = (priceTicks: number, quantityLots: number): boolean =>
  priceTicks * quantityLots > Number.MAX_SAFE_INTEGER;
export const isSumTooLarge = (openLots: number, moreLots: number): boolean =>
  moreLots > Number.MAX_SAFE_INTEGER - openLots;

/** §5: an iceberg has at most 100,000 slices. */
const isTooFine = (order: Readonly<{ displayLots: number }>, quantityLots: number): boolean =>
  order.displayLots > 0 && Math.ceil(quantityLots / order.displayLots) > 100_000;

/** The refusal of a new order in a market that exists, Reason.None if it is taken. */
export function refusalOfPlace(book: ReferenceQueues, order: Readonly<PlaceOrder>): Reason {
  return (
    refusalOfFields(order) ||
    refusalOfMissing(order) ||
    (isCombination(order) ? Reason.None : Reason.UnsupportedCombination) ||
    refusalByMarket(book, order)
  );
}

function refusalOfFields(order: Readonly<PlaceOrder>): Reason {
  if (!isCount(order.orderId)) return Reason.InvalidOrderId;
  if (!isCount(order.ownerId)) return Reason.InvalidOwnerId;
  if (!isOneOf(order.side, 1)) return Reason.InvalidSide;
  if (!isOneOf(order.type, 3)) return Reason.InvalidType;
  if (!isOneOf(order.timeInForce, 4)) return Reason.InvalidTimeInForce;
  if (!isOneOf(order.selfTradePrevention, 4)) return Reason.InvalidSelfTradePrevention;
  if (typeof order.postOnly !== 'boolean') return Reason.InvalidPostOnly;
  if (isGivenWrongly(order.quantityLots)) return Reason.InvalidQuantity;
  if (isGivenWrongly(order.priceTicks)) return Reason.InvalidPrice;
  if (isGivenWrongly(order.stopTicks)) return Reason.InvalidStopPrice;
  if (isGivenWrongly(order.displayLots)) return Reason.InvalidDisplayQuantity;
  if (isGivenWrongly(order.amountTickLots)) return Reason.InvalidAmount;
  if (isGivenWrongly(order.expiresAtMs)) return Reason.InvalidExpiry;
  return Reason.None;
}

function refusalOfMissing(order: Readonly<PlaceOrder>): Reason {
  const amount = order.type === OrderType.Market ? order.amountTickLots : 0;
  if (order.quantityLots === 0 && amount === 0) return Reason.InvalidQuantity;
  if (hasLimit(order) && order.priceTicks === 0) return Reason.InvalidPrice;
  if (isStop(order) && order.stopTicks === 0) return Reason.InvalidStopPrice;
  if (mayExpire(order.timeInForce) && order.expiresAtMs === 0) return Reason.InvalidExpiry;
  if (order.displayLots > order.quantityLots) return Reason.InvalidDisplayQuantity;
  if (isTooFine(order, order.quantityLots)) return Reason.InvalidDisplayQuantity;
  return Reason.None;
}

/** The table of §2. */
function isCombination(order: Readonly<PlaceOrder>): boolean {
  const { type, timeInForce, amountTickLots } = order;
  if (amountTickLots > 0) {
    if (type !== OrderType.Market || order.quantityLots > 0) return false;
    if (timeInForce === TimeInForce.Fok) return false;
    if (order.selfTradePrevention === SelfTradePrevention.Decrement) return false;
  }
  if (order.priceTicks > 0 && !hasLimit(order)) return false;
  if (order.stopTicks > 0 && !isStop(order)) return false;
  if (type === OrderType.Market && mayExpire(timeInForce)) return false;
  if (order.expiresAtMs > 0 && !mayExpire(timeInForce)) return false;
  if (order.postOnly || order.displayLots > 0) return hasLimit(order) && canRest(timeInForce);
  return true;
}

function refusalByMarket(book: ReferenceQueues, order: Readonly<PlaceOrder>): Reason {
  const { rules } = book;
  const limited = hasLimit(order);
  if (limited && isNotionalTooLarge(order.priceTicks, order.quantityLots)) {
    return Reason.NotionalTooLarge;
  }
  if (book.ids.isUsed(order.orderId)) return Reason.DuplicateId;
  const crossing = order.type === OrderType.Limit && book.wouldCross(order.side, order.priceTicks);
  const rests = order.type === OrderType.Limit && canRest(order.timeInForce);
  if (book.state === MarketState.Halted) return Reason.Halted;
  if (book.state === MarketState.CancelOnly) return Reason.CancelOnly;
  if (book.state === MarketState.PostOnly && (!rests || crossing)) return Reason.PostOnly;
  if (limited && isOutOfBand(rules, order.priceTicks)) return Reason.PriceOutOfBand;
  if (isStop(order) && isOutOfBand(rules, order.stopTicks)) return Reason.PriceOutOfBand;
  if (order.amountTickLots === 0) {
    if (order.quantityLots < rules.minQuantityLots) return Reason.QuantityTooSmall;
    if (order.quantityLots > rules.maxQuantityLots) return Reason.QuantityTooLarge;
  }
  if (order.expiresAtMs > 0 && order.expiresAtMs <= book.clockMs) return Reason.AlreadyExpired;
  if ((rests || isStop(order)) && isSumTooLarge(book.openLots(order.side), order.quantityLots)) {
    return Reason.OpenQuantityLimit;
  }
  if (order.postOnly && crossing) return Reason.PostOnlyWouldCross;
  // A stop is accepted first: what becomes of it is decided when it fires.
  const isFok = order.timeInForce === TimeInForce.Fok && !isStop(order);
  if (isFok && book.fillableLots(order) < order.quantityLots) return Reason.FokUnfillable;
  return Reason.None;
}

const isOutOfBand = (rules: MarketRules, priceTicks: number): boolean =>
  priceTicks < rules.minPriceTicks || priceTicks > rules.maxPriceTicks;

/** UNKNOWN_ORDER or ORDER_FINISHED for an id that is not live in this market. */
function refusalOfId(book: ReferenceQueues, orderId: number): Reason {
  if (!isCount(orderId)) return Reason.InvalidOrderId;
  const order = book.ids.find(orderId);
  if (order) return order.market === book.market ? Reason.None : Reason.UnknownOrder;
  return book.ids.isUsed(orderId) ? Reason.OrderFinished : Reason.UnknownOrder;
}

export function refusalOfCancel(book: ReferenceQueues, orderId: number): Reason {
  return (
    refusalOfId(book, orderId) || (book.state === MarketState.Halted ? Reason.Halted : Reason.None)
  );
}

export function refusalOfCancelAll(book: ReferenceQueues, ownerId: number): Reason {
  if (!isCount(ownerId)) return Reason.InvalidOwnerId;
  return book.state === MarketState.Halted ? Reason.Halted : Reason.None;
}

/** The first part of an amend's refusals, before a total at or below what is filled ends the order. */
export function refusalOfAmend(
  book: ReferenceQueues,
  orderId: number,
  priceTicks: number,
  quantityLots: number,
): Reason {
  if (!isCount(orderId)) return Reason.InvalidOrderId;
  if (isGivenWrongly(priceTicks)) return Reason.InvalidPrice;
  if (isGivenWrongly(quantityLots)) return Reason.InvalidQuantity;
  if (priceTicks === 0 && quantityLots === 0) return Reason.NothingToAmend;
  const unknown = refusalOfId(book, orderId);
  if (unknown) return unknown;
  if (book.state === MarketState.Halted) return Reason.Halted;
  if (book.state === MarketState.CancelOnly) return Reason.CancelOnly;
  const order = book.ids.find(orderId);
  if (order?.type === OrderType.Stop && priceTicks > 0) return Reason.UnsupportedCombination;
  return Reason.None;
}

/** The second part: an order that goes on, with the price and the total that it would have. */
export function refusalOfNewValues(
  book: ReferenceQueues,
  order: ReferenceOrder,
  priceTicks: number,
  quantityLots: number,
): Reason {
  const { rules } = book;
  const newPrice = priceTicks !== order.priceTicks;
  const newQuantity = quantityLots !== order.quantityLots;
  if (isTooFine(order, quantityLots)) return Reason.InvalidDisplayQuantity;
  if (hasLimit(order) && isNotionalTooLarge(priceTicks, quantityLots)) {
    return Reason.NotionalTooLarge;
  }
  if (newPrice && isOutOfBand(rules, priceTicks)) return Reason.PriceOutOfBand;
  if (newQuantity && quantityLots < rules.minQuantityLots) return Reason.QuantityTooSmall;
  if (newQuantity && quantityLots > rules.maxQuantityLots) return Reason.QuantityTooLarge;
  const others = book.openLots(order.side) - order.remainingLots;
  if (isSumTooLarge(others, quantityLots - order.filledLots)) return Reason.OpenQuantityLimit;
  // A waiting stop meets nobody yet, whatever its limit.
  const crossing = !book.isWaiting(order) && book.wouldCross(order.side, priceTicks);
  if (order.postOnly && crossing) return Reason.PostOnlyWouldCross;
  if (book.state === MarketState.PostOnly && crossing) return Reason.PostOnly;
  return Reason.None;
}

export function refusalOfExpire(nowMs: number): Reason {
  return isCount(nowMs) ? Reason.None : Reason.InvalidTime;
}

export function refusalOfState(state: MarketState): Reason {
  return isOneOf(state, 3) ? Reason.None : Reason.InvalidState;
}

export function refusalOfRules(rules: Readonly<MarketRules>): Reason {
  const { minPriceTicks, maxPriceTicks, minQuantityLots, maxQuantityLots } = rules;
  const bounds = [minPriceTicks, maxPriceTicks, minQuantityLots, maxQuantityLots];
  if (!bounds.every(isCount)) return Reason.InvalidRules;
  if (minPriceTicks > maxPriceTicks) return Reason.InvalidRules;
  if (minQuantityLots > maxQuantityLots) return Reason.InvalidRules;
  return Reason.None;
}
