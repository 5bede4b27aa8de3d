import { CandleSeries, type Candle } from './candle-series';

const MINUTE = 60;
const T0 = Date.parse('2026-11-22T15:00:00.000Z') / 1000;

function candle(minute: number, close: string, volume = '1'): Candle {
  const start = new Date((T0 + minute * MINUTE) * 1000).toISOString();
  return {
    start,
    open: '1.00',
    high: '9.00',
    low: '0.50',
    close,
    volume,
    notional: '1',
    trades: 1,
  };
}

const closes = (series: CandleSeries) =>
  series.bars().map((bar) => [(bar.time - T0) / MINUTE, bar.close]);

describe('a series of candles', () => {
  it('tells the last bar when the last candle changed', () => {
    const series = new CandleSeries('1m');
    expect(series.merge([candle(0, '2.00'), candle(1, '3.00')])).toBeNull();
    expect(series.merge([candle(1, '4.00', '2.5')])).toEqual([
      { time: T0 + MINUTE, open: 1, high: 9, low: 0.5, close: 4, volume: 2.5 },
    ]);
    expect(series.size).toBe(2);
  });

  it('tells new bars, and flat ones for the time without trades', () => {
    const series = new CandleSeries('1m');
    series.merge([candle(0, '2.00')]);
    const bars = series.merge([candle(0, '2.50'), candle(3, '4.00')]);
    expect(bars?.map((bar) => [(bar.time - T0) / MINUTE, bar.close, bar.volume])).toEqual([
      [0, 2.5, 1],
      [1, 2.5, 0],
      [2, 2.5, 0],
      [3, 4, 1],
    ]);
    expect(bars).toEqual(series.bars());
  });

  it('puts older ones before, each once, whatever their order', () => {
    const series = new CandleSeries('1m');
    series.merge([candle(2, '2.00')]);
    expect(series.merge([candle(1, '1.50'), candle(0, '1.00'), candle(2, '2.10')])).toBeNull();
    expect(closes(series)).toEqual([
      [0, 1],
      [1, 1.5],
      [2, 2.1],
    ]);
  });

  it('does not draw a long pause in full', () => {
    const series = new CandleSeries('1m');
    series.merge([candle(0, '2.00'), candle(100_000, '3.00')]);
    const bars = series.bars();
    expect(bars).toHaveLength(302);
    expect(bars.at(-2)?.time).toBe(T0 + 99_999 * MINUTE);
    expect(bars.every((bar, at) => at === 0 || bar.time > (bars[at - 1]?.time ?? 0))).toBe(true);
  });

  it('forgets what a new beginning does not reach back to', () => {
    const series = new CandleSeries('1m');
    series.merge([candle(0, '1.00'), candle(1, '2.00')]);
    series.restart([candle(1, '2.50'), candle(2, '3.00')]);
    expect(series.size).toBe(3);
    series.restart([candle(8, '8.00')]);
    expect(closes(series)).toEqual([[8, 8]]);
  });

  it('finds the candle of a time, or the one that held', () => {
    const series = new CandleSeries('1m');
    series.merge([candle(0, '1.00'), candle(3, '2.00')]);
    expect(series.at(T0 + 3 * MINUTE)).toEqual({ candle: candle(3, '2.00'), traded: true });
    expect(series.at(T0 + 2 * MINUTE)).toEqual({ candle: candle(0, '1.00'), traded: false });
    expect(series.at(T0 - 1)).toBeUndefined();
  });
});
