import type { MarketUpdate } from '@app/contracts';
import { describeError, type Log } from '@app/platform';
import { setTimeout as delay } from 'node:timers/promises';
import { Channel, type Subscriber } from './channel';
import type { FanOut, Sender } from './fan-out';

const LOAD_AGAIN_MS = 500;
/** Updates that come while the store is read; should there be more, it is read once more. */
const MAX_EARLY = 10_000;

/** Where an item stands in the store. */
export interface StoredPosition {
  sequence: number;
  tradeId: number;
}

/** A channel that follows the updates of one market from what the store had when it was read. */
export abstract class ItemChannel extends Channel implements Sender {
  /** Null while updates are carried out; those that come while the store is read, otherwise. */
  private early: MarketUpdate[] | null = [];
  private loading = false;
  private watched: { at: number; expected: number } | null = null;

  constructor(
    name: string,
    readonly item: string,
    protected readonly fanOut: FanOut,
    private readonly log: Log,
  ) {
    super(name);
  }

  join(subscriber: Subscriber): void {
    this.joining.add(subscriber);
    if (this.isLoaded) this.fanOut.mark(this);
    else void this.reload();
  }

  abstract round(): Iterable<number>;

  /** Takes an update that came. What came before, or is in what was read, changes nothing. */
  take(update: MarketUpdate): void {
    if (this.early !== null) {
      if (this.early.length < MAX_EARLY) this.early.push(update);
      return;
    }
    if (this.follows(update)) this.fanOut.mark(this);
    else void this.reload();
  }

  /**
   * Compares it with the store. An update that has not come between two looks is lost: then the store is read.
   * What is lost is noticed within two looks, even if nothing happens in the market any more.
   */
  look(stored: StoredPosition): void {
    const expected = this.positionOf(stored);
    const last = this.watched;
    this.watched = this.isLoaded && this.at < expected ? { at: this.at, expected } : null;
    if (last !== null && this.isLoaded && this.at < last.expected) {
      this.log.info('a channel is read anew', { channel: this.name, at: this.at, expected });
      void this.reload();
    }
  }

  protected get isLoaded(): boolean {
    return this.early === null;
  }

  /** The sequence of the last change that it contains. */
  protected abstract get at(): number;

  /** Which of a market's sequences is this channel's. */
  protected abstract positionOf(stored: StoredPosition): number;

  /** Brings the channel to what the store has. */
  protected abstract load(): Promise<void>;

  /** @returns false when something in between is missing. */
  protected abstract apply(update: MarketUpdate): boolean;

  /** An update that does not fit what was read, as after a change of the market's units, is like one that is missing. */
  private follows(update: MarketUpdate): boolean {
    try {
      return this.apply(update);
    } catch (error) {
      this.log.warn('an update does not fit its channel', {
        channel: this.name,
        ...describeError(error),
        stack: undefined,
      });
      return false;
    }
  }

  private async reload(): Promise<void> {
    if (this.loading) return;
    this.loading = true;
    try {
      while (!this.closed && !(await this.loadOnce())) {
        if (!this.isEmpty) await delay(LOAD_AGAIN_MS);
        if (this.isEmpty) break;
      }
    } finally {
      this.loading = false;
    }
    if (this.isLoaded) this.fanOut.mark(this);
  }

  /** Those who wait for their first answer are told of a failure; those who had theirs get one as soon as there is one. */
  private async loadOnce(): Promise<boolean> {
    const early: MarketUpdate[] = [];
    this.early = early;
    try {
      await this.load();
    } catch (error) {
      this.log.warn('a channel could not be read', {
        channel: this.name,
        ...describeError(error),
        stack: undefined,
      });
      this.failAll(this.joining, error);
      return false;
    }
    if (early.length === MAX_EARLY) return false;
    this.early = null;
    if (early.every((update) => this.follows(update))) return true;
    // What is missing lies between the read and these: the store has it by now.
    this.early = [];
    return false;
  }
}
