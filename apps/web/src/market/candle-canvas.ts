import {
  CandlestickSeries,
  createChart,
  HistogramSeries,
  TickMarkType,
  type HistogramData,
  type IChartApi,
  type ISeriesApi,
  type MouseEventParams,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts';
import { token } from '../theme/palette';
import type { Bar } from './logic/candle-series';
import { separated } from './logic/decimal';
import { axisMark, barTime, type Mark } from './logic/times';

export interface CanvasOptions {
  /** Seconds of a bar. */
  seconds: number;
  priceDecimals: number;
  tick: number;
  /** The time under the pointer; `null` when it left. */
  onPoint: (time: number | null) => void;
  /** Whether the newest bar is out of sight. */
  onAway: (away: boolean) => void;
  /** The first bars come into sight. */
  onStart: () => void;
}

const USUAL_BARS = 120;
const NEAR_START = 30;

const MARKS: Record<TickMarkType, Mark> = {
  [TickMarkType.Year]: 'year',
  [TickMarkType.Month]: 'month',
  [TickMarkType.DayOfMonth]: 'day',
  [TickMarkType.Time]: 'time',
  [TickMarkType.TimeWithSeconds]: 'second',
};

/** Candles with the volume below them. */
export class CandleCanvas {
  private readonly chart: IChartApi;
  private readonly candles: ISeriesApi<'Candlestick'>;
  private readonly volume: ISeriesApi<'Histogram'>;
  private fills = { up: '', down: '' };
  private drawn: Bar[] = [];
  private placed = false;
  private placing = 0;

  constructor(
    element: HTMLElement,
    private readonly options: CanvasOptions,
  ) {
    const { seconds } = options;
    this.chart = createChart(element, {
      autoSize: true,
      layout: { attributionLogo: false, background: { color: 'transparent' } },
      rightPriceScale: { borderVisible: false, scaleMargins: { top: 0.08, bottom: 0.24 } },
      timeScale: {
        borderVisible: false,
        rightOffset: 4,
        timeVisible: seconds < 86_400,
        secondsVisible: seconds < 60,
        minBarSpacing: 1,
        tickMarkFormatter: (time: Time, type: TickMarkType) =>
          axisMark(Number(time), MARKS[type], seconds),
      },
      localization: { timeFormatter: (time: Time) => barTime(Number(time), seconds) },
    });
    const format = {
      type: 'custom' as const,
      minMove: options.tick,
      formatter: (price: number) => separated(price.toFixed(options.priceDecimals)),
    };
    this.candles = this.chart.addSeries(CandlestickSeries, {
      priceFormat: format,
      borderVisible: false,
    });
    this.volume = this.chart.addSeries(HistogramSeries, {
      priceScaleId: 'volume',
      priceFormat: { type: 'volume' },
      lastValueVisible: false,
      priceLineVisible: false,
    });
    this.volume.priceScale().applyOptions({ scaleMargins: { top: 0.82, bottom: 0 } });
    this.chart.subscribeCrosshairMove(this.point);
    this.chart.timeScale().subscribeVisibleLogicalRangeChange((range) => {
      if (range === null) return;
      options.onAway(this.chart.timeScale().scrollPosition() < -1);
      if (range.from < NEAR_START) options.onStart();
    });
    this.paint();
  }

  /** Draws all anew; what is looked at stays in its place. */
  redraw(bars: readonly Bar[]): void {
    this.drawn = [...bars];
    this.candles.setData(bars.map(candleOf));
    this.volume.setData(bars.map((bar) => this.volumeOf(bar)));
    if (!this.placed && bars.length > 0) this.showNewest();
  }

  /** Draws the last bars. */
  extend(bars: readonly Bar[]): void {
    for (const bar of bars) {
      this.candles.update(candleOf(bar));
      this.volume.update(this.volumeOf(bar));
      // They are drawn anew when the theme changes.
      if (this.drawn.at(-1)?.time === bar.time) this.drawn.pop();
      this.drawn.push(bar);
    }
  }

  /** The range counts bars and holds from the next frame on: when older ones come before that, it is another range. */
  private showNewest(): void {
    const width = Math.min(USUAL_BARS, Math.max(40, this.drawn.length));
    const to = this.drawn.length + 3;
    this.chart.timeScale().setVisibleLogicalRange({ from: to - width, to });
    cancelAnimationFrame(this.placing);
    this.placing = requestAnimationFrame(() => {
      this.placed = true;
    });
  }

  /** Goes back to the newest bar. */
  catchUp(): void {
    this.chart.timeScale().scrollToRealTime();
  }

  /** Takes the colours from the theme. */
  paint(): void {
    const [up, down, text, line, strong] = [
      token('--up'),
      token('--down'),
      token('--text-soft'),
      token('--line'),
      token('--line-strong'),
    ];
    this.fills = { up: token('--up-volume'), down: token('--down-volume') };
    const label = token('--label');
    this.chart.applyOptions({
      layout: { textColor: text, fontFamily: token('--font'), fontSize: 11 },
      grid: { vertLines: { color: token('--grid') }, horzLines: { color: token('--grid') } },
      crosshair: {
        vertLine: { color: strong, labelBackgroundColor: label },
        horzLine: { color: strong, labelBackgroundColor: label },
      },
      timeScale: { borderColor: line },
    });
    this.candles.applyOptions({
      upColor: up,
      downColor: down,
      borderUpColor: up,
      borderDownColor: down,
      wickUpColor: up,
      wickDownColor: down,
    });
    if (this.drawn.length > 0) this.volume.setData(this.drawn.map((bar) => this.volumeOf(bar)));
  }

  close(): void {
    cancelAnimationFrame(this.placing);
    this.chart.remove();
  }

  private readonly point = (event: MouseEventParams): void => {
    const bar = event.seriesData.get(this.candles);
    this.options.onPoint(bar === undefined ? null : Number(bar.time));
  };

  private volumeOf(bar: Bar): HistogramData<UTCTimestamp> {
    return {
      time: bar.time as UTCTimestamp,
      value: bar.volume,
      color: bar.close >= bar.open ? this.fills.up : this.fills.down,
    };
  }
}

function candleOf(bar: Bar) {
  const { open, high, low, close } = bar;
  return { time: bar.time as UTCTimestamp, open, high, low, close };
}
