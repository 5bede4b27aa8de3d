import { type CandleDto, type CandleInterval, type MarketUpdate, type Units } from '@app/contracts';
import type { Log } from '@app/platform';
import { type Candle, INTERVAL_MS, toCandleDto } from '../candles/candle';
import type { FanOut } from './fan-out';
import type { StoredPosition } from './item-channel';
import { StateChannel } from './state-channel';
import { addTrade } from './traded-candles';

/** Candles of a snapshot. */
export const LATEST_CANDLES = 100;

/** Candles at a moment, which the number of the last trade in them names. */
export interface CandlesAt {
  tradeId: number;
  lastPriceTicks: number;
  /** Sorted by time. */
  candles: Candle[];
  units: Units;
}

/** `candles:{item}:{interval}`: the sequence is the number of the last trade that is in them. */
export class CandlesChannel extends StateChannel<CandleDto> {
  private candles = new Map<number, Candle>();
  private units: Units | null = null;
  private last = 0;
  private changed = new Set<number>();

  constructor(
    name: string,
    item: string,
    private readonly interval: CandleInterval,
    private readonly read: (item: string, interval: CandleInterval) => Promise<CandlesAt>,
    fanOut: FanOut,
    log: Log,
  ) {
    super(name, item, fanOut, log);
  }

  protected get at(): number {
    return this.last;
  }

  protected positionOf({ tradeId }: StoredPosition): number {
    return tradeId;
  }

  protected async load(): Promise<void> {
    const { candles, tradeId, units } = await this.read(this.item, this.interval);
    this.candles = new Map(candles.map((candle) => [candle.startMs, candle]));
    this.last = tradeId;
    this.units = units;
    this.startAnew();
  }

  protected apply(update: MarketUpdate): boolean {
    for (const trade of update.trades) {
      if (trade.trade_id <= this.last) continue;
      if (trade.trade_id !== this.last + 1 || this.units === null) return false;
      this.changed.add(addTrade(this.candles, trade, INTERVAL_MS[this.interval], this.units));
      this.last = trade.trade_id;
    }
    return true;
  }

  protected takeChanges(): ReadonlyMap<string, CandleDto> | null {
    if (this.changed.size === 0) return null;
    const entries = new Map<string, CandleDto>();
    for (const startMs of [...this.changed].sort((a, b) => a - b)) {
      const candle = this.candles.get(startMs);
      if (candle !== undefined) entries.set(String(startMs), this.show(candle));
    }
    this.changed = new Set();
    this.forgetOld();
    return entries;
  }

  protected deltaPayload(entries: ReadonlyMap<string, CandleDto>): object {
    return { interval: this.interval, candles: [...entries.values()] };
  }

  protected snapshotPayload(): object {
    const candles = [...this.candles.values()]
      .sort((a, b) => a.startMs - b.startMs)
      .slice(-LATEST_CANDLES)
      .map((candle) => this.show(candle));
    return { interval: this.interval, candles };
  }

  private show(candle: Candle): CandleDto {
    if (this.units === null) throw new Error('candles are shown before they were read');
    return toCandleDto(candle, this.units);
  }

  private forgetOld(): void {
    if (this.candles.size <= 2 * LATEST_CANDLES) return;
    const starts = [...this.candles.keys()].sort((a, b) => a - b);
    for (const startMs of starts.slice(0, -LATEST_CANDLES)) this.candles.delete(startMs);
  }
}
