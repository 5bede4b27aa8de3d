import {
  type CandleDto,
  type CandleInterval,
  formatExactMoney,
  formatMultiple,
  formatShortest,
  type Units,
} from '@app/contracts';

/** Trades added up: prices in ticks, volume in lots, notional in ticks × lots. */
export interface Candle {
  startMs: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: bigint;
  notional: bigint;
  trades: number;
}

export const INTERVAL_MS: Record<CandleInterval, number> = {
  '1s': 1000,
  '1m': 60_000,
  '5m': 300_000,
  '15m': 900_000,
  '30m': 1_800_000,
  '1h': 3_600_000,
  '4h': 14_400_000,
  '1d': 86_400_000,
};

/** One candle of several that follow each other in time. @throws RangeError when there are none. */
export function join(candles: readonly Candle[], startMs: number): Candle {
  const [first] = candles;
  const last = candles.at(-1);
  if (first === undefined || last === undefined) throw new RangeError('no candles to join');
  const joined = { ...first, startMs, close: last.close };
  for (const { high, low, volume, notional, trades } of candles.slice(1)) {
    joined.high = Math.max(joined.high, high);
    joined.low = Math.min(joined.low, low);
    joined.volume += volume;
    joined.notional += notional;
    joined.trades += trades;
  }
  return joined;
}

/**
 * Candles of a longer interval.
 * @param candles sorted by time; the longer interval is a multiple of theirs.
 */
export function widen(candles: readonly Candle[], intervalMs: number): Candle[] {
  const groups = new Map<number, Candle[]>();
  for (const candle of candles) {
    const startMs = candle.startMs - (candle.startMs % intervalMs);
    const group = groups.get(startMs);
    if (group === undefined) groups.set(startMs, [candle]);
    else group.push(candle);
  }
  return [...groups].map(([startMs, group]) => join(group, startMs));
}

export function toCandleDto(candle: Candle, { tick, lot }: Units): CandleDto {
  return {
    start: new Date(candle.startMs).toISOString(),
    open: formatMultiple(candle.open, tick),
    high: formatMultiple(candle.high, tick),
    low: formatMultiple(candle.low, tick),
    close: formatMultiple(candle.close, tick),
    volume: formatShortest(candle.volume, lot),
    notional: formatExactMoney(candle.notional, tick, lot),
    trades: candle.trades,
  };
}
