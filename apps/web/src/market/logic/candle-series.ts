import type { CandleInterval, components } from '@app/client';

export type Candle = components['schemas']['CandleDto'];

/** What is drawn: floats will do for pixels. */
export interface Bar {
  /** Start in seconds since 1970. */
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

export const INTERVAL_SECONDS: Record<CandleInterval, number> = {
  '1s': 1,
  '1m': 60,
  '5m': 300,
  '15m': 900,
  '30m': 1800,
  '1h': 3600,
  '4h': 14_400,
  '1d': 86_400,
};

/** A pause without trades is drawn flat, at the price that held; of a longer one only this many bars. */
const MOST_FLAT_BARS = 300;

/** The candles of a market as they come: history by pages, changes by the stream; sorted, each once. */
export class CandleSeries {
  private candles: Candle[] = [];
  private readonly seconds: number;

  constructor(interval: CandleInterval) {
    this.seconds = INTERVAL_SECONDS[interval];
  }

  get size(): number {
    return this.candles.length;
  }

  get first(): Candle | undefined {
    return this.candles[0];
  }

  get last(): Candle | undefined {
    return this.candles.at(-1);
  }

  /** The last ones, oldest first. */
  newest(count: number): readonly Candle[] {
    return this.candles.slice(-count);
  }

  /**
   * Takes candles in, each in the place of the one that starts as it does.
   * @returns the bars that changed at the end, or `null` when others did and all have to be drawn anew.
   */
  merge(incoming: readonly Candle[]): readonly Bar[] | null {
    const last = this.last;
    if (last !== undefined && incoming.every((each) => timeOf(each) >= timeOf(last))) {
      return this.extend(incoming.toSorted(byStart), last);
    }
    const all = new Map(this.candles.map((each) => [each.start, each]));
    for (const each of incoming) all.set(each.start, each);
    this.candles = [...all.values()].sort(byStart);
    return null;
  }

  /** The stream begins anew. What was known stays if nothing can lie between it and the new. */
  restart(snapshot: readonly Candle[]): void {
    const begin = snapshot[0];
    const last = this.last;
    const gap = begin !== undefined && last !== undefined && timeOf(begin) > timeOf(last);
    if (gap) this.candles = [];
    this.merge(snapshot);
  }

  /** All of them, with flat bars where nothing was traded. */
  bars(): readonly Bar[] {
    const bars: Bar[] = [];
    let before: Candle | undefined;
    for (const candle of this.candles) {
      this.push(bars, before, candle);
      before = candle;
    }
    return bars;
  }

  /** The candle of a bar's time, or the last one before it, whose close held then. */
  at(time: number): { candle: Candle; traded: boolean } | undefined {
    let [low, high] = [0, this.candles.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const candle = this.candles[middle];
      if (candle !== undefined && timeOf(candle) <= time) low = middle + 1;
      else high = middle;
    }
    const candle = this.candles[low - 1];
    return candle === undefined ? undefined : { candle, traded: timeOf(candle) === time };
  }

  private extend(incoming: readonly Candle[], last: Candle): readonly Bar[] {
    const bars: Bar[] = [];
    let before = last;
    for (const candle of incoming) {
      if (candle.start === before.start) {
        this.candles[this.candles.length - 1] = candle;
        if (bars.length > 0) bars.pop();
        bars.push(barOf(candle));
      } else {
        this.candles.push(candle);
        this.push(bars, before, candle);
      }
      before = candle;
    }
    return bars;
  }

  private push(bars: Bar[], before: Candle | undefined, candle: Candle): void {
    const time = timeOf(candle);
    if (before !== undefined) {
      const price = Number(before.close);
      const from = Math.max(timeOf(before), time - (MOST_FLAT_BARS + 1) * this.seconds);
      for (let at = from + this.seconds; at < time; at += this.seconds) {
        bars.push({ time: at, open: price, high: price, low: price, close: price, volume: 0 });
      }
    }
    bars.push(barOf(candle));
  }
}

function barOf(candle: Candle): Bar {
  return {
    time: timeOf(candle),
    open: Number(candle.open),
    high: Number(candle.high),
    low: Number(candle.low),
    close: Number(candle.close),
    volume: Number(candle.volume),
  };
}

function timeOf(candle: Candle): number {
  return Date.parse(candle.start) / 1000;
}

function byStart(a: Candle, b: Candle): number {
  return timeOf(a) - timeOf(b);
}
