/** What every book must have done with a flow, and what must rest in it at the end. */
export interface Totals {
  trades: number;
  tradedQuantity: number;
  bidQuantity: number;
  bids: number;
  askQuantity: number;
  asks: number;
  tradesHash: number;
  bookHash: number;
}

/** FNV-1a's step, a whole 32-bit number at a time. */
export function mix(hash: number, value: number): number {
  return Math.imul(hash ^ value, 0x01000193);
}

export const HASH_START = 0x811c9dc5 | 0;

export type VisitOrders = (
  symbol: number,
  side: number,
  visit: (id: number, price: number, quantity: number) => void,
) => void;

export type Resting = Pick<Totals, 'bidQuantity' | 'bids' | 'askQuantity' | 'asks' | 'bookHash'>;

/** Symbols ascending, bids before asks, best first, in time order within a level. */
export function restingTotals(symbols: number, orders: VisitOrders): Resting {
  const quantities = [0, 0];
  const counts = [0, 0];
  let hash = HASH_START;
  for (let symbol = 0; symbol < symbols; symbol += 1) {
    for (let side = 0; side < 2; side += 1) {
      orders(symbol, side, (id, price, quantity) => {
        quantities[side]! += quantity;
        counts[side]! += 1;
        hash = mix(mix(mix(hash, id), price), quantity);
      });
    }
  }
  const [bidQuantity = 0, askQuantity = 0] = quantities;
  const [bids = 0, asks = 0] = counts;
  return { bidQuantity, bids, askQuantity, asks, bookHash: hash >>> 0 };
}

/** @returns what differs, a line each. */
export function differences<T extends object>(expected: T, found: Partial<T>): string[] {
  return (Object.keys(found) as (keyof T & string)[])
    .filter((key) => found[key] !== expected[key])
    .map((key) => `${key} ${String(found[key])} instead of ${String(expected[key])}`);
}
