import { type Hold, UserOrdersFence } from '@app/caching';
import { decodeOrderEvent } from '@app/contracts';
import { Checkpoints, type EventBatch } from '@app/messaging';
import { OutcomeUnknownError, type Transaction, Transactions } from '@app/persistence';
import { type Config, CONFIG, Log } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { type DeadLetter, DeadLetters } from './dead-letters';
import { type FillPlan, planFills, type PositionedEvent, type StoredOrder } from './fill-plan';
import { type DueFill, FillsRepository } from './fills.repository';

const TRANSACTION_TIMEOUT_MS = 10_000;
const ORDERS_PER_LINE = 50;

interface FinishedOrder {
  order: StoredOrder;
  requestId: string | null;
}

/** Carries out what order events and due times ask for. Each call is one transaction. */
@Injectable()
export class FillsService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly transactions: Transactions,
    private readonly checkpoints: Checkpoints,
    private readonly fills: FillsRepository,
    private readonly deadLetters: DeadLetters,
    private readonly fence: UserOrdersFence,
    private readonly log: Log,
  ) {}

  /**
   * Commits the effects of a batch together with its checkpoint.
   * @returns when the first of the newly scheduled fills is due, or null.
   * @throws FencedError and the store's errors; nothing was changed then, except after OutcomeUnknownError.
   */
  async applyBatch(batch: EventBatch): Promise<number | null> {
    const { events, unreadable } = decodeBatch(batch);
    const { plan, letters } = await this.inTransaction(async (tx, hold) => {
      await this.checkpoints.advance(tx, batch.claim, batch.nextOffset);
      const orders = await this.fills.lockOrders(
        tx,
        events.map((event) => event.orderId),
      );
      const nowMs = Date.now();
      const plan = planFills(events, orders, nowMs, this.config.matcher.delayMs);
      await hold([...plan.fills, ...plan.cancels]);
      await this.fills.cancel(tx, idsOf(plan.cancels), nowMs);
      await this.fills.fill(tx, idsOf(plan.fills), nowMs);
      await this.fills.schedule(tx, plan.scheduled);
      const letters = [...unreadable, ...plan.deadLetters].sort((a, b) => a.index - b.index);
      await this.deadLetters.append(tx, batch, letters, nowMs);
      return { plan, letters };
    });
    this.deadLetters.report(batch, letters);
    this.report(plan);
    return plan.scheduled.length === 0
      ? null
      : Math.min(...plan.scheduled.map((fill) => fill.dueAtMs));
  }

  /**
   * Fills orders whose time has come, up to `limit` of them. Those that were cancelled meanwhile are only taken off.
   * @returns how many were taken off the schedule.
   */
  async fillDue(limit: number): Promise<number> {
    const { due, filled } = await this.inTransaction(async (tx, hold) => {
      const nowMs = Date.now();
      const due = await this.fills.lockDue(tx, nowMs, limit);
      const filled = openOrders(
        due,
        await this.fills.lockOrders(
          tx,
          due.map((fill) => fill.orderId),
        ),
      );
      await hold(filled);
      await this.fills.fill(tx, idsOf(filled), nowMs);
      await this.fills.unschedule(
        tx,
        due.map((fill) => fill.orderId),
      );
      return { due, filled };
    });
    this.logFinished('orders filled', filled);
    return due.length;
  }

  /** Runs a transaction whose users' cached lists are held from before its commit until after it. */
  private async inTransaction<T>(
    work: (
      tx: Transaction,
      hold: (finished: readonly FinishedOrder[]) => Promise<void>,
    ) => Promise<T>,
  ): Promise<T> {
    const holds: Hold[] = [];
    let outcomeKnown = true;
    const hold = async (finished: readonly FinishedOrder[]): Promise<void> => {
      if (finished.length === 0) return;
      holds.push(await this.fence.hold([...new Set(finished.map(({ order }) => order.userId))]));
    };
    try {
      return await this.transactions.run((tx) => work(tx, hold), TRANSACTION_TIMEOUT_MS);
    } catch (error) {
      outcomeKnown = !(error instanceof OutcomeUnknownError);
      throw error;
    } finally {
      for (const each of holds) {
        if (outcomeKnown) void this.fence.release(each);
        else this.fence.releaseLater(each);
      }
    }
  }

  private report(plan: FillPlan): void {
    this.logFinished('orders filled', plan.fills);
    this.logFinished('orders cancelled', plan.cancels);
  }

  /** Some orders a line: a line each would cost a quarter of the time of a fill. */
  private logFinished(message: string, finished: readonly FinishedOrder[]): void {
    if (!this.log.isEnabled('info')) return;
    for (let start = 0; start < finished.length; start += ORDERS_PER_LINE) {
      const orders = finished.slice(start, start + ORDERS_PER_LINE).map(({ order, requestId }) => ({
        order_id: order.id,
        user_id: order.userId,
        request_id: requestId,
      }));
      this.log.info(message, { orders });
    }
  }
}

function decodeBatch(batch: EventBatch): {
  events: PositionedEvent[];
  unreadable: DeadLetter[];
} {
  const events: PositionedEvent[] = [];
  const unreadable: DeadLetter[] = [];
  for (const [index, { value }] of batch.events.entries()) {
    const decoded = decodeOrderEvent(value);
    if (!decoded.ok) unreadable.push({ index, reason: decoded.reason });
    else if ('orderId' in decoded.event) events.push({ ...decoded.event, index });
  }
  return { events, unreadable };
}

function openOrders(
  due: readonly DueFill[],
  orders: ReadonlyMap<number, StoredOrder>,
): FinishedOrder[] {
  return due.flatMap(({ orderId, requestId }) => {
    const order = orders.get(orderId);
    return order?.status === 'OPEN' ? [{ order, requestId }] : [];
  });
}

function idsOf(finished: readonly FinishedOrder[]): number[] {
  return finished.map(({ order }) => order.id).sort((a, b) => a - b);
}
