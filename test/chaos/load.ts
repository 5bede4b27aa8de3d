import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, type Order, postOrder, send } from '../support/processes';
import type { Random } from '../support/random';
import type { Method } from './answers';
import { type Attempt, Ledger } from './ledger';

export interface LoadOptions {
  baseUrl: string;
  random: Random;
  workers?: number;
  /** Cancels are sent up to this long after their order, so that some come before the fill and some after. */
  cancelWithinMs: number;
}

const WORKERS = 16;
const CANCEL_SHARE = 0.2;
const LOOK_SHARE = 0.1;
const RECENT = 50;
/** Longest break of a worker between two requests. */
const BREAK_MS = 15;
const BREAK_AFTER_REFUSAL_MS = 50;
const TIMEOUT_MS = 15_000;

/** Clients that place orders, cancel some of them and look at some, until they are stopped. */
export class Load {
  readonly ledger = new Ledger();
  private readonly recent: Attempt[] = [];
  private readonly cancels = new Set<Promise<void>>();
  private running = false;
  private workers: Promise<void>[] = [];

  constructor(private readonly options: LoadOptions) {}

  /** Starts, or goes on. */
  start(): this {
    this.running = true;
    const count = this.options.workers ?? WORKERS;
    this.workers = Array.from({ length: count }, () => this.work());
    return this;
  }

  /** Sends nothing more, and returns when every request has its outcome. */
  async stop(): Promise<Ledger> {
    this.running = false;
    await Promise.all(this.workers);
    await Promise.all(this.cancels);
    return this.ledger;
  }

  /** Ends without waiting for anything. */
  abandon(): void {
    this.running = false;
  }

  private async work(): Promise<void> {
    const { random } = this.options;
    while (this.running) {
      const attempt = await this.place();
      if (attempt.outcome === 'acknowledged') {
        this.recent.push(attempt);
        if (this.recent.length > RECENT) this.recent.shift();
        if (random.chance(CANCEL_SHARE)) this.cancelSoon(attempt);
        if (random.chance(LOOK_SHARE)) await this.look(attempt, attempt.order!);
        if (random.chance(LOOK_SHARE)) await this.lookTwice(random.pick(this.recent));
        await delay(random.between(1, BREAK_MS));
      } else {
        await delay(BREAK_AFTER_REFUSAL_MS);
      }
    }
  }

  private async place(): Promise<Attempt> {
    const { ledger } = this;
    const attempt = ledger.next();
    const { userId, item, amount } = attempt;
    try {
      const order = { user_id: userId, item, amount };
      ledger.placed(attempt, await this.timed('POST', () => this.post(order)));
    } catch (error) {
      attempt.outcome = ledger.lost('POST', error);
    }
    return attempt;
  }

  private post(order: { user_id: number; item: string; amount: string }): Promise<Answer> {
    return postOrder(this.options.baseUrl, order, TIMEOUT_MS);
  }

  private cancelSoon(attempt: Attempt): void {
    const wait = this.options.random.between(0, this.options.cancelWithinMs);
    const cancel = delay(wait).then(() => this.cancel(attempt));
    this.cancels.add(cancel);
    void cancel.finally(() => this.cancels.delete(cancel));
  }

  private async cancel(attempt: Attempt): Promise<void> {
    const path = `/orders/${attempt.order!.id}`;
    try {
      this.ledger.cancelled(
        attempt,
        await this.timed('DELETE', () => this.request('DELETE', path)),
      );
    } catch (error) {
      attempt.cancel = this.ledger.lost('DELETE', error);
    }
  }

  /** Whoever was told of a final order is shown no older state of it, whatever was cached. */
  private async lookTwice(attempt: Attempt): Promise<void> {
    const order = await this.read(`/orders/${attempt.order!.id}`);
    if (order !== null) await this.look(attempt, order as Order);
  }

  /** The user's list holds the order, in a state that is no older than the one that is known. */
  private async look(attempt: Attempt, known: Order): Promise<void> {
    const orders = await this.read(`/orders/user/${attempt.userId}`);
    if (orders === null) return;
    const listed = (orders as Order[]).find((order) => order.id === known.id);
    if (listed === undefined || (known.status !== 'OPEN' && listed.status !== known.status)) {
      const shown = listed === undefined ? 'is not in' : `is ${listed.status} in`;
      this.ledger.fault(`order ${known.id}, known as ${known.status}, ${shown} its user's list`);
    }
  }

  /** @returns null when there was no answer, or a 503. */
  private async read(path: string): Promise<unknown> {
    let answer: Answer;
    try {
      answer = await this.timed('GET', () => this.request('GET', path));
    } catch (error) {
      this.ledger.lost(`GET ${path}`, error);
      return null;
    }
    if (answer.status === 200) return answer.json;
    if (answer.status !== 503) this.ledger.fault(`GET ${path}: ${answer.status} ${answer.text}`);
    return null;
  }

  private request(method: string, path: string): Promise<Answer> {
    return send(this.options.baseUrl, method, path, { timeoutMs: TIMEOUT_MS });
  }

  private async timed(method: Method, work: () => Promise<Answer>): Promise<Answer> {
    const startedMs = Date.now();
    try {
      return await work();
    } finally {
      this.ledger.took(method, Date.now() - startedMs);
    }
  }
}
