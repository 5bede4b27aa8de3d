import { compareDecimals } from './decimal-order';
import type { Level } from './stream';

/** 1 where the lowest price is the best (asks), −1 where the highest is (bids). */
export type Direction = 1 | -1;

/**
 * @param levels one side, best first; it stays as it is.
 * @param changes levels as they are from now on, in any order; a quantity of "0": the price is gone.
 * @returns the side with the changes, best first; the same array where there is none.
 *
 * One pass copies the side, and each change finds its place by binary search: nothing is sorted but the changes.
 */
export function applyLevels(
  levels: readonly Level[],
  changes: readonly Level[],
  direction: Direction,
): readonly Level[] {
  if (changes.length === 0) return levels;
  const next: Level[] = [];
  let from = 0;
  for (const change of bestFirst(changes, direction)) {
    const [price, quantity] = change;
    const place = placeOf(levels, price, direction, from);
    copy(levels, from, place, next);
    const present = levels[place];
    from = present !== undefined && compareDecimals(present[0], price) === 0 ? place + 1 : place;
    if (quantity !== '0') next.push(change);
  }
  copy(levels, from, levels.length, next);
  return next;
}

function bestFirst(changes: readonly Level[], direction: Direction): readonly Level[] {
  if (changes.length === 1) return changes;
  return [...changes].sort(([a], [b]) => compareDecimals(a, b) * direction);
}

/** Where from `low` on the price is, or belongs. */
function placeOf(
  levels: readonly Level[],
  price: string,
  direction: Direction,
  low: number,
): number {
  let high = levels.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const level = levels[middle];
    if (level !== undefined && compareDecimals(level[0], price) * direction < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function copy(levels: readonly Level[], from: number, to: number, into: Level[]): void {
  for (let index = from; index < to; index += 1) {
    const level = levels[index];
    if (level !== undefined) into.push(level);
  }
}
