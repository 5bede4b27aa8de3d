import { type Candle, join, toCandleDto, widen } from './candle';

const candle = (startMs: number, open: number, close: number): Candle => ({
  startMs,
  open,
  high: Math.max(open, close) + 1,
  low: Math.min(open, close) - 1,
  close,
  volume: 2n,
  notional: 100n,
  trades: 3,
});

describe('candles', () => {
  it('join to one that opens with the first and closes with the last', () => {
    expect(join([candle(60, 10, 12), candle(120, 20, 5), candle(180, 7, 8)], 0)).toEqual({
      startMs: 0,
      open: 10,
      high: 21,
      low: 4,
      close: 8,
      volume: 6n,
      notional: 300n,
      trades: 9,
    });
    expect(() => join([], 0)).toThrow(RangeError);
  });

  it('widen to intervals that begin at their multiples', () => {
    const wide = widen(
      [candle(240, 1, 1), candle(299, 2, 2), candle(300, 3, 3), candle(900, 4, 4)],
      300,
    );
    expect(wide.map(({ startMs, open, trades }) => [startMs, open, trades])).toEqual([
      [0, 1, 6],
      [300, 3, 3],
      [900, 4, 3],
    ]);
  });

  it('leave the originals as they were', () => {
    const first = candle(0, 1, 1);
    join([first, candle(60, 9, 9)], 0);
    expect(first).toEqual(candle(0, 1, 1));
  });

  it('show prices with the decimals of the tick and sums with all their digits', () => {
    const units = { tick: { count: 25, scale: 2 }, lot: { count: 1, scale: 3 } };
    expect(toCandleDto({ ...candle(0, 2, 4), notional: 7n }, units)).toEqual({
      start: '1970-01-01T00:00:00.000Z',
      open: '0.50',
      high: '1.25',
      low: '0.25',
      close: '1.00',
      volume: '0.002',
      notional: '0.00175',
      trades: 3,
    });
  });
});
