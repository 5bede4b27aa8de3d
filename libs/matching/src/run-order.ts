import { OrderType } from './commands';
import { canFill } from './fill-or-kill';
import type { IncomingOrder } from './incoming-order';
import * as matching from './match';
import type { OrderBook } from './order-book';
import { Reason } from './reasons';

// Bound once: docs/decisions/0006.
const { match } = matching;
const { None, NoLiquidity, IocRemainder, AmountBelowOneLot } = Reason;

/**
 * Lets an accepted order that is in no queue do what it is for: trade, then rest, or end.
 * Rule: docs/matching-rules.md §3, §4; order of effects: §9.
 */
export function run(book: OrderBook, incoming: IncomingOrder): void {
  match(book, incoming);
  if (incoming.ending !== None) cancelRest(book, incoming, incoming.ending);
  else if (incoming.done) forgetIncoming(book, incoming);
  else if (incoming.canRest) book.rest(record(book, incoming), incoming.side, incoming.limitTicks);
  else cancelRest(book, incoming, reasonForRest(book, incoming));
}

/** Lets a stop that fires run. It has been accepted, so what it may not do cancels it. */
export function runTriggered(book: OrderBook, incoming: IncomingOrder): void {
  const { side, limitTicks, remainingLots, prevention, ownerId } = incoming;
  book.effects.triggered(book.market, book.nextSequence(), incoming.orderId);
  if (incoming.postOnly && book.crosses(side, limitTicks)) {
    cancelRest(book, incoming, Reason.PostOnlyWouldCross);
  } else if (
    incoming.allOrNone &&
    !canFill(book, side, limitTicks, remainingLots, prevention, ownerId)
  ) {
    cancelRest(book, incoming, Reason.FokUnfillable);
  } else {
    run(book, incoming);
  }
}

/** The record of an incoming order as it is now; a new one if it has none. */
function record(book: OrderBook, incoming: IncomingOrder): number {
  const { slot, order, totalLots, remainingLots } = incoming;
  if (order !== undefined) return book.addOrder(order, incoming.flags, totalLots, remainingLots);
  book.orders.setRemaining(slot, remainingLots);
  book.orders.setTotal(slot, totalLots);
  return slot;
}

function cancelRest(book: OrderBook, incoming: IncomingOrder, reason: Reason): void {
  book.effects.cancelled(
    book.market,
    book.nextSequence(),
    incoming.orderId,
    incoming.endedQuantity(),
    reason,
  );
  forgetIncoming(book, incoming);
}

/** Why an order that may not rest ends with something left. */
function reasonForRest(book: OrderBook, incoming: IncomingOrder): Reason {
  if (incoming.byAmount && book.bestOpposite(incoming.side) !== 0) return AmountBelowOneLot;
  const market = incoming.type === OrderType.Market || incoming.type === OrderType.Stop;
  return market ? NoLiquidity : IocRemainder;
}

function forgetIncoming(book: OrderBook, incoming: IncomingOrder): void {
  if (incoming.slot !== 0) book.forget(incoming.slot);
}
