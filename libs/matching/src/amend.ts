import { hasTooManySlices, isCount, isCountOrZero, isInBand, sizeFault } from './admission';
import { MarketState, OrderType } from './commands';
import type { IncomingOrder } from './incoming-order';
import type { OrderBook } from './order-book';
import { ICEBERG, POST_ONLY, WAITING, sideOf, typeOf } from './order-flags';
import { Reason } from './reasons';
import { run } from './run-order';

/**
 * Gives a live order a new limit, a new total, or both. Decides first, then changes: a refusal leaves all as it was.
 * @param priceTicks 0 to keep it. @param quantityLots the new total, its filled part included; 0 to keep it.
 * @param incoming is loaded with the order if it loses its place.
 * Rule: docs/matching-rules.md §7; precedence of refusals: §10.
 */
export function amend(
  book: OrderBook,
  orderId: number,
  priceTicks: number,
  quantityLots: number,
  incoming: IncomingOrder,
): Reason {
  if (!isCount(orderId)) return Reason.InvalidOrderId;
  if (!isCountOrZero(priceTicks)) return Reason.InvalidPrice;
  if (!isCountOrZero(quantityLots)) return Reason.InvalidQuantity;
  if (priceTicks === 0 && quantityLots === 0) return Reason.NothingToAmend;
  const slot = book.liveSlot(orderId);
  if (slot === 0) return book.whyNotLive(orderId);
  if (book.state === MarketState.Halted) return Reason.Halted;
  if (book.state === MarketState.CancelOnly) return Reason.CancelOnly;

  const { orders } = book;
  const flags = orders.flags(slot);
  if (priceTicks !== 0 && typeOf(flags) === OrderType.Stop) return Reason.UnsupportedCombination;
  const filled = orders.total(slot) - orders.remaining(slot);
  if (quantityLots !== 0 && quantityLots <= filled) {
    book.cancel(slot, Reason.AmendedBelowFilled);
    return Reason.None;
  }
  const oldPrice = book.limitTicks(slot);
  const newPrice = priceTicks === 0 ? oldPrice : priceTicks;
  const newTotal = quantityLots === 0 ? orders.total(slot) : quantityLots;
  const refusal = refusalOf(book, slot, newPrice, newTotal);
  if (refusal !== Reason.None) return refusal;

  if ((flags & WAITING) !== 0) amendWaiting(book, slot, newPrice, newTotal);
  else if (newPrice !== oldPrice || newTotal > orders.total(slot)) {
    replace(book, slot, newPrice, newTotal, incoming);
  } else if (newTotal < orders.total(slot)) reduce(book, slot, newTotal);
  else announce(book, slot, newPrice);
  return Reason.None;
}

function refusalOf(book: OrderBook, slot: number, newPrice: number, newTotal: number): Reason {
  const { orders, rules } = book;
  const flags = orders.flags(slot);
  const side = sideOf(flags);
  const isNewPrice = newPrice !== book.limitTicks(slot);
  const growth = newTotal - orders.total(slot);
  const displayLots = (flags & ICEBERG) === 0 ? 0 : book.extras.display(orders.extras(slot));
  if (hasTooManySlices(displayLots, newTotal)) return Reason.InvalidDisplayQuantity;
  if (newPrice * newTotal > Number.MAX_SAFE_INTEGER) return Reason.NotionalTooLarge;
  if (isNewPrice && !isInBand(rules, newPrice)) return Reason.PriceOutOfBand;
  const size = growth === 0 ? Reason.None : sizeFault(rules, newTotal);
  if (size !== Reason.None) return size;
  if (book.openLots(side) + growth > Number.MAX_SAFE_INTEGER) return Reason.OpenQuantityLimit;
  const willCross = (flags & WAITING) === 0 && isNewPrice && book.crosses(side, newPrice);
  if (willCross && (flags & POST_ONLY) !== 0) return Reason.PostOnlyWouldCross;
  if (willCross && book.state === MarketState.PostOnly) return Reason.PostOnly;
  return Reason.None;
}

/** A waiting stop keeps its place among the stops. */
function amendWaiting(book: OrderBook, slot: number, newPrice: number, newTotal: number): void {
  const { orders } = book;
  const growth = newTotal - orders.total(slot);
  orders.setTotal(slot, newTotal);
  orders.setRemaining(slot, orders.remaining(slot) + growth);
  book.extras.setLimitTicks(orders.extras(slot), newPrice);
  book.addOpenLots(sideOf(orders.flags(slot)), growth);
  announce(book, slot, newPrice);
}

/** A smaller quantity at the same price keeps its place; what an iceberg hides goes first. */
function reduce(book: OrderBook, slot: number, newTotal: number): void {
  const { orders, effects, extras } = book;
  const flags = orders.flags(slot);
  const level = orders.level(slot);
  const lots = orders.total(slot) - newTotal;
  const left = orders.remaining(slot) - lots;
  const shown = book.visible(slot);
  const visibleLots = Math.max(0, shown - left);
  effects.reduced(book.market, book.nextSequence(), orders.orderId(slot), lots, left, Reason.User);
  book.shrink(level, slot, lots, visibleLots);
  if ((flags & ICEBERG) !== 0) extras.setVisible(orders.extras(slot), shown - visibleLots);
  book.announceLevel(sideOf(flags), book.ladders.price(level), level);
}

/** A new price or a larger quantity: it leaves the book and comes in again. */
function replace(
  book: OrderBook,
  slot: number,
  newPrice: number,
  newTotal: number,
  incoming: IncomingOrder,
): void {
  const { orders } = book;
  const oldPrice = book.limitTicks(slot);
  const level = book.leave(slot);
  const growth = newTotal - orders.total(slot);
  orders.setRemaining(slot, orders.remaining(slot) + growth);
  orders.setTotal(slot, newTotal);
  announce(book, slot, newPrice);
  book.announceLevel(sideOf(orders.flags(slot)), oldPrice, level);
  incoming.loadAgain(orders, slot, newPrice);
  run(book, incoming);
}

/** AMENDED: the values that the order has now. */
function announce(book: OrderBook, slot: number, priceTicks: number): void {
  const { orders, effects, market } = book;
  const total = orders.total(slot);
  effects.amended(
    market,
    book.nextSequence(),
    orders.orderId(slot),
    priceTicks,
    total,
    orders.remaining(slot),
  );
}
