import { PricePath } from './price-path';
import { Random } from './random';

const VOLATILITY = 1e-4;
const path = (seed: number, begin?: number) =>
  new PricePath(19_000, VOLATILITY, new Random(seed), begin);
const walk = (of: PricePath, steps: number, seconds = 1): number[] =>
  Array.from({ length: steps }, () => of.advance(seconds));
const deviationOf = (prices: readonly number[]): number => {
  const changes = prices.slice(1).map((price, at) => Math.log(price / (prices[at] ?? price)));
  return Math.sqrt(changes.reduce((sum, change) => sum + change ** 2, 0) / changes.length);
};

describe('PricePath', () => {
  it('is the same for the same seed', () => {
    expect(walk(path(1), 50)).toEqual(walk(path(1), 50));
    expect(walk(path(1), 50)).not.toEqual(walk(path(2), 50));
  });

  it('moves within a second as its volatility says', () => {
    const deviation = deviationOf(walk(path(5), 3600));
    expect(deviation).toBeGreaterThan(VOLATILITY * 0.8);
    expect(deviation).toBeLessThan(VOLATILITY * 2);
  });

  it('has calm and wild minutes', () => {
    const prices = walk(path(5), 3600);
    const minutes = Array.from({ length: 60 }, (_, minute) =>
      deviationOf(prices.slice(minute * 60, minute * 60 + 60)),
    );
    expect(Math.max(...minutes) / Math.min(...minutes)).toBeGreaterThan(2);
  });

  it.each([1, 2, 3, 4])('stays near its anchor for a day (seed %d)', (seed) => {
    const prices = walk(path(seed), 24 * 3600);
    expect(Math.max(...prices)).toBeLessThan(19_000 * 1.084);
    expect(Math.min(...prices)).toBeGreaterThan(19_000 * 0.92);
    const mean = prices.reduce((sum, price) => sum + price, 0) / prices.length;
    expect(Math.abs(mean / 19_000 - 1)).toBeLessThan(0.01);
  });

  it('comes back from where it begins or is pushed to', () => {
    const far = path(9, 19_000 * 1.05);
    expect(far.price).toBeCloseTo(19_000 * 1.05, 5);
    walk(far, 4 * 3600);
    expect(Math.abs(far.price / 19_000 - 1)).toBeLessThan(0.03);
    const pushed = path(9);
    pushed.push(25);
    expect(pushed.price).toBeGreaterThan(19_024);
  });

  it('never begins out of bounds', () => {
    expect(path(1, 1).price).toBeGreaterThan(17_000);
  });
});
