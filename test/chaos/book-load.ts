import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, send } from '../support/processes';
import type { Random } from '../support/random';
import type { Failure, Method } from './answers';
import { type BookAttempt, BookLedger, type BookOrder, type Snapshot } from './book-ledger';
import type { SeenBook } from './book-checker/market-events-check';
import { OPERATED_ITEM, randomMarket, randomPrice, randomQuantity } from './book-orders';

export interface BookLoadOptions {
  baseUrl: string;
  random: Random;
  workers?: number;
}

const WORKERS = 8;
const RECENT = 100;
const LARGEST_BATCH = 8;
/** Longest break of a worker between two requests. */
const BREAK_MS = 40;
const BREAK_AFTER_FAILURE_MS = 50;
const TIMEOUT_MS = 15_000;
const TRIES = 200;
/** Why the api may refuse to have an order changed. */
const REFUSALS = ['NOT_AMENDABLE', 'MARKET_HALTED'];
const WHOLE_BOOK = 1000;

/** What a worker does next, and how often: the shares add up to 1. */
const ACTIONS = [
  ['place', 0.48],
  ['batch', 0.08],
  ['cancel', 0.12],
  ['amend', 0.1],
  ['look', 0.08],
  ['list', 0.03],
  ['again', 0.05],
  ['cancelAll', 0.02],
  ['book', 0.03],
  ['operate', 0.01],
] as const;

type Action = (typeof ACTIONS)[number][0];

/**
 * Clients that trade: they place every kind of order, change and cancel some, look at them, and send a request again,
 * under the same client_order_id, whenever they can not know what has become of it.
 */
export class BookLoad {
  readonly ledger = new BookLedger();
  private readonly recent: BookAttempt[] = [];
  private running = false;
  private workers: Promise<void>[] = [];

  constructor(private readonly options: BookLoadOptions) {}

  /** Starts, or goes on. */
  start(): this {
    const count = this.options.workers ?? WORKERS;
    this.running = true;
    this.workers = Array.from({ length: count }, () => this.work());
    return this;
  }

  /** Sends nothing new. Returns when every request has its answer: what is in doubt is sent again until it has one. */
  async stop(): Promise<BookLedger> {
    this.running = false;
    await Promise.all(this.workers);
    this.workers = [];
    const open = this.ledger.attempts.filter(({ outcome }) => outcome === 'in doubt');
    for (const attempt of open) await this.placeUntilAnswered(attempt);
    return this.ledger;
  }

  /** Ends without waiting for anything. */
  abandon(): void {
    this.running = false;
  }

  private async work(): Promise<void> {
    while (this.running) {
      const done = await this.act(this.nextAction());
      await delay(done ? this.options.random.between(1, BREAK_MS) : BREAK_AFTER_FAILURE_MS);
    }
  }

  private nextAction(): Action {
    let left = this.options.random.next();
    for (const [action, share] of ACTIONS) {
      left -= share;
      if (left < 0) return action;
    }
    return 'place';
  }

  /** @returns whether there was an answer. */
  private act(action: Action): Promise<boolean> {
    const attempt = this.recent.length > 0 ? this.pickRecent() : undefined;
    if (attempt === undefined) return this.placeAndRetry();
    switch (action) {
      case 'place':
        return this.placeAndRetry();
      case 'batch':
        return this.batch();
      case 'cancel':
        return this.change(attempt, 'DELETE', attempt.cancels);
      case 'amend':
        return this.amend(attempt);
      case 'look':
        return this.look(attempt);
      case 'list':
        return this.list(attempt);
      case 'again':
        return this.options.random.chance(0.7) ? this.place(attempt) : this.placeAnother(attempt);
      case 'cancelAll':
        return this.cancelAll(attempt);
      case 'book':
        return this.book(attempt.body.item);
      case 'operate':
        return this.operate();
    }
  }

  /** Mostly one that may still change. */
  private pickRecent(): BookAttempt {
    const { random } = this.options;
    const open = this.recent.filter(({ final }) => !final);
    return random.pick(open.length > 0 && random.chance(0.8) ? open : this.recent);
  }

  /** Sends it again and again while nobody answers, as a client does that wants its order placed. */
  private async placeAndRetry(): Promise<boolean> {
    const attempt = this.ledger.next(this.options.random);
    for (let tries = 0; tries < TRIES; tries += 1) {
      if (await this.place(attempt)) return true;
      if (!this.running) break;
      await delay(BREAK_AFTER_FAILURE_MS);
    }
    return false;
  }

