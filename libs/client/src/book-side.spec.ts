import { Random } from '../../../test/support/random';
import { applyLevels, type Direction } from './book-side';
import type { Level } from './stream';

const priceOf = (ticks: number) => (ticks / 100).toFixed(2);

describe('one side of a book', () => {
  it.each<[string, Direction]>([
    ['asks', 1],
    ['bids', -1],
  ])('stays sorted and right through random changes: %s', (_, direction) => {
    const random = new Random(11);
    const expected = new Map<number, Level>();
    let side: readonly Level[] = [];
    for (let step = 0; step < 2000; step += 1) {
      const changes = new Map<number, Level>();
      for (let count = random.below(6); count > 0; count -= 1) {
        // Around 10.00 and 100.00: prices of different lengths.
        const ticks = random.pick([1000, 10_000]) + random.between(-40, 40);
        const quantity = random.chance(0.4) ? '0' : String(random.between(1, 9));
        changes.set(ticks, [priceOf(ticks), quantity, quantity === '0' ? 0 : 1]);
      }
      for (const [ticks, level] of changes) {
        if (level[1] === '0') expected.delete(ticks);
        else expected.set(ticks, level);
      }
      const before = side;
      const kept = [...before];
      side = applyLevels(before, [...changes.values()], direction);
      expect(before).toEqual(kept);
      if (changes.size === 0) expect(side).toBe(before);
    }
    const sorted = [...expected].sort(([a], [b]) => (a - b) * direction);
    expect(side).toEqual(sorted.map(([, level]) => level));
    expect(side.length).toBeGreaterThan(20);
  });

  it('knows a price however many zeros it has', () => {
    const side = applyLevels([['1.50', '1', 1]], [['1.5', '2', 1]], 1);
    expect(side).toEqual([['1.5', '2', 1]]);
  });
});
