import { SelfTradePrevention, Side } from './commands';
import { type OrderBook, reaches } from './order-book';

/**
 * Whether an incoming order can trade all of its quantity now, self-trade prevention taken into account. Changes
 * nothing. @param limitTicks Infinity or 0 without a limit.
 * Cost: O(levels it would cross), with a self-trade mode O(orders it would meet). Rule: docs/matching-rules.md §4, §8.
 */
export function canFill(
  book: OrderBook,
  side: Side,
  limitTicks: number,
  quantityLots: number,
  prevention: SelfTradePrevention,
  ownerId: number,
): boolean {
  const { ladders } = book;
  const restingSide = side === Side.Buy ? Side.Sell : Side.Buy;
  let missing = quantityLots;
  let level = book.bestOpposite(side);
  while (level !== 0 && reaches(side, limitTicks, ladders.price(level))) {
    if (prevention === SelfTradePrevention.None) missing -= ladders.open(level);
    else if (prevention === SelfTradePrevention.CancelOldest) {
      missing -= ladders.open(level) - ownOpenLots(book, level, ownerId);
    } else {
      const ahead = visibleAheadOfOwn(book, level, ownerId);
      if (ahead >= 0) return missing <= ahead;
      missing -= ladders.open(level);
    }
    if (missing <= 0) return true;
    level = book.behind(restingSide, level);
  }
  return false;
}

function ownOpenLots(book: OrderBook, level: number, ownerId: number): number {
  const { orders } = book;
  let lots = 0;
  for (let slot = book.ladders.head(level); slot !== 0; slot = orders.next(slot)) {
    if (orders.ownerId(slot) === ownerId) lots += orders.remaining(slot);
  }
  return lots;
}

/** Lots shown ahead of the owner's first order in the level; -1 if none of its orders stands there. */
function visibleAheadOfOwn(book: OrderBook, level: number, ownerId: number): number {
  const { orders } = book;
  let lots = 0;
  for (let slot = book.ladders.head(level); slot !== 0; slot = orders.next(slot)) {
    if (orders.ownerId(slot) === ownerId) return lots;
    lots += book.visible(slot);
  }
  return -1;
}