  private async placeUntilAnswered(attempt: BookAttempt): Promise<void> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      if (await this.place(attempt)) return;
      await delay(BREAK_AFTER_FAILURE_MS);
    }
    throw new Error(`no answer for ${attempt.body.client_order_id}`);
  }

  private async place(attempt: BookAttempt): Promise<boolean> {
    const before = this.ledger.snapshot(attempt);
    const answer = await this.request('POST', '/orders', attempt.body);
    if (typeof answer === 'string') {
      this.ledger.failed(attempt, answer);
      return false;
    }
    return this.placed(attempt, answer, before);
  }

  private placed(attempt: BookAttempt, answer: Answer, before: Snapshot): boolean {
    const { ledger } = this;
    const { status, json } = answer;
    if (status === 200 || status === 201) {
      ledger.acknowledged(attempt, status, json as BookOrder, before);
      this.recent.push(attempt);
      if (this.recent.length > RECENT) this.recent.shift();
    } else if (status === 400 && isOverdue(attempt, json)) {
      ledger.rejected(attempt);
    } else {
      ledger.failed(attempt, ledger.refusal('POST', answer));
      return false;
    }
    return true;
  }

  /** The same name for another order: nothing is placed. */
  private async placeAnother(attempt: BookAttempt): Promise<boolean> {
    const side = attempt.body.side === 'BUY' ? 'SELL' : 'BUY';
    const answer = await this.request('POST', '/orders', { ...attempt.body, side });
    if (typeof answer === 'string') return false;
    const { code } = (answer.json ?? {}) as { code?: string };
    if (answer.status === 409 && code === 'DUPLICATE_REQUEST') this.ledger.again.refusedOther += 1;
    else if (!isOverdue(attempt, answer.json)) this.ledger.refusal('POST of another order', answer);
    return true;
  }

  private async batch(): Promise<boolean> {
    const { ledger } = this;
    const { random } = this.options;
    const attempts = Array.from({ length: random.between(2, LARGEST_BATCH) }, () =>
      ledger.next(random),
    );
    // Some of them are there already.
    if (random.chance(0.3)) attempts.push(random.pick(this.recent));
    const before = attempts.map((attempt) => ledger.snapshot(attempt));
    const orders = attempts.map(({ body }) => body);
    const atomic = random.chance(0.3);
    const answer = await this.request('POST', '/orders/batch', { orders, atomic });
    if (typeof answer === 'string') {
      for (const attempt of attempts) ledger.failed(attempt, answer);
      return false;
    }
    if (answer.status === 200) {
      const { results } = answer.json as { results: BatchResult[] };
      for (const [index, { status, order, problem }] of results.entries()) {
        this.placed(
          attempts[index]!,
          { ...answer, status, json: order ?? problem },
          before[index]!,
        );
      }
      return true;
    }
    // An order whose time has passed spoils an atomic batch.
    const refused = answer.status === 409 && atomic;
    const failure = refused ? 'refused' : ledger.refusal('POST batch', answer);
    for (const attempt of attempts) ledger.failed(attempt, failure);
    return refused;
  }

  private amend(attempt: BookAttempt): Promise<boolean> {
    const { random } = this.options;
    const { type, amount } = attempt.body;
    const hasPrice = type === 'LIMIT' || type === 'STOP_LIMIT';
    if (amount !== undefined) return this.look(attempt);
    const quantity = random.chance(0.7) || !hasPrice ? { quantity: randomQuantity(random) } : {};
    const price =
      hasPrice && random.chance(0.6) ? { price: randomPrice(random, attempt.body.side) } : {};
    const amend = { ...quantity, ...price };
    if (Object.keys(amend).length === 0) return this.look(attempt);
    return this.change(attempt, 'PATCH', attempt.amends, amend);
  }

  private async change(
    attempt: BookAttempt,
    method: 'DELETE' | 'PATCH',
    count: { accepted: number; inDoubt: number },
    body?: object,
  ): Promise<boolean> {
    const { ledger } = this;
    const before = ledger.snapshot(attempt);
    const answer = await this.request(method, `/orders/${attempt.id}`, body);
    if (answer === 'in doubt') count.inDoubt += 1;
    if (typeof answer === 'string') return false;
    const { code } = (answer.json ?? {}) as { code?: string };
    if (answer.status === 202) {
      count.accepted += 1;
      ledger.saw(attempt, answer.json as BookOrder, before);
    } else if (answer.status === 409 && code === 'ORDER_FINAL') {
      attempt.final = true;
    } else if (answer.status !== 409 || !REFUSALS.includes(code ?? '')) {
      if (ledger.refusal(method, answer) === 'in doubt') count.inDoubt += 1;
      return false;
    }
    return true;
  }

  /** Every order that was acknowledged before this is sent is meant. */
  private async cancelAll({ body: { user_id: userId, item } }: BookAttempt): Promise<boolean> {
    const { ledger } = this;
    const meant = ledger.attempts.filter(
      ({ body, outcome }) =>
        outcome === 'acknowledged' && body.user_id === userId && body.item === item,
    );
    const mark = (cancelAll: 'accepted' | 'in doubt'): void => {
      for (const attempt of ledger.attempts) {
        if (attempt.body.user_id !== userId || attempt.body.item !== item) continue;
        if (attempt.cancelAll !== 'accepted')
          attempt.cancelAll = meant.includes(attempt) ? cancelAll : 'in doubt';
      }
    };
    const path = `/orders?user_id=${userId}&item=${encodeURIComponent(item)}`;
    const answer = await this.request('DELETE', path);
    if (answer === 'refused') return false;
    const accepted = answer !== 'in doubt' && answer.status === 202;
    const all = accepted && (answer.json as { halted?: number }).halted === undefined;
    if (answer === 'in doubt' || accepted) mark(all ? 'accepted' : 'in doubt');
    // Some pages may have been written before it failed.
    else if (ledger.refusal('DELETE all', answer)) mark('in doubt');
    return accepted;
  }

  private async look(attempt: BookAttempt): Promise<boolean> {
    const before = this.ledger.snapshot(attempt);
    const answer = await this.request('GET', `/orders/${attempt.id}`);
    if (typeof answer === 'string') return false;
    if (answer.status === 200) this.ledger.saw(attempt, answer.json as BookOrder, before);
    else this.ledger.refusal('GET', answer);
    return answer.status === 200;
  }

  /** All that is known of a user's orders is in the list, none of it older. */
  private async list({ body: { user_id: userId } }: BookAttempt): Promise<boolean> {
    const { ledger } = this;
    const known = ledger.attempts
      .filter(({ body, id }) => id !== null && body.user_id === userId)
      .map((attempt) => ({ attempt, before: ledger.snapshot(attempt) }));
    const answer = await this.request('GET', `/orders/user/${userId}`);
    if (typeof answer === 'string') return false;
    if (answer.status !== 200) {
      ledger.refusal('GET list', answer);
      return false;
    }
    const listed = new Map((answer.json as BookOrder[]).map((order) => [order.id, order]));
    for (const { attempt, before } of known) {
      const order = listed.get(attempt.id!);
      if (order === undefined) ledger.fault(`order ${attempt.id} is not in its user's list`);
      else ledger.saw(attempt, order, before);
    }
    return true;
  }

  /** Looks at a public book, and remembers what was shown. @returns whether there was an answer. */
  async book(item: string): Promise<boolean> {
    const { ledger } = this;
    const latest = ledger.latestSequence(item);
    const path = `/markets/${encodeURIComponent(item)}/book?depth=${WHOLE_BOOK}`;
    const answer = await this.request('GET', path);
    if (typeof answer === 'string') return false;
    if (answer.status === 200) ledger.sawBook(answer.json as SeenBook, latest);
    else ledger.refusal('GET book', answer);
    return answer.status === 200;
  }

  private async operate(): Promise<boolean> {
    const { ledger } = this;
    const market = randomMarket(this.options.random);
    const answer = await this.request('PUT', `/markets/${OPERATED_ITEM}`, market);
    if (typeof answer !== 'string' && answer.status === 200) {
      ledger.operated.accepted += 1;
      return true;
    }
    const failure = typeof answer === 'string' ? answer : ledger.refusal('PUT', answer);
    if (failure === 'in doubt') ledger.operated.inDoubt += 1;
    return false;
  }

  /** @returns the answer; or what the client knows without one. */
  private async request(method: Method, path: string, body?: unknown): Promise<Answer | Failure> {
    const startedMs = Date.now();
    try {
      return await send(this.options.baseUrl, method, path, {
        timeoutMs: TIMEOUT_MS,
        ...(body === undefined ? {} : { body }),
      });
    } catch (error) {
      return this.ledger.lost(`${method} ${path}`, error);
    } finally {
      this.ledger.took(method, Date.now() - startedMs);
    }
  }
}

interface BatchResult {
  status: number;
  order?: BookOrder;
  problem?: unknown;
}

/** A request that comes so late that the order would have ended is wrong: that alone may be. */
function isOverdue({ body }: BookAttempt, problem: unknown): boolean {
  const { code, errors } = (problem ?? {}) as { code?: string; errors?: { pointer: string }[] };
  return (
    body.expires_at !== undefined &&
    Date.parse(body.expires_at) <= Date.now() &&
    code === 'VALIDATION_FAILED' &&
    errors?.[0]?.pointer.endsWith('/expires_at') === true
  );
}
