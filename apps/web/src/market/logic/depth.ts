import type { Level } from '@app/client';
import { toUnits } from './decimal';

export interface DepthPoint {
  readonly price: number;
  readonly priceText: string;
  /** Of all from the best price to this one, in units of the last decimal. */
  readonly total: bigint;
}

export interface Depth {
  /** From the best price outwards. */
  readonly bids: readonly DepthPoint[];
  readonly asks: readonly DepthPoint[];
  readonly mid: number;
}

/** Where the depth chart begins and ends. */
export interface DepthWindow {
  readonly low: number;
  readonly high: number;
}

interface Sides {
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
}

/** Cumulative quantities of both sides as far as `reach` from the middle; `null` for an empty book. */
export function depthOf(book: Sides, reach: number, quantityDecimals: number): Depth | null {
  const mid = midOf(book);
  if (mid === null) return null;
  const side = (levels: readonly Level[]) => {
    const points: DepthPoint[] = [];
    let total = 0n;
    for (const [priceText, quantity] of levels) {
      const price = Number(priceText);
      if (Math.abs(price - mid) > reach) break;
      total += toUnits(quantity, quantityDecimals);
      points.push({ price, priceText, total });
    }
    return points;
  };
  return { bids: side(book.bids), asks: side(book.asks), mid };
}

/** Between the best prices; where one side is empty, the best price of the other. */
export function midOf({ bids, asks }: Sides): number | null {
  const best = [bids[0], asks[0]].filter((level) => level !== undefined);
  if (best.length === 0) return null;
  return best.reduce((sum, [price]) => sum + Number(price), 0) / best.length;
}

const USUAL_PART = 0.9;
const WIDEST_PART = 0.5;
const MOST_LEVELS = 1000;

/**
 * How far from the middle it is worth looking: as far as the nearest nine tenths of the quantity lie, on the side where
 * they lie farther, never more than half the price. Orders far off would press all others into one line.
 */
export function usualReach(book: Sides): number {
  const mid = midOf(book);
  if (mid === null) return 0;
  const reach = Math.max(reachOf(book.bids, mid), reachOf(book.asks, mid)) * 1.05;
  const spread = Number(book.asks[0]?.[0] ?? mid) - Number(book.bids[0]?.[0] ?? mid);
  return Math.max(Math.min(reach, mid * WIDEST_PART), spread, mid * 1e-6);
}

function reachOf(levels: readonly Level[], mid: number): number {
  const near = levels.slice(0, MOST_LEVELS);
  const whole = near.reduce((sum, [, quantity]) => sum + Number(quantity), 0);
  let sum = 0;
  for (const [price, quantity] of near) {
    sum += Number(quantity);
    if (sum >= whole * USUAL_PART) return Math.abs(Number(price) - mid);
  }
  return 0;
}

/** The point under a price: the last one that lies between it and the middle. */
export function pointAt(
  depth: Depth,
  price: number,
): { side: 'bid' | 'ask'; point: DepthPoint } | null {
  const side = price < depth.mid ? 'bid' : 'ask';
  const points = side === 'bid' ? depth.bids : depth.asks;
  const point =
    points.findLast((each) => (side === 'bid' ? each.price >= price : each.price <= price)) ??
    points[0];
  return point === undefined ? null : { side, point };
}

/** A round distance between marks on an axis, so that at most `most` fit on `length`. */
export function roundStep(length: number, most: number): number {
  const raw = length / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(raw));
  const factor = [1, 2, 5, 10].find((each) => each * power >= raw) ?? 10;
  return factor * power;
}
