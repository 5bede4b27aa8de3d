import { SelfTradePrevention } from './commands';
import { showNextSlice, takeFromSlice } from './iceberg';
import type { IncomingOrder } from './incoming-order';
import type { OrderBook } from './order-book';
import { ICEBERG } from './order-flags';
import { Reason } from './reasons';

/**
 * The incoming order meets a resting one of its own owner, and its mode is not NONE.
 * Neither trades; one or both end or shrink, each with an effect whose reason is SELF_TRADE.
 * @returns whether the level has changed. Closing it when it is empty is the caller's.
 * Rule: docs/matching-rules.md §8.
 */
export function preventSelfTrade(
  book: OrderBook,
  incoming: IncomingOrder,
  level: number,
  resting: number,
): boolean {
  switch (incoming.prevention) {
    case SelfTradePrevention.CancelNewest:
      incoming.endWith(Reason.SelfTrade);
      return false;
    case SelfTradePrevention.CancelOldest:
      cancelResting(book, level, resting);
      return true;
    case SelfTradePrevention.CancelBoth:
      cancelResting(book, level, resting);
      incoming.endWith(Reason.SelfTrade);
      return true;
    case SelfTradePrevention.Decrement:
      decrement(book, incoming, level, resting);
      return true;
    case SelfTradePrevention.None:
      return false;
  }
}

function cancelResting(book: OrderBook, level: number, slot: number): void {
  const { orders, effects, market } = book;
  const remaining = orders.remaining(slot);
  effects.cancelled(market, book.nextSequence(), orders.orderId(slot), remaining, Reason.SelfTrade);
  book.takeOut(level, slot);
  book.forget(slot);
}

/** Both become smaller by what a trade would have been. */
function decrement(book: OrderBook, incoming: IncomingOrder, level: number, slot: number): void {
  const { orders, effects, market } = book;
  const restingId = orders.orderId(slot);
  const remaining = orders.remaining(slot);
  const shown = book.visible(slot);
  const lots = Math.min(incoming.remainingLots, shown);
  if (lots === remaining) {
    effects.cancelled(market, book.nextSequence(), restingId, lots, Reason.SelfTrade);
    book.takeOut(level, slot);
    book.forget(slot);
  } else {
    const left = remaining - lots;
    effects.reduced(market, book.nextSequence(), restingId, lots, left, Reason.SelfTrade);
    book.shrink(level, slot, lots, lots);
    if ((orders.flags(slot) & ICEBERG) !== 0) {
      takeFromSlice(book, slot, lots);
      if (shown === lots) showNextSlice(book, level, slot);
    }
  }
  incoming.totalLots -= lots;
  incoming.remainingLots -= lots;
  if (incoming.remainingLots === 0) {
    incoming.endWith(Reason.SelfTrade);
    incoming.endedLots = lots;
  } else {
    const { orderId, remainingLots } = incoming;
    effects.reduced(market, book.nextSequence(), orderId, lots, remainingLots, Reason.SelfTrade);
  }
}
