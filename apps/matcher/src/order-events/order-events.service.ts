import { type DecodedOrderEvent, decodeOrderEvent, MARKET_EVENTS_TOPIC } from '@app/contracts';
import { Checkpoints, type EventBatch, Outbox } from '@app/messaging';
import { Log } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { FencedTransactions } from '../fills/fenced-transactions';
import type { FillPlan, PositionedEvent } from '../fills/fill-plan';
import { FillsService } from '../fills/fills.service';
import type { BookEvent, SessionResult } from '../trading/trading-session';
import { TradingRepository } from '../trading/trading.repository';
import { TradingService } from '../trading/trading.service';
import { type DeadLetter, DeadLetters } from './dead-letters';

interface DecodedBatch {
  /** Of plain orders. */
  plain: PositionedEvent[];
  /** Of book orders and markets. */
  book: BookEvent[];
  unreadable: DeadLetter[];
}

/** Carries out a batch of `order.events`: what it changes, and that it was handled, is one transaction. */
@Injectable()
export class OrderEventsService {
  constructor(
    private readonly transactions: FencedTransactions,
    private readonly checkpoints: Checkpoints,
    private readonly fills: FillsService,
    private readonly trading: TradingService,
    private readonly tradingStore: TradingRepository,
    private readonly deadLetters: DeadLetters,
    private readonly outbox: Outbox,
    private readonly log: Log,
  ) {}

  /**
   * Commits the effects of a batch together with its checkpoint.
   * @returns when the first of the newly scheduled fills is due, or null.
   * @throws FencedError and the store's errors; nothing was changed then, except after OutcomeUnknownError.
   */
  async applyBatch(batch: EventBatch): Promise<number | null> {
    const decoded = decodeBatch(batch);
    try {
      const traded =
        decoded.book.length === 0
          ? null
          : await this.trading.run(batch.claim, decoded.book, Date.now());
      const { plan, letters } = await this.commit(batch, decoded, traded);
      this.report(batch, plan, letters, traded);
      return this.fills.firstDueMs(plan);
    } catch (error) {
      this.trading.forget(batch.claim);
      throw error;
    }
  }

  private commit(
    batch: EventBatch,
    { plain, unreadable }: DecodedBatch,
    traded: SessionResult | null,
  ): Promise<{ plan: FillPlan; letters: DeadLetter[] }> {
    return this.transactions.run(async (tx, hold) => {
      await this.checkpoints.advance(tx, batch.claim, batch.nextOffset);
      const nowMs = Date.now();
      const plan = await this.fills.plan(tx, plain, nowMs);
      await hold([...this.fills.userIds(plan), ...(traded?.plan.userIds ?? [])]);
      await this.fills.write(tx, plan, nowMs);
      if (traded !== null) await this.tradingStore.write(tx, traded.plan, nowMs);
      const letters = [...unreadable, ...plan.deadLetters, ...(traded?.deadLetters ?? [])].sort(
        (a, b) => a.index - b.index,
      );
      await this.deadLetters.append(tx, batch, letters, nowMs);
      const updates = traded?.plan.updates ?? [];
      const events = updates.map((value) => ({ key: value.item, value }));
      await this.outbox.append(tx, MARKET_EVENTS_TOPIC, events, nowMs);
      return { plan, letters };
    });
  }

  private report(
    batch: EventBatch,
    plan: FillPlan,
    letters: readonly DeadLetter[],
    traded: SessionResult | null,
  ): void {
    this.deadLetters.report(batch, letters);
    this.fills.report(plan);
    if (traded === null || traded.plan.books.length === 0) return;
    this.log.info('books matched', {
      partition: batch.partition,
      orders: traded.plan.orders.length,
      trades: traded.plan.trades.length,
      markets: traded.plan.books.length,
    });
    for (const { orderId, reason } of traded.refused) {
      this.log.info('the market refused a change of an order', { order_id: orderId, reason });
    }
  }
}

function decodeBatch(batch: EventBatch): DecodedBatch {
  const decodedBatch: DecodedBatch = { plain: [], book: [], unreadable: [] };
  for (const [index, { value }] of batch.events.entries()) {
    const decoded = decodeOrderEvent(value);
    if (!decoded.ok) decodedBatch.unreadable.push({ index, reason: decoded.reason });
    else if ('orderId' in decoded.event && isPlain(decoded.event)) {
      decodedBatch.plain.push({ ...decoded.event, index });
    } else decodedBatch.book.push({ ...decoded.event, index });
  }
  return decodedBatch;
}

function isPlain({ isBook }: DecodedOrderEvent): boolean {
  return !isBook;
}
