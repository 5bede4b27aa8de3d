import type { EffectLog } from './effect-log';
import { OrderExtras } from './order-extras';
import { OrderIndex } from './order-index';
import { OrderPool } from './order-pool';
import { PriceLadders } from './price-ladders';
import { UsedIds } from './used-ids';

/** Sides that a market has a number for: `market * SIDES + side`. */
export const SIDES = 2;
/** A market's ladders: `market * LADDERS + one of these`. */
export const LADDER_BITS = 2;
export const LADDERS = 1 << LADDER_BITS;
export const RESTING = 0;
export const BUY_STOPS = 1;
export const SELL_STOPS = 2;
export const EXPIRIES = 3;

/** The market that a ladder belongs to. */
export function marketOfLadder(ladder: number): number {
  return ladder >> LADDER_BITS;
}

/** What all books of an engine share, so that an order or a level costs the same memory in any of them. */
export class BookStore {
  readonly orders: OrderPool;
  readonly index: OrderIndex;
  readonly extras = new OrderExtras();
  readonly ladders: PriceLadders;
  usedIds = new UsedIds();
  /** By market and side: the best level, 0 if the side is empty. */
  bests = new Int32Array(16 * SIDES);
  /** By market and side: lots of all live orders, hidden ones and waiting stops too. */
  openLots = new Float64Array(16 * SIDES);

  constructor(
    expectedOrders: number,
    expectedLevels: number,
    readonly effects: EffectLog,
  ) {
    this.orders = new OrderPool(expectedOrders);
    this.index = new OrderIndex(this.orders);
    this.ladders = new PriceLadders(expectedLevels);
  }

  /** Makes markets 0 … count − 1 usable. */
  openMarkets(count: number): void {
    this.ladders.openLadders(count * LADDERS);
    if (count * SIDES <= this.bests.length) return;
    const markets = Math.ceil(count * 1.25);
    const { bests, openLots } = this;
    this.bests = new Int32Array(markets * SIDES);
    this.bests.set(bests);
    this.openLots = new Float64Array(markets * SIDES);
    this.openLots.set(openLots);
  }

  /** Makes room for more orders. @throws RangeError if the memory can not be had; nothing has changed then. */
  growOrders(): void {
    this.orders.grow();
    this.index.grow();
  }

  /** The markets where an owner has live orders, ascending. Cost: O(slots). */
  marketsOf(ownerId: number): number[] {
    const { orders, ladders } = this;
    const markets = new Set<number>();
    for (let slot = 1; slot <= orders.highestSlot; slot += 1) {
      const level = orders.level(slot);
      if (level !== 0 && orders.ownerId(slot) === ownerId) {
        markets.add(marketOfLadder(ladders.ladder(level)));
      }
    }
    return [...markets].sort((a, b) => a - b);
  }

  /** Bytes of the arrays that hold orders and levels, in use or not. */
  get bytes(): number {
    const { orders, index, extras, ladders, usedIds, bests, openLots } = this;
    const ofMarkets = bests.byteLength + openLots.byteLength;
    return orders.bytes + index.bytes + extras.bytes + ladders.bytes + usedIds.bytes + ofMarkets;
  }
}
