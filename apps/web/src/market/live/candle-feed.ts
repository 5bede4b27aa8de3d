import type { CandleInterval } from '@app/client';
import { client } from '../../client';
import { CandleSeries, INTERVAL_SECONDS, type Bar, type Candle } from '../logic/candle-series';
import { beforeNextFrame, notBeforeNextFrame } from './frame';

const PAGE = 500;
const RETRY_MS = 3000;

export interface CandleListener {
  /** All is drawn anew. */
  redraw(series: CandleSeries): void;
  /** The last bars changed, or new ones came behind them. */
  extend(bars: readonly Bar[], series: CandleSeries): void;
  failed(reason: string | null): void;
}

/** A market's candles of one interval: what is live by the stream, what was before by REST, page by page. */
export class CandleFeed {
  private readonly series: CandleSeries;
  private readonly abort = new AbortController();
  private readonly subscription: { close(): void };
  private changes: Candle[] = [];
  private stale = false;
  private loading = false;
  private complete = false;
  private retry: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly item: string,
    private readonly interval: CandleInterval,
    private readonly listener: CandleListener,
  ) {
    this.series = new CandleSeries(interval);
    this.subscription = client.stream.candles(item, interval, (candles, reset) => {
      if (reset) this.restart(candles);
      else this.changes.push(...candles);
      beforeNextFrame(this.draw);
    });
    void this.loadOlder();
  }

  close(): void {
    this.abort.abort();
    clearTimeout(this.retry);
    notBeforeNextFrame(this.draw);
    this.subscription.close();
  }

  /** Gets the page before the first candle that is known; once at a time, and no more after the very first candle. */
  async loadOlder(): Promise<void> {
    if (this.loading || this.complete) return;
    this.loading = true;
    try {
      const before = this.series.first?.start;
      const page = await this.page(before);
      if (this.abort.signal.aborted) return;
      this.complete = page.length === 0;
      this.listener.failed(null);
      this.flush();
      this.series.merge(page);
      this.listener.redraw(this.series);
    } catch (error) {
      if (this.abort.signal.aborted) return;
      this.listener.failed(error instanceof Error ? error.message : String(error));
      this.retry = setTimeout(() => void this.loadOlder(), RETRY_MS);
    } finally {
      this.loading = false;
    }
  }

  private restart(snapshot: readonly Candle[]): void {
    this.flush();
    const first = this.series.first?.start;
    this.series.restart(snapshot);
    if (this.series.first?.start !== first) this.complete = false;
    this.stale = true;
  }

  /** Seconds are answered for an hour at a time: the hour that ends with the last minute that has any. */
  private async page(before: string | undefined): Promise<readonly Candle[]> {
    const page = await this.candles(this.interval, before, PAGE);
    if (page.length > 0 || this.interval !== '1s') return page;
    const [minute] = await this.candles('1m', before, 1);
    if (minute === undefined) return page;
    const end = Date.parse(minute.start) + INTERVAL_SECONDS['1m'] * 1000;
    const to = Math.min(end, before === undefined ? end : Date.parse(before));
    return this.candles('1s', new Date(to).toISOString(), PAGE);
  }

  private async candles(
    interval: CandleInterval,
    to: string | undefined,
    limit: number,
  ): Promise<readonly Candle[]> {
    const { data, error } = await client.rest.GET('/markets/{item}/candles', {
      params: { path: { item: this.item }, query: { interval, limit, to } },
      signal: this.abort.signal,
    });
    if (data === undefined) throw new Error(error.detail);
    return data;
  }

  private readonly draw = (): void => {
    if (this.stale) {
      this.flush();
      this.stale = false;
      this.listener.redraw(this.series);
      return;
    }
    const changes = this.changes;
    this.changes = [];
    const bars = this.series.merge(changes);
    if (bars === null) this.listener.redraw(this.series);
    else this.listener.extend(bars, this.series);
  };

  private flush(): void {
    if (this.changes.length > 0) this.series.merge(this.changes);
    this.changes = [];
  }
}
