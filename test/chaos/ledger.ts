import { type Answer, type Order } from '../support/processes';
import { Answers, type Failure } from './answers';

/**
 * What a client knows of its request: `acknowledged` by 201; `refused`, which promises that nothing was stored; or
 * `in doubt`, because the answer was lost or said so.
 */
export type Outcome = 'acknowledged' | Failure;

/** One `POST /orders`. Its amount is like that of no other, so a row can be traced back to it. */
export interface Attempt {
  userId: number;
  item: string;
  amount: string;
  outcome: Outcome | null;
  /** The order of the 201. */
  order: Order | null;
  /** What came of a `DELETE`; null when none was sent. */
  cancel: 'accepted' | 'final' | Failure | null;
}

const ITEMS = Array.from({ length: 25 }, (_, index) => `ITEM-${index}`);
const USERS = 40;

/** Remembers every request that was sent, and every answer that should never have come. */
export class Ledger extends Answers {
  readonly attempts: Attempt[] = [];

  next(): Attempt {
    const index = this.attempts.length;
    const attempt: Attempt = {
      userId: 1 + (index % USERS),
      item: ITEMS[index % ITEMS.length]!,
      amount: ((index + 1) / 100).toFixed(2),
      outcome: null,
      order: null,
      cancel: null,
    };
    this.attempts.push(attempt);
    return attempt;
  }

  placed(attempt: Attempt, answer: Answer): void {
    if (answer.status === 201) {
      attempt.outcome = 'acknowledged';
      attempt.order = answer.json as Order;
      this.checkAcknowledgement(attempt, attempt.order);
    } else {
      attempt.outcome = this.refusal('POST', answer);
    }
  }

  cancelled(attempt: Attempt, answer: Answer): void {
    if (answer.status === 202) attempt.cancel = 'accepted';
    else if (answer.status === 409) attempt.cancel = 'final';
    else attempt.cancel = this.refusal('DELETE', answer);
  }

  count(outcome: Outcome): number {
    return this.attempts.filter((attempt) => attempt.outcome === outcome).length;
  }

  countCancels(cancel: Attempt['cancel']): number {
    return this.attempts.filter((attempt) => attempt.cancel === cancel).length;
  }

  summary(): string {
    const orders = (['acknowledged', 'refused', 'in doubt'] as const)
      .map((outcome) => `${this.count(outcome)} ${outcome}`)
      .join(', ');
    const cancels = (['accepted', 'final', 'refused', 'in doubt'] as const)
      .map((cancel) => `${this.countCancels(cancel)} ${cancel}`)
      .join(', ');
    return `orders: ${orders}; cancels: ${cancels}; slowest ${JSON.stringify(this.slowestMs)} ms`;
  }

  private checkAcknowledgement(attempt: Attempt, order: Order): void {
    const right =
      Number.isSafeInteger(order.id) &&
      order.user_id === attempt.userId &&
      order.item === attempt.item &&
      order.amount === attempt.amount &&
      order.status === 'OPEN';
    if (!right) this.fault(`201 for ${JSON.stringify(attempt)}`);
  }
}
