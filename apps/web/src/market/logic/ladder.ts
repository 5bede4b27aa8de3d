import type { Level } from '@app/client';
import { fromUnits, percentOf, toUnits } from './decimal';

export interface LadderRow {
  /** The price of the group, with the decimals of the tick: what goes into a ticket. */
  readonly price: string;
  readonly quantity: string;
  /** All that rests from the best price to this one. */
  readonly total: string;
  /** How much of the widest total: how long the bar is. */
  readonly share: number;
}

export interface Ladder {
  /** Best first, as the bids. */
  readonly asks: readonly LadderRow[];
  readonly bids: readonly LadderRow[];
  readonly spread: string | null;
  readonly spreadPercent: string | null;
}

export interface LadderOptions {
  priceDecimals: number;
  quantityDecimals: number;
  /** How many units of the last decimal a row covers: tick × grouping. */
  step: bigint;
  /** Most rows of a side. */
  rows: number;
}

interface Sides {
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
}

/** What the book looks like in rows of `step`: bids are rounded down, asks up, so no group claims a better price than it has. */
export function ladderOf(book: Sides, options: LadderOptions): Ladder {
  const bids = groups(book.bids, 'bid', options);
  const asks = groups(book.asks, 'ask', options);
  const widest = max(bids.at(-1)?.total ?? 0n, asks.at(-1)?.total ?? 0n);
  const row = ({ price, quantity, total }: Group): LadderRow => ({
    price: fromUnits(price, options.priceDecimals),
    quantity: fromUnits(quantity, options.quantityDecimals),
    total: fromUnits(total, options.quantityDecimals),
    share: widest === 0n ? 0 : Number((total * 1000n) / widest) / 1000,
  });
  return { bids: bids.map(row), asks: asks.map(row), ...spreadOf(book, options.priceDecimals) };
}

/** The group that a price of a side belongs to. */
export function groupPrice(price: bigint, side: 'bid' | 'ask', step: bigint): bigint {
  const below = price - (price % step);
  return side === 'bid' || below === price ? below : below + step;
}

const FACTORS = [1n, 10n, 100n, 1000n, 10_000n, 100_000n];
/** A group is never wider than this part of the price. */
const WIDEST_PART = 10n;

/** Groupings that make sense at such a price: as text, finest first. */
export function groupingsAt(price: string | null, tick: string, decimals: number): string[] {
  const tickUnits = toUnits(tick, decimals);
  const limit = price === null ? 0n : toUnits(price, decimals) / WIDEST_PART;
  return FACTORS.filter((factor) => factor === 1n || factor * tickUnits <= limit).map((factor) =>
    fromUnits(factor * tickUnits, decimals),
  );
}

interface Group {
  readonly price: bigint;
  quantity: bigint;
  total: bigint;
}

function groups(levels: readonly Level[], side: 'bid' | 'ask', options: LadderOptions): Group[] {
  const found: Group[] = [];
  let last: Group | undefined;
  for (const [text, quantityText] of levels) {
    const price = groupPrice(toUnits(text, options.priceDecimals), side, options.step);
    const quantity = toUnits(quantityText, options.quantityDecimals);
    if (last?.price === price) {
      last.quantity += quantity;
      last.total += quantity;
      continue;
    }
    if (found.length === options.rows) break;
    last = { price, quantity, total: (last?.total ?? 0n) + quantity };
    found.push(last);
  }
  return found;
}

function spreadOf(
  { bids, asks }: Sides,
  decimals: number,
): Pick<Ladder, 'spread' | 'spreadPercent'> {
  const bid = bids[0];
  const ask = asks[0];
  if (bid === undefined || ask === undefined) return { spread: null, spreadPercent: null };
  const [low, high] = [toUnits(bid[0], decimals), toUnits(ask[0], decimals)];
  const spread = fromUnits(high - low, decimals);
  // Twice the spread of twice the middle, which may lie between two ticks.
  const spreadPercent = percentOf(
    fromUnits((high - low) * 2n, decimals),
    fromUnits(high + low, decimals),
    3,
  );
  return { spread, spreadPercent };
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
