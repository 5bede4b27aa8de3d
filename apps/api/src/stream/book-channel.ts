import {
  type EventLevel,
  formatMultiple,
  formatShortest,
  type MarketState,
  type MarketUpdate,
  type StreamLevel,
  type Units,
} from '@app/contracts';
import type { Log } from '@app/platform';
import type { BookLevel, StoredBook } from '../book/book-reader';
import { BookReplica } from '../book/book-replica';
import { bookChecksum, CHECKSUM_DEPTH } from './book-checksum';
import type { FanOut } from './fan-out';
import type { StoredPosition } from './item-channel';
import { StateChannel } from './state-channel';

/** Every so many deltas have a checksum. */
export const CHECKSUM_EVERY = 20;
/** Prices of a side: larger books are not streamed. */
export const MAX_LEVELS = 50_000;

/** A book with more prices than a snapshot may have. */
export class BookTooLargeError extends Error {
  constructor() {
    super(`the book has more than ${MAX_LEVELS} prices on one side`);
    this.name = 'BookTooLargeError';
  }
}

/** Reads a whole book with the units of its item. */
export type ReadBook = (item: string) => Promise<{ snapshot: StoredBook; units: Units }>;

/** `book:{item}`: sequences are the market's own. */
export class BookChannel extends StateChannel<EventLevel> {
  private replica: BookReplica | null = null;
  private units: Units | null = null;
  private state: MarketState = 'TRADING';
  private changed = new Map<string, EventLevel>();
  private hasChanged = false;
  private deltas = 0;

  constructor(
    name: string,
    item: string,
    private readonly read: ReadBook,
    fanOut: FanOut,
    log: Log,
  ) {
    super(name, item, fanOut, log);
  }

  protected get at(): number {
    return this.replica?.sequence ?? 0;
  }

  protected positionOf({ sequence }: StoredPosition): number {
    return sequence;
  }

  protected async load(): Promise<void> {
    const { snapshot, units } = await this.read(this.item);
    if (Math.max(snapshot.bids.length, snapshot.asks.length) > MAX_LEVELS) {
      throw new BookTooLargeError();
    }
    this.units = units;
    this.state = snapshot.state;
    this.replica = new BookReplica(units, snapshot);
    this.startAnew();
  }

  protected apply(update: MarketUpdate): boolean {
    const { replica } = this;
    if (replica === null) return false;
    if (update.seq <= replica.sequence) return true;
    if (!replica.apply(update)) return false;
    for (const level of update.levels) this.changed.set(`${level.side} ${level.price}`, level);
    this.state = update.state;
    this.hasChanged = true;
    return true;
  }

  protected takeChanges(): ReadonlyMap<string, EventLevel> | null {
    if (!this.hasChanged) return null;
    const { changed } = this;
    this.changed = new Map();
    this.hasChanged = false;
    return changed;
  }

  protected deltaPayload(entries: ReadonlyMap<string, EventLevel>): object {
    this.deltas += 1;
    const payload = this.levelsOf(entries);
    return this.deltas % CHECKSUM_EVERY === 0 ? { ...payload, checksum: this.checksum() } : payload;
  }

  protected override conflatedPayload(entries: ReadonlyMap<string, EventLevel>): object {
    return this.levelsOf(entries);
  }

  protected snapshotPayload(): object {
    const { bids, asks } = this.levels(Number.MAX_SAFE_INTEGER);
    return { state: this.state, bids, asks, checksum: bookChecksum(bids, asks) };
  }

  private levelsOf(entries: ReadonlyMap<string, EventLevel>): object {
    const bids: StreamLevel[] = [];
    const asks: StreamLevel[] = [];
    for (const { side, price, quantity, orders } of entries.values()) {
      (side === 'BUY' ? bids : asks).push([price, quantity, orders]);
    }
    return { state: this.state, bids, asks };
  }

  private checksum(): number {
    const { bids, asks } = this.levels(CHECKSUM_DEPTH);
    return bookChecksum(bids, asks);
  }

  private levels(depth: number): { bids: StreamLevel[]; asks: StreamLevel[] } {
    const { replica, units } = this;
    if (replica === null || units === null) throw new Error('a book is shown before it was read');
    const { bids, asks } = replica.snapshot(depth);
    const toText = ({ priceTicks, quantityLots, orders }: BookLevel): StreamLevel => [
      formatMultiple(priceTicks, units.tick),
      formatShortest(quantityLots, units.lot),
      orders,
    ];
    return { bids: bids.map(toText), asks: asks.map(toText) };
  }
}
