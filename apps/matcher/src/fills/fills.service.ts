import type { Transaction } from '@app/persistence';
import { type Config, CONFIG, Log } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { FencedTransactions } from './fenced-transactions';
import { type FillPlan, planFills, type PositionedEvent, type StoredOrder } from './fill-plan';
import { type DueFill, FillsRepository } from './fills.repository';

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
    private readonly transactions: FencedTransactions,
    private readonly fills: FillsRepository,
    private readonly log: Log,
  ) {}

  /** Decides what events of plain orders change. Their rows stay locked until the transaction ends. */
  async plan(
    tx: Transaction,
    events: readonly PositionedEvent[],
    nowMs: number,
  ): Promise<FillPlan> {
    const ids = events.map((event) => event.orderId);
    const orders = await this.fills.lockOrders(tx, ids);
    return planFills(events, orders, nowMs, this.config.matcher.delayMs);
  }

  async write(tx: Transaction, plan: FillPlan, nowMs: number): Promise<void> {
    await this.fills.cancel(tx, idsOf(plan.cancels), nowMs);
    await this.fills.fill(tx, idsOf(plan.fills), nowMs);
    await this.fills.schedule(tx, plan.scheduled);
  }

  /** @returns the users whose orders the plan changes. */
  userIds(plan: FillPlan): number[] {
    return [...plan.fills, ...plan.cancels].map(({ order }) => order.userId);
  }

  /** @returns when the first of the newly scheduled fills is due, or null. */
  firstDueMs(plan: FillPlan): number | null {
    return plan.scheduled.length === 0
      ? null
      : Math.min(...plan.scheduled.map((fill) => fill.dueAtMs));
  }

  /** Call after the commit. */
  report(plan: FillPlan): void {
    this.logFinished('orders filled', plan.fills);
    this.logFinished('orders cancelled', plan.cancels);
  }

  /**
   * Fills orders whose time has come, up to `limit` of them. Those that were cancelled meanwhile are only taken off.
   * @returns how many were taken off the schedule.
   */
  async fillDue(limit: number): Promise<number> {
    const { due, filled } = await this.transactions.run(async (tx, hold) => {
      const nowMs = Date.now();
      const due = await this.fills.lockDue(tx, nowMs, limit);
      const filled = openOrders(
        due,
        await this.fills.lockOrders(
          tx,
          due.map((fill) => fill.orderId),
        ),
      );
      await hold(filled.map(({ order }) => order.userId));
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
