import { Random } from './random';

const draw = (random: Random, count: number, one: (random: Random) => number): number[] =>
  Array.from({ length: count }, () => one(random));
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe('Random', () => {
  it('gives the same numbers for the same seed and name, others for another', () => {
    const numbers = (seed: number, name: string) =>
      draw(Random.of(seed, name), 5, (random) => random.next());
    expect(numbers(1, 'AAPL')).toEqual(numbers(1, 'AAPL'));
    expect(numbers(1, 'AAPL')).not.toEqual(numbers(2, 'AAPL'));
    expect(numbers(1, 'AAPL')).not.toEqual(numbers(1, 'MSFT'));
  });

  it('has the distributions that it says', () => {
    const random = new Random(7);
    const normal = draw(random, 20_000, (each) => each.normal());
    expect(mean(normal)).toBeCloseTo(0, 1);
    expect(mean(normal.map((value) => value ** 2))).toBeCloseTo(1, 1);
    expect(mean(draw(random, 20_000, (each) => each.exponential(3)))).toBeCloseTo(3, 0);
    const sizes = draw(random, 20_001, (each) => each.logNormal(10, 1)).sort((a, b) => a - b);
    expect(sizes[10_000]).toBeCloseTo(10, 0);
    expect(Math.min(...sizes)).toBeGreaterThan(0);
  });

  it('draws integers between both ends', () => {
    const drawn = new Set(draw(new Random(3), 500, (each) => each.between(2, 4)));
    expect([...drawn].sort()).toEqual([2, 3, 4]);
  });
});
