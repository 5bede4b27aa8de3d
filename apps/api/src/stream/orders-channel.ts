import { isWorking } from '@app/contracts';
import { describeError, type Log } from '@app/platform';
import { setTimeout as delay } from 'node:timers/promises';
import { toOrderDto } from '../orders/order-view';
import type { OrdersRepository } from '../orders/orders.repository';
import type { StoredOrder } from '../orders/stored-order';
import { Channel, type Subscriber } from './channel';
import type { Frame } from './frame';
import type { OrderState, OrdersWatch } from './orders-watch';

/** Sequences are microseconds since the epoch, or as many more as there were messages. */
const PER_MS = 1000;
/**
 * How much longer ago than a sequence says an order may have been changed without having been told: a transaction sets
 * the time at its beginning, is seen at its commit, and clocks differ.
 */
export const RESUME_MARGIN_MS = 120_000;
/** An order is committed within so long after it got its id. */
const ID_MARGIN_MS = 30_000;
/**
 * How far ahead of this clock a sequence may be. All that follow the channel go on from it, so it has to stay within
 * the margin: who resumes from it later must still be told of what happens now.
 */
const FUTURE_MS = RESUME_MARGIN_MS / 2;
const ORDERS_A_MESSAGE = 500;
const ORDERS_A_READ = 1000;
/** Live orders of a user that can be followed. */
const MAX_WORKING = 100_000;
const REMEMBERED_FINAL = 5000;
const AGAIN_MS = 500;
const PATIENCE_MS = 2000;

export class TooManyOrdersError extends Error {
  constructor() {
    super(`the user has more than ${MAX_WORKING} orders that can still change`);
    this.name = 'TooManyOrdersError';
  }
}

/**
 * `orders:{user_id}`: whole orders, as their rows are when they are read. One read follows the other, so the state of
 * an order never goes back.
 */
export class OrdersChannel extends Channel {
  /** What was told of orders that can still change. */
  private readonly working = new Map<number, OrderState & { isPlain: boolean }>();
  /** The same of those that ended last. */
  private readonly final = new Map<number, OrderState>();
  /** Orders behind `floor` that are known. */
  private seen = new Set<number>();
  /** Every order up to it is known. */
  private floor = 0;
  private newest = 0;
  private nextFloor = { id: 0, atMs: 0 };
  private readonly hinted = new Set<number>();
  private seq = 0;
  /** All that was committed before was told, but for `RESUME_MARGIN_MS`. */
  private coveredMs = 0;
  private loaded = false;
  private running = false;

  constructor(
    name: string,
    readonly userId: number,
    private readonly orders: OrdersRepository,
    private readonly watch: OrdersWatch,
    private readonly log: Log,
  ) {
    super(name);
  }

  join(subscriber: Subscriber): void {
    this.joining.add(subscriber);
    this.go();
  }

  /** Nothing was left out. */
  resume(): void {}

  /** Something has happened to an order. */
  hint(id: number): void {
    this.hinted.add(id);
    this.go();
  }

  /** Ids behind which orders are new: all, or those that were not there a moment ago. */
  behind(all: boolean): number | null {
    if (!this.loaded) return null;
    return all ? this.floor : this.newest;
  }

  /** Orders to look at: those that no event tells of, or all that can still change. */
  *watched(all: boolean): Iterable<number> {
    for (const [id, { isPlain }] of this.working) if (all || isPlain) yield id;
  }

  /** An order of the user was found in the store. */
  found(id: number): void {
    if (id <= this.floor || this.seen.has(id)) return;
    this.seen.add(id);
    this.newest = Math.max(this.newest, id);
    this.hint(id);
  }

  /** The state of an order that is watched. */
  looked(state: OrderState): void {
    const told = this.working.get(state.id);
    if (told !== undefined && !isSame(told, state)) this.hint(state.id);
  }

  /** All that was committed before a time has been looked at. */
  covered(sinceMs: number): void {
    if (!this.loaded) return;
    this.coveredMs = sinceMs;
    if (this.nextFloor.atMs + ID_MARGIN_MS > sinceMs) return;
    this.floor = Math.max(this.floor, this.nextFloor.id);
    this.seen = new Set([...this.seen].filter((id) => id > this.floor));
    this.nextFloor = { id: this.newest, atMs: sinceMs };
  }

  private go(): void {
    if (!this.running) void this.run();
  }

  private async run(): Promise<void> {
    this.running = true;
    while (!this.closed && (this.joining.size > 0 || (this.loaded && this.hinted.size > 0))) {
      try {
        const [subscriber] = this.joining;
        if (!this.loaded) await this.load();
        else if (subscriber !== undefined) await this.welcome(subscriber);
        else await this.tell();
      } catch (error) {
        const fields = { channel: this.name, ...describeError(error), stack: undefined };
        this.log.warn('orders could not be read', fields);
        this.failAll(this.joining, error);
        await delay(AGAIN_MS);
      }
    }
    this.running = false;
  }

  private async load(): Promise<void> {
    const nowMs = Date.now();
    this.floor = await this.watch.newestBefore(this.userId, nowMs - ID_MARGIN_MS);
    const newer = await this.watch.idsBehind(new Map([[this.userId, this.floor]]));
    this.seen = new Set(newer.map(({ id }) => id));
    this.newest = Math.max(this.floor, ...newer.map(({ id }) => id).slice(-1));
    this.nextFloor = { id: this.newest, atMs: nowMs };
    for await (const page of this.workingPages(ORDERS_A_READ)) {
      for (const order of page) this.remember(order);
      if (this.working.size > MAX_WORKING) {
        this.working.clear();
        throw new TooManyOrdersError();
      }
    }
    this.coveredMs = nowMs;
    this.seq = nowMs * PER_MS;
    this.loaded = true;
  }

