import {
  type EventLevel,
  type MarketUpdate,
  parseMultiple,
  type Unit,
  type Units,
} from '@app/contracts';
import type { BookLevel, BookSnapshot } from './book-reader';

/** Levels of one side by price, and their prices in order, best first. */
class Side {
  private readonly levels = new Map<number, BookLevel>();
  private readonly prices: number[] = [];

  /** @param direction 1 where the lowest price is the best, −1 where the highest is. */
  constructor(
    private readonly direction: 1 | -1,
    levels: readonly BookLevel[],
  ) {
    for (const level of levels) this.set(level);
  }

  get size(): number {
    return this.levels.size;
  }

  set(level: BookLevel): void {
    const { priceTicks } = level;
    const isNew = !this.levels.has(priceTicks);
    if (level.orders === 0) {
      if (!isNew) this.prices.splice(this.placeOf(priceTicks), 1);
      this.levels.delete(priceTicks);
      return;
    }
    if (isNew) this.prices.splice(this.placeOf(priceTicks), 0, priceTicks);
    this.levels.set(priceTicks, level);
  }

  best(depth: number): BookLevel[] {
    return this.prices.slice(0, depth).map((priceTicks) => this.levels.get(priceTicks)!);
  }

  /** Where the price is in the list, or belongs. */
  private placeOf(priceTicks: number): number {
    let low = 0;
    let high = this.prices.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.prices[middle]! - priceTicks) * this.direction < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** A copy of a public book that updates take from one sequence to the next. */
export class BookReplica {
  private readonly bids: Side;
  private readonly asks: Side;
  private at: number;

  constructor(
    private readonly units: Units,
    snapshot: BookSnapshot,
  ) {
    this.at = snapshot.sequence;
    this.bids = new Side(-1, snapshot.bids);
    this.asks = new Side(1, snapshot.asks);
  }

  /** Sequence of the last effect of the market that it contains. */
  get sequence(): number {
    return this.at;
  }

  get levels(): number {
    return this.bids.size + this.asks.size;
  }

  /** @returns false when updates in between are missing: the replica is of no use then. */
  apply(update: MarketUpdate): boolean {
    if (update.seq <= this.at) return true;
    if (update.prev_seq !== this.at) return false;
    if (update.levels.some(({ price }) => !isShownIn(price, this.units.tick))) return false;
    for (const level of update.levels) {
      (level.side === 'BUY' ? this.bids : this.asks).set(this.toLevel(level));
    }
    this.at = update.seq;
    return true;
  }

  snapshot(depth: number): BookSnapshot {
    return { sequence: this.at, bids: this.bids.best(depth), asks: this.asks.best(depth) };
  }

  private toLevel({ price, quantity, orders }: EventLevel): BookLevel {
    return {
      priceTicks: countOf(price, this.units.tick),
      quantityLots: BigInt(countOf(quantity, this.units.lot)),
      orders,
    };
  }
}

/** Whether the text has just the decimals of the unit: otherwise the market's unit is another one by now. */
export function isShownIn(text: string, { scale }: Unit): boolean {
  const point = text.indexOf('.');
  return (point === -1 ? 0 : text.length - point - 1) === scale;
}

function countOf(text: string, unit: Unit): number {
  const parsed = parseMultiple(text, unit);
  if (!parsed.ok) throw new Error(`${text} is no multiple of the market's unit`);
  return parsed.count;
}
