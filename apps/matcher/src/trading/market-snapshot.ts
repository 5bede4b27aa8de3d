import { type MarketSnapshot, Side } from '@app/matching';
import { type BookOrder, isWaitingStop, toRecord } from './book-order';
import type { StoredBook } from './trading.repository';

type Comparison = (a: BookOrder, b: BookOrder) => number;

/**
 * A market as the store has it. An order's place in its queue is that of the sequence at which it took it.
 * @param orders the live orders of the item, in any order.
 */
export function marketSnapshot(
  item: string,
  book: StoredBook,
  orders: readonly BookOrder[],
): MarketSnapshot {
  const resting = orders.filter((order) => !isWaitingStop(order));
  const waiting = orders.filter(isWaitingStop);
  const of = (list: readonly BookOrder[], side: Side, comparison: Comparison) =>
    list
      .filter((order) => order.side === side)
      .sort(comparison)
      .map(toRecord);
  const { state, rules, clockMs, lastPriceTicks, sequence, tradeId } = book;
  return {
    item,
    state,
    rules,
    clockMs,
    lastPriceTicks,
    sequence,
    tradeId,
    bids: of(resting, Side.Buy, (a, b) => b.priceTicks - a.priceTicks || byPlace(a, b)),
    asks: of(resting, Side.Sell, (a, b) => a.priceTicks - b.priceTicks || byPlace(a, b)),
    buyStops: of(waiting, Side.Buy, (a, b) => a.stopTicks - b.stopTicks || byPlace(a, b)),
    sellStops: of(waiting, Side.Sell, (a, b) => b.stopTicks - a.stopTicks || byPlace(a, b)),
    expiries: orders
      .filter((order) => order.expiresAtMs !== 0)
      .sort((a, b) => a.expiresAtMs - b.expiresAtMs || byAcceptance(a, b))
      .map((order) => order.id),
  };
}

const byPlace: Comparison = (a, b) => a.queueSequence - b.queueSequence;

const byAcceptance: Comparison = (a, b) => (a.acceptedSequence ?? 0) - (b.acceptedSequence ?? 0);
