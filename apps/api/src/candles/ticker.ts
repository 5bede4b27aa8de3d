import {
  formatExactMoney,
  formatMultiple,
  formatShortest,
  type TickerDto,
  type Units,
} from '@app/contracts';
import { type Candle, join } from './candle';

/**
 * What the minutes of a day say.
 * @param minutes sorted by time.
 * @param last price of the latest trade in ticks, however old; null before the first.
 */
export function toTicker(
  item: string,
  minutes: readonly Candle[],
  last: number | null,
  { tick, lot }: Units,
): TickerDto {
  const price = (ticks: number | null) => (ticks === null ? null : formatMultiple(ticks, tick));
  const day = minutes.length === 0 ? null : join(minutes, 0);
  return {
    item,
    last: price(last),
    open: price(day?.open ?? null),
    high: price(day?.high ?? null),
    low: price(day?.low ?? null),
    change: day === null || last === null ? null : price(last - day.open),
    volume: formatShortest(day?.volume ?? 0n, lot),
    notional: formatExactMoney(day?.notional ?? 0n, tick, lot),
    trades: day?.trades ?? 0,
  };
}
