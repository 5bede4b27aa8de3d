import type { MarketUpdate, TickerDto, Units } from '@app/contracts';
import type { Log } from '@app/platform';
import { type Candle, INTERVAL_MS } from '../candles/candle';
import { toTicker } from '../candles/ticker';
import type { CandlesAt } from './candles-channel';
import type { FanOut } from './fan-out';
import type { StoredPosition } from './item-channel';
import { StateChannel } from './state-channel';
import { addTrade, countOf } from './traded-candles';

const MINUTE_MS = INTERVAL_MS['1m'];
const DAY_MS = INTERVAL_MS['1d'];
const KEY = 'ticker';

/** `ticker:{item}`: the last 24 hours to the minute, whole in each message. The sequence is the last trade's number. */
export class TickerChannel extends StateChannel<TickerDto> {
  private minutes = new Map<number, Candle>();
  private units: Units | null = null;
  private lastPriceTicks = 0;
  private last = 0;
  private hasChanged = false;
  private readonly clock: NodeJS.Timeout;

  constructor(
    name: string,
    item: string,
    private readonly read: (item: string) => Promise<CandlesAt>,
    fanOut: FanOut,
    log: Log,
  ) {
    super(name, item, fanOut, log);
    this.clock = setInterval(() => this.forgetOld(), MINUTE_MS / 6);
    this.clock.unref();
  }

  override close(): void {
    super.close();
    clearInterval(this.clock);
  }

  protected get at(): number {
    return this.last;
  }

  protected positionOf({ tradeId }: StoredPosition): number {
    return tradeId;
  }

  protected async load(): Promise<void> {
    const { candles, lastPriceTicks, tradeId, units } = await this.read(this.item);
    this.minutes = new Map(candles.map((candle) => [candle.startMs, candle]));
    this.lastPriceTicks = lastPriceTicks;
    this.last = tradeId;
    this.units = units;
    this.startAnew();
  }

  protected apply(update: MarketUpdate): boolean {
    for (const trade of update.trades) {
      if (trade.trade_id <= this.last) continue;
      if (trade.trade_id !== this.last + 1 || this.units === null) return false;
      addTrade(this.minutes, trade, MINUTE_MS, this.units);
      this.lastPriceTicks = countOf(trade.price, this.units.tick);
      this.last = trade.trade_id;
      this.hasChanged = true;
    }
    return true;
  }

  protected takeChanges(): ReadonlyMap<string, TickerDto> | null {
    if (!this.hasChanged) return null;
    this.hasChanged = false;
    return new Map([[KEY, this.ticker()]]);
  }

  /** What is older than 24 hours has left it, also while nobody traded. */
  protected override changedSince(): ReadonlyMap<string, TickerDto> {
    return new Map([[KEY, this.ticker()]]);
  }

  protected deltaPayload(entries: ReadonlyMap<string, TickerDto>): object {
    return { ticker: entries.get(KEY) };
  }

  protected snapshotPayload(): object {
    return { ticker: this.ticker() };
  }

  private ticker(): TickerDto {
    if (this.units === null) throw new Error('a ticker is shown before it was read');
    const minutes = [...this.minutes.values()].sort((a, b) => a.startMs - b.startMs);
    const last = this.lastPriceTicks === 0 ? null : this.lastPriceTicks;
    return toTicker(this.item, minutes, last, this.units);
  }

  /** What is older than 24 hours leaves the ticker, without any trade. */
  private forgetOld(): void {
    const from = Date.now() - DAY_MS;
    const before = this.minutes.size;
    for (const startMs of this.minutes.keys()) {
      if (startMs + MINUTE_MS <= from) this.minutes.delete(startMs);
    }
    if (this.minutes.size === before) return;
    this.hasChanged = true;
    this.fanOut.mark(this);
  }
}
