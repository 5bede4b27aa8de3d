import { compare } from '../decimal';
import { isLive, type Order } from '../schemas';
import { filledOf, newerOf } from './newer-order';

/** An order, and when this page first saw it and saw it end. */
export interface Tracked {
  readonly order: Order;
  readonly seenMs: number;
  /** Whether it was seen from its placing on, so that `seenMs` is when it was placed. */
  readonly fromStart: boolean;
  /** When this page saw it end; null while it lives, and of one that had ended when it was first told of. */
  readonly endedMs: number | null;
}

export interface OrdersView {
  /** Whether the stream has told what lives. */
  readonly synced: boolean;
  /** Orders that live, newest first. */
  readonly live: readonly Tracked[];
  /** Orders that were told of and have ended, newest first. */
  readonly ended: readonly Tracked[];
  /** Grows with every fill that is told: own trades and positions have changed. */
  readonly fills: number;
  /** Grows with every new beginning of the stream: what ended in between was not told. */
  readonly resets: number;
  /** How many that have ended are no longer in {@link ended}: only the history has them. */
  readonly dropped: number;
}

export const NO_ORDERS: OrdersView = {
  synced: false,
  live: [],
  ended: [],
  fills: 0,
  resets: 0,
  dropped: 0,
};

const MAX_ENDED = 500;

/** What is known of a user's orders, from the stream and from answers of REST. */
export class OrderLog {
  private readonly tracked = new Map<number, Tracked>();
  private begun = false;
  private synced = false;
  private fills = 0;
  private resets = 0;
  private dropped = 0;
  private shown: OrdersView | null = null;

  /**
   * Takes a message of the stream.
   * @returns ids of orders that lived and are not told of by a new beginning: somebody has to ask what became of them.
   */
  receive(orders: readonly Order[], reset: boolean, nowMs: number): number[] {
    this.shown = null;
    for (const order of orders) this.take(order, nowMs, !reset);
    if (!reset) return [];
    if (this.begun) this.resets += 1;
    this.begun = true;
    this.synced = true;
    return this.missing(orders);
  }

  /** Takes an answer of REST. */
  learn(order: Order, nowMs: number): void {
    this.shown = null;
    this.take(order, nowMs, true);
  }

  /** Nobody listens for the time being: what is known grows old. */
  pause(): void {
    this.shown = null;
    this.synced = false;
  }

  /** Nobody knows what became of it. */
  forget(id: number): void {
    this.shown = null;
    this.tracked.delete(id);
  }

  get(id: number): Order | undefined {
    return this.tracked.get(id)?.order;
  }

  /** The same object until something changes. */
  view(): OrdersView {
    if (this.shown !== null) return this.shown;
    const all = [...this.tracked.values()].sort((a, b) => b.order.id - a.order.id);
    const ended = all.filter(({ order }) => !isLive(order));
    for (const { order } of ended.splice(MAX_ENDED)) {
      this.tracked.delete(order.id);
      this.dropped += 1;
    }
    this.shown = {
      synced: this.synced,
      live: all.filter(({ order }) => isLive(order)),
      ended,
      fills: this.fills,
      resets: this.resets,
      dropped: this.dropped,
    };
    return this.shown;
  }

  private take(incoming: Order, nowMs: number, fromStart: boolean): void {
    const known = this.tracked.get(incoming.id);
    if (known === undefined) {
      this.tracked.set(incoming.id, { order: incoming, seenMs: nowMs, fromStart, endedMs: null });
      if (fromStart && (filledOf(incoming).digits > 0n || incoming.status === 'FILLED')) {
        this.fills += 1;
      }
      return;
    }
    const order = newerOf(known.order, incoming);
    if (compare(filledOf(order), filledOf(known.order)) > 0) this.fills += 1;
    const endedMs = isLive(known.order) && !isLive(order) ? nowMs : known.endedMs;
    this.tracked.set(incoming.id, { ...known, order, endedMs });
  }

  private missing(told: readonly Order[]): number[] {
    const ids = new Set(told.map(({ id }) => id));
    return [...this.tracked.values()]
      .filter(({ order }) => isLive(order) && !ids.has(order.id))
      .map(({ order }) => order.id);
  }
}
