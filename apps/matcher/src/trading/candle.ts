/** Intervals that are kept, in seconds; all longer ones are made of them. */
export const CANDLE_SECONDS = [60, 3600] as const;

/** Trades of an item within an interval: prices in ticks, sums in lots and ticks × lots. */
export interface Candle {
  item: string;
  seconds: number;
  startMs: number;
  openTicks: number;
  highTicks: number;
  lowTicks: number;
  closeTicks: number;
  volumeLots: bigint;
  notional: bigint;
  trades: number;
}

/** Adds trades up, in their order. */
export class Candles {
  private readonly candles = new Map<string, Candle>();

  add(item: string, executedAtMs: number, priceTicks: number, lots: number): void {
    for (const seconds of CANDLE_SECONDS) {
      const startMs = executedAtMs - (executedAtMs % (seconds * 1000));
      const key = `${seconds} ${startMs} ${item}`;
      const notional = BigInt(priceTicks * lots);
      const candle = this.candles.get(key);
      if (candle === undefined) {
        this.candles.set(key, {
          item,
          seconds,
          startMs,
          openTicks: priceTicks,
          highTicks: priceTicks,
          lowTicks: priceTicks,
          closeTicks: priceTicks,
          volumeLots: BigInt(lots),
          notional,
          trades: 1,
        });
        continue;
      }
      candle.highTicks = Math.max(candle.highTicks, priceTicks);
      candle.lowTicks = Math.min(candle.lowTicks, priceTicks);
      candle.closeTicks = priceTicks;
      candle.volumeLots += BigInt(lots);
      candle.notional += notional;
      candle.trades += 1;
    }
  }

  all(): Candle[] {
    return [...this.candles.values()];
  }
}
