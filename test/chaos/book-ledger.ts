import type { Random } from '../support/random';
import { Answers, type Failure } from './answers';
import { scaled } from './book-checker/decimals';
import type { SeenBook } from './book-checker/market-events-check';
import { type BookOrderBody, randomBookOrder } from './book-orders';

/** A book order as the api shows it. */
export interface BookOrder {
  id: number;
  user_id: number;
  item: string;
  status: string;
  reason: string | null;
  side: string;
  type: string;
  quantity: string | null;
  filled_quantity: string;
  client_order_id: string | null;
}

/** The newest that a client has been told of an order. */
interface Known {
  status: string;
  reason: string | null;
  filled: bigint;
}

/** One order that is asked for, however often, under one client_order_id. */
export interface BookAttempt {
  body: BookOrderBody & { client_order_id: string };
  /** `in doubt` until a request with the same id has got an answer; `refused`: nothing was stored. */
  outcome: 'acknowledged' | 'rejected' | Failure | null;
  /** Null until it was acknowledged. */
  id: number | null;
  known: Known | null;
  /** Whether it was told to be final, whatever way it ended. */
  final: boolean;
  cancels: { accepted: number; inDoubt: number };
  amends: { accepted: number; inDoubt: number };
  /** Whether a cancel of all orders was accepted, or may have been, after it was acknowledged. */
  cancelAll: 'accepted' | 'in doubt' | null;
}

const WORKING = ['OPEN', 'PARTIALLY_FILLED'];
/** So many orders long the same few users trade; then others come, and their lists stay short. */
const ORDERS_PER_CREW = 400;

/** Remembers what clients asked of the books and what they were told, and judges every answer by what was known. */
export class BookLedger extends Answers {
  readonly attempts: BookAttempt[] = [];
  /** Every public book that was shown. */
  readonly shown: SeenBook[] = [];
  /** Changes of markets by an operator. */
  readonly operated = { accepted: 0, inDoubt: 0 };
  /** Answers to a request that was sent again, the same and another one. */
  readonly again = { same: 0, refusedOther: 0 };

  next(random: Random): BookAttempt {
    const index = this.attempts.length;
    const order = randomBookOrder(random, Date.now());
    order.user_id += 10 * Math.floor(index / ORDERS_PER_CREW);
    const attempt: BookAttempt = {
      body: { ...order, client_order_id: `order-${index}` },
      outcome: null,
      id: null,
      known: null,
      final: false,
      cancels: { accepted: 0, inDoubt: 0 },
      amends: { accepted: 0, inDoubt: 0 },
      cancelAll: null,
    };
    this.attempts.push(attempt);
    return attempt;
  }

  /** @param status 201: stored now; 200: it had been. @param before what was known when the request was sent. */
  acknowledged(attempt: BookAttempt, status: number, order: BookOrder, before: Snapshot): void {
    if (attempt.id !== null && status === 201)
      this.fault(`${attempt.body.client_order_id} placed ${attempt.id}, and again ${order.id}`);
    if (status === 201 && (order.status !== 'OPEN' || order.filled_quantity !== '0'))
      this.fault(`a new order is ${JSON.stringify(order)}`);
    if (status === 200) {
      this.again.same += 1;
      if (attempt.outcome === null || attempt.outcome === 'refused')
        this.fault(`${attempt.body.client_order_id} was there before it was sent`);
    }
    attempt.outcome = 'acknowledged';
    attempt.id ??= order.id;
    this.saw(attempt, order, before);
  }

  /** No order was stored for sure, unless an earlier request of the same name has done so. */
  failed(attempt: BookAttempt, failure: Failure): void {
    if (attempt.outcome === 'acknowledged' || attempt.outcome === 'in doubt') return;
    attempt.outcome = failure;
  }

  /** The api has looked whether the order is there, and then found the request wrong. */
  rejected(attempt: BookAttempt): void {
    if (attempt.outcome === 'acknowledged')
      this.fault(`${attempt.body.client_order_id} is order ${attempt.id}, and was rejected`);
    else attempt.outcome = 'rejected';
  }

  /** Takes in an answer about an order. @param before what was known when the request was sent. */
  saw(attempt: BookAttempt, order: BookOrder, before: Snapshot): void {
    const { body } = attempt;
    const same =
      order.id === attempt.id &&
      order.user_id === body.user_id &&
      order.item === body.item &&
      order.side === body.side &&
      order.type === body.type &&
      order.client_order_id === body.client_order_id;
    if (!same) this.fault(`${JSON.stringify(body)}, order ${attempt.id}: ${JSON.stringify(order)}`);
    const now = knownOf(order);
    if (isOlder(now, before)) {
      const known = `${before.known?.status} ${before.known?.reason} ${before.known?.filled}`;
      this.fault(`order ${order.id}, known as ${known}, is shown as ${JSON.stringify(order)}`);
    }
    if (attempt.known === null || isOlder(attempt.known, { known: now, final: false }))
      attempt.known = now;
    if (!WORKING.includes(now.status)) attempt.final = true;
  }

  /** Takes in a public book. @param latest sequence of the item that was known when the request was sent. */
  sawBook(book: SeenBook, latest: number): void {
    this.shown.push(book);
    if (book.sequence < latest)
      this.fault(`the book of ${book.item} was at ${latest}, and is shown at ${book.sequence}`);
  }

  latestSequence(item: string): number {
    return this.shown.reduce(
      (latest, book) => (book.item === item ? Math.max(latest, book.sequence) : latest),
      0,
    );
  }

  /** What is known of it now: an answer to a request that is sent now can not be older. */
  snapshot({ known, final }: BookAttempt): Snapshot {
    return { known, final };
  }

  summary(): string {
    const count = (outcome: BookAttempt['outcome']): number =>
      this.attempts.filter((attempt) => attempt.outcome === outcome).length;
    const sum = (of: (attempt: BookAttempt) => number): number =>
      this.attempts.reduce((total, attempt) => total + of(attempt), 0);
    return (
      `book orders: ${count('acknowledged')} acknowledged, ${count('rejected')} rejected, ` +
      `${count('refused')} refused, ${count('in doubt')} in doubt; ` +
      `${sum(({ cancels }) => cancels.accepted)} cancels, ${sum(({ amends }) => amends.accepted)} amends; ` +
      `${this.operated.accepted} changes of markets, ${this.shown.length} books shown; ` +
      `sent again: ${JSON.stringify(this.again)}; slowest ${JSON.stringify(this.slowestMs)} ms`
    );
  }
}

export interface Snapshot {
  known: Known | null;
  final: boolean;
}

export function knownOf(order: {
  status: string;
  reason: string | null;
  filled_quantity: string;
}): Known {
  const { status, reason } = order;
  return { status, reason, filled: scaled(order.filled_quantity) };
}

/** Statuses only move forward, what is filled never shrinks, and what has ended stays as it ended. */
export function isOlder(now: Known, { known, final }: Snapshot): boolean {
  const working = WORKING.includes(now.status);
  if (final && working) return true;
  if (known === null) return false;
  if (now.filled < known.filled) return true;
  if (known.status === 'PARTIALLY_FILLED') return now.status === 'OPEN';
  if (known.status === 'OPEN') return false;
  return now.status !== known.status || now.reason !== known.reason || now.filled !== known.filled;
}
