import { MARKET_EVENTS_TOPIC, type MarketUpdate } from '@app/contracts';
import { TopicFeed } from '@app/messaging';
import { Transactions } from '@app/persistence';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import { MarketUnits } from '../markets/market-units';
import { BookReader, type BookSnapshot } from './book-reader';
import { BookReplica } from './book-replica';
import { StoreBookReader } from './store-book-reader';

const MAX_REPLICAS = 1000;
/** Books with more prices are read from the store each time. */
const MAX_LEVELS = 20_000;
/** How long a reader waits for updates that are on their way. */
const CATCH_UP_MS = 100;
const LOOK_EVERY_MS = 2;

interface Replicated {
  /** Null while the book is being read from the store. */
  replica: BookReplica | null;
  /** Updates that came meanwhile. */
  early: MarketUpdate[];
}

/**
 * Keeps copies of the books that are asked for, up to date by `market.events`. Whoever was told of a change sees a
 * book that contains it: a replica that stands behind the store waits for its updates, or is read anew.
 */
@Injectable()
export class ReplicatedBookReader extends BookReader implements OnApplicationBootstrap {
  /** The one that was read last comes last. */
  private readonly books = new Map<string, Replicated>();

  constructor(
    private readonly store: StoreBookReader,
    private readonly transactions: Transactions,
    private readonly units: MarketUnits,
    private readonly feed: TopicFeed,
  ) {
    super();
  }

  onApplicationBootstrap(): void {
    this.feed.follow(MARKET_EVENTS_TOPIC, (values) => this.take(values));
  }

  async read(item: string, depth: number): Promise<BookSnapshot> {
    const sequence = await this.storedSequence(item);
    if (sequence === 0) return { sequence, bids: [], asks: [] };
    const replica = await this.upToDate(item, sequence);
    if (replica === null) return this.load(item, depth);
    const entry = this.books.get(item);
    if (entry?.replica === replica) this.keep(item, entry);
    return replica.snapshot(depth);
  }

  private async storedSequence(item: string): Promise<number> {
    const rows = await this.transactions.read((manager) =>
      manager.query<{ sequence: string | number }[]>('SELECT sequence FROM books WHERE item = ?', [
        item,
      ]),
    );
    return Number(rows[0]?.sequence ?? 0);
  }

  /** @returns null where there is no replica, or none that gets as far in time. */
  private async upToDate(item: string, sequence: number): Promise<BookReplica | null> {
    const untilMs = Date.now() + CATCH_UP_MS;
    for (;;) {
      const replica = this.books.get(item)?.replica ?? null;
      if (replica === null || replica.sequence >= sequence) return replica;
      if (Date.now() >= untilMs) return null;
      await delay(LOOK_EVERY_MS);
    }
  }

  /** Reads the whole book, and follows it from there. */
  private async load(item: string, depth: number): Promise<BookSnapshot> {
    const entry: Replicated = { replica: null, early: [] };
    this.keep(item, entry);
    try {
      const snapshot = await this.store.read(item, MAX_LEVELS);
      const units = (await this.units.read([item])).get(item)!;
      const replica = new BookReplica(units, snapshot);
      const follows = entry.early.every((update) => replica.apply(update));
      entry.early = [];
      // An empty one is cheap to read, and its market may have had no order yet: its units can still change.
      const isEmpty = snapshot.bids.length + snapshot.asks.length === 0;
      if (follows && !isEmpty && replica.levels < MAX_LEVELS) entry.replica = replica;
      else this.forget(item, entry);
      return replica.snapshot(depth);
    } catch (error) {
      this.forget(item, entry);
      throw error;
    }
  }

  private take(values: readonly string[]): void {
    if (this.books.size === 0) return;
    for (const value of values) {
      const update = JSON.parse(value) as MarketUpdate;
      const entry = this.books.get(update.item);
      if (entry === undefined) continue;
      if (entry.replica === null) entry.early.push(update);
      else if (!entry.replica.apply(update)) this.forget(update.item, entry);
    }
  }

  private keep(item: string, entry: Replicated): void {
    this.books.delete(item);
    this.books.set(item, entry);
    const oldest = this.books.size > MAX_REPLICAS ? this.books.keys().next().value : undefined;
    if (oldest !== undefined) this.books.delete(oldest);
  }

  private forget(item: string, entry: Replicated): void {
    if (this.books.get(item) === entry) this.books.delete(item);
  }
}
