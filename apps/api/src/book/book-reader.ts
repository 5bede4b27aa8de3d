import type { MarketState } from '@app/contracts';

/** A price of one side: in ticks, what is shown there in lots, and in how many orders. */
export interface BookLevel {
  priceTicks: number;
  quantityLots: bigint;
  orders: number;
}

/** The best prices of both sides of a book at one moment, best first. */
export interface BookSnapshot {
  /** Sequence of the last effect of the market that it contains; 0 before the first. */
  sequence: number;
  bids: BookLevel[];
  asks: BookLevel[];
}

/** A book as the store has it, and what its market was doing at that moment. */
export interface StoredBook extends BookSnapshot {
  state: MarketState;
}

/** Knows what public books look like. */
export abstract class BookReader {
  /**
   * @param depth most prices of a side, from 1.
   * @throws StoreUnavailableError
   */
  abstract read(item: string, depth: number): Promise<BookSnapshot>;
}
