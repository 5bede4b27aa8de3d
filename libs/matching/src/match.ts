import { SelfTradePrevention, Side } from './commands';
import * as icebergs from './iceberg';
import type { IncomingOrder } from './incoming-order';
import * as books from './order-book';
import type { OrderBook } from './order-book';
import * as flagNames from './order-flags';
import * as plain from './plain-orders';
import * as selfTrades from './self-trade';

// Bound once: docs/decisions/0006.
const { takePlain } = plain;
const { preventSelfTrade } = selfTrades;
const { ICEBERG } = flagNames;
const { reaches } = books;
const { showNextSlice, takeFromSlice } = icebergs;
const { Buy, Sell } = Side;
const NO_PREVENTION = SelfTradePrevention.None;

/**
 * Matches an incoming order against the opposite side, best price first, then oldest first, at the resting orders'
 * prices. Changes the book and what is left of `incoming`; writes TRADE, REPLENISHED, self-trade effects and one
 * LEVEL for each level it touched, in the order in which things happen. What becomes of the rest is the caller's.
 * Cost: O(levels crossed + makers met). Rule: docs/matching-rules.md §3, §4, §5, §8, §9.
 */
export function match(book: OrderBook, incoming: IncomingOrder): void {
  while (!incoming.done) {
    if (!incoming.byAmount) takePlain(book, incoming);
    if (incoming.done) return;
    const level = book.bestOpposite(incoming.side);
    if (level === 0) return;
    const priceTicks = book.ladders.price(level);
    if (!reaches(incoming.side, incoming.limitTicks, priceTicks)) return;
    if (incoming.byAmount) {
      incoming.remainingLots = Math.floor(incoming.amountTickLots / priceTicks);
      if (incoming.remainingLots === 0) return;
    }
    matchLevel(book, incoming, level, priceTicks);
  }
}

/** Meets one level's orders, oldest first, until the level is empty or the order is done. */
function matchLevel(
  book: OrderBook,
  incoming: IncomingOrder,
  level: number,
  priceTicks: number,
): void {
  const { orders, ladders } = book;
  const { ownerId } = incoming;
  const prevents = incoming.prevention !== NO_PREVENTION;
  let touched = incoming.isLevelUnsaid;
  let maker = ladders.head(level);
  while (maker !== 0 && incoming.remainingLots !== 0 && !incoming.done) {
    if (prevents && orders.ownerId(maker) === ownerId) {
      touched = preventSelfTrade(book, incoming, level, maker) || touched;
    } else {
      trade(book, incoming, level, maker, priceTicks);
      touched = true;
    }
    maker = ladders.head(level);
  }
  if (!touched) return;
  const restingSide = incoming.side === Buy ? Sell : Buy;
  if (maker === 0) book.closeLevel(level, restingSide);
  book.announceLevel(restingSide, priceTicks, maker === 0 ? 0 : level);
}

/** One fill in full generality: as much as both sides have, of an iceberg what it shows. */
function trade(
  book: OrderBook,
  incoming: IncomingOrder,
  level: number,
  maker: number,
  priceTicks: number,
): void {
  const { orders, ladders } = book;
  const iceberg = (orders.flags(maker) & ICEBERG) !== 0;
  const makerOpen = orders.remaining(maker);
  const shown = iceberg ? book.extras.visible(orders.extras(maker)) : makerOpen;
  const left = incoming.remainingLots;
  const lots = left < shown ? left : shown;
  const makerLeft = makerOpen - lots;

  incoming.remainingLots = left - lots;
  if (incoming.byAmount) incoming.spend(lots, priceTicks, bestAfter(book, level, maker, makerLeft));
  else incoming.done = left === lots;
  orders.setRemaining(maker, makerLeft);
  ladders.addLots(level, -lots, -lots);
  book.addOpenLots(incoming.side === Buy ? Sell : Buy, -lots);
  book.lastPriceTicks = priceTicks;
  book.tradeId += 1;
  book.effects.trade(
    book.market,
    book.nextSequence(),
    book.tradeId,
    orders.orderId(maker),
    incoming.orderId,
    incoming.side,
    priceTicks,
    lots,
    makerLeft,
    incoming.byAmount ? incoming.amountTickLots : incoming.remainingLots,
    incoming.done,
  );
  if (makerLeft === 0) {
    book.unlink(level, maker, 0, 0);
    book.forget(maker);
  } else if (iceberg) {
    takeFromSlice(book, maker, lots);
    if (shown === lots) showNextSlice(book, level, maker);
  }
}

/** The best opposite price once the maker has `makerLeft`; 0 if the side is empty then. */
function bestAfter(book: OrderBook, level: number, maker: number, makerLeft: number): number {
  const { ladders, orders } = book;
  if (makerLeft !== 0 || orders.next(maker) !== 0) return ladders.price(level);
  const behind = book.behind(level === book.best(Sell) ? Sell : Buy, level);
  return behind === 0 ? 0 : ladders.price(behind);
}
