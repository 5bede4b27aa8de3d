import { Side } from '@app/matching';
import { Random } from '../support/random';
import type { Weights } from './profiles';
import type { ReferenceBook } from './reference-book';
import { other, type ReferenceOrder } from './reference-order';

/** Slices that an iceberg may have, so that one command never trades a million of them. */
export const MOST_SLICES = 100;

const MOST = Number.MAX_SAFE_INTEGER;

/** The choices of a command stream. Ranges may be wider than 2^32, so that large numbers have all their digits. */
export class Choices extends Random {
  override between(low: number, high: number): number {
    const range = high - low + 1;
    if (range <= 2 ** 30) return super.between(low, high);
    const wide = Math.floor(this.next() * 2 ** 32) * 2 ** 21 + Math.floor(this.next() * 2 ** 21);
    return low + (wide % range);
  }

  weighted<Name extends string>(weights: Weights<Name>): Name {
    const names = Object.keys(weights) as Name[];
    let sum = 0;
    for (const name of names) sum += weights[name] ?? 0;
    let at = this.next() * sum;
    for (const name of names) {
      at -= weights[name] ?? 0;
      if (at < 0) return name;
    }
    return names[names.length - 1]!;
  }

  /** A number or a neighbour of it, within 1 … 2^53 − 1: edges are where the errors are. */
  near(value: number): number {
    return clamp(value + this.pick([-1, 0, 0, 1]));
  }

  order(orders: readonly ReferenceOrder[]): ReferenceOrder | undefined {
    return orders.length === 0 ? undefined : this.pick(orders);
  }
}

/** The nearest number that may be given at all. */
export function clamp(value: number): number {
  return Math.min(Math.max(value, 1), MOST);
}

/** Lots that the best `levels` opposite prices hold, hidden quantity too. */
export function lotsOfLevels(book: ReferenceBook, side: Side, levels: number): number {
  const makers = book.side(other(side));
  let lots = 0;
  let met = 0;
  let price = 0;
  for (const maker of makers) {
    if (maker.priceTicks !== price) {
      price = maker.priceTicks;
      if (++met > levels) break;
    }
    lots += maker.remainingLots;
  }
  return clamp(lots);
}

/** What the first `orders` opposite orders cost in full. */
export function costOfOrders(book: ReferenceBook, side: Side, orders: number): number {
  let cost = 0;
  for (const maker of book.side(other(side)).slice(0, orders)) {
    cost += maker.priceTicks * maker.remainingLots;
  }
  return clamp(cost);
}
