import { type EventTrade, parseMultiple, type Unit, type Units } from '@app/contracts';
import { isShownIn } from '../book/book-replica';
import type { Candle } from '../candles/candle';

/**
 * Adds a trade to the candle that it belongs to, as the matcher adds it to the stored ones. Trades come in their order.
 * @returns when that candle begins, ms since the epoch.
 */
export function addTrade(
  candles: Map<number, Candle>,
  trade: EventTrade,
  intervalMs: number,
  { tick, lot }: Units,
): number {
  const executedAtMs = Date.parse(trade.executed_at);
  const startMs = executedAtMs - (executedAtMs % intervalMs);
  if (!isShownIn(trade.price, tick)) throw new Error(`${trade.price} is of another unit`);
  const price = countOf(trade.price, tick);
  const lots = BigInt(countOf(trade.quantity, lot));
  const notional = BigInt(price) * lots;
  const candle = candles.get(startMs);
  if (candle === undefined) {
    const prices = { open: price, high: price, low: price, close: price };
    candles.set(startMs, { startMs, ...prices, volume: lots, notional, trades: 1 });
    return startMs;
  }
  candle.high = Math.max(candle.high, price);
  candle.low = Math.min(candle.low, price);
  candle.close = price;
  candle.volume += lots;
  candle.notional += notional;
  candle.trades += 1;
  return startMs;
}

export function countOf(text: string, unit: Unit): number {
  const parsed = parseMultiple(text, unit);
  if (!parsed.ok) throw new Error(`${text} is no multiple of the market's unit`);
  return parsed.count;
}