  private async welcome(subscriber: Subscriber): Promise<void> {
    const { seq } = subscriber;
    if (seq === null || seq > (Date.now() + FUTURE_MS) * PER_MS) {
      await this.sendSnapshot(subscriber);
    } else {
      await this.sendMissed(subscriber, seq);
    }
    // It may have left meanwhile.
    if (!this.joining.delete(subscriber)) return;
    subscriber.seq = this.seq;
    this.live.add(subscriber);
  }

  private async sendSnapshot(subscriber: Subscriber): Promise<void> {
    const { client } = subscriber;
    let waiting: StoredOrder[] | null = null;
    let frames = 0;
    const send = (orders: StoredOrder[], more: boolean) => {
      const payload = this.payload(orders, more);
      client.send(
        frames === 0 ? this.snapshot(this.seq, payload) : this.delta(this.seq, this.seq, payload),
      );
      frames += 1;
    };
    for await (const page of this.workingPages(ORDERS_A_MESSAGE)) {
      if (!this.joining.has(subscriber)) return;
      if (waiting !== null) send(waiting, true);
      waiting = page;
      await patience(client.caughtUp());
    }
    if (this.joining.has(subscriber)) send(waiting ?? [], false);
  }

  /** Each order that was changed since then, as it is now. */
  private async sendMissed(subscriber: Subscriber, seq: number): Promise<void> {
    const { client } = subscriber;
    if (seq > this.seq) this.advance(seq);
    const sinceMs = Math.floor(seq / PER_MS) - RESUME_MARGIN_MS;
    let cursor = 0;
    for (;;) {
      const page = await this.orders.findRecent(this.userId, sinceMs, cursor, ORDERS_A_MESSAGE);
      if (!this.joining.has(subscriber)) return;
      const more = page.length === ORDERS_A_MESSAGE;
      client.send(this.delta(seq, more ? seq : this.seq, this.payload(page, more)));
      if (!more) return;
      cursor = page.at(-1)?.id ?? cursor;
      await patience(client.caughtUp());
    }
  }

  /** Another process has given a client a later sequence: all go on from there. */
  private advance(seq: number): void {
    const frame = this.delta(this.seq, seq, this.payload([], false));
    this.seq = seq;
    this.sendToAll(frame);
  }

  /** Reads what has changed and sends it to all. */
  private async tell(): Promise<void> {
    const ids = [...this.hinted].slice(0, ORDERS_A_READ);
    // Before the read: what is told of an order while it is read makes it be read once more.
    for (const id of ids) this.hinted.delete(id);
    const rows = await this.read(ids);
    const changed = rows.filter((order) => order.userId === this.userId && this.remember(order));
    for (let start = 0; start < changed.length; start += ORDERS_A_MESSAGE) {
      const prevSeq = this.seq;
      this.seq = Math.max(prevSeq + 1, this.coveredMs * PER_MS);
      const part = changed.slice(start, start + ORDERS_A_MESSAGE);
      this.sendToAll(this.delta(prevSeq, this.seq, this.payload(part, false)));
    }
  }

  private async read(ids: readonly number[]): Promise<StoredOrder[]> {
    try {
      return await this.orders.findByIds(ids);
    } catch (error) {
      for (const id of ids) this.hinted.add(id);
      throw error;
    }
  }

  private sendToAll(frame: Frame): void {
    for (const subscriber of this.live) {
      subscriber.client.send(frame);
      subscriber.seq = this.seq;
    }
  }

  private payload(orders: readonly StoredOrder[], more: boolean): object {
    const payload = { user_id: this.userId, orders: orders.map(toOrderDto) };
    return more ? { ...payload, more } : payload;
  }

  private async *workingPages(size: number): AsyncIterable<StoredOrder[]> {
    let cursor = 0;
    for (;;) {
      const page = await this.orders.findWorking(this.userId, null, cursor, size);
      if (page.length > 0) yield page;
      if (page.length < size) return;
      cursor = page.at(-1)?.id ?? cursor;
    }
  }

  /** @returns whether it is not what was told. */
  private remember(order: StoredOrder): boolean {
    const { id, status, filledLots, updatedAtMs } = order;
    const state = { id, status, filledLots, updatedAtMs };
    const told = this.working.get(id) ?? this.final.get(id);
    if (id > this.floor) this.seen.add(id);
    if (isWorking(status)) {
      this.working.set(id, { ...state, isPlain: order.book === null });
    } else {
      this.working.delete(id);
      this.final.set(id, state);
      const oldest = this.final.size > REMEMBERED_FINAL ? this.final.keys().next().value : null;
      if (typeof oldest === 'number') this.final.delete(oldest);
    }
    return told === undefined || !isSame(told, state);
  }
}

function isSame(a: OrderState, b: OrderState): boolean {
  return a.status === b.status && a.filledLots === b.filledLots && a.updatedAtMs === b.updatedAtMs;
}

/** One client that does not read must not hold up the others for long. */
function patience(wait: Promise<void>): Promise<void> {
  return Promise.race([wait, delay(PATIENCE_MS, undefined, { ref: false })]);
}
