import { type DecodedOrderEvent, decodeOrderEvent } from '@app/contracts';
import type { EventBatch } from '@app/messaging';
import { Log } from '@app/platform';
import { Injectable } from '@nestjs/common';
import type { PositionedEvent } from '../fills/fill-plan';
import { FillsService } from '../fills/fills.service';
import type { BookEvent, SessionResult } from '../trading/trading-session';
import { TradingService } from '../trading/trading.service';
import { BatchCommits } from './batch-commits';
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
    private readonly trading: TradingService,
    private readonly commits: BatchCommits,
    private readonly fills: FillsService,
    private readonly deadLetters: DeadLetters,
    private readonly log: Log,
  ) {}

  /**
   * Commits the effects of a batch together with its checkpoint.
   * @returns when the first of the newly scheduled fills is due, or null.
   * @throws FencedError and the store's errors; nothing was changed then, except after OutcomeUnknownError.
   */
  async applyBatch(batch: EventBatch): Promise<number | null> {
    const { plain, book, unreadable } = decodeBatch(batch);
    let traded: SessionResult | null = null;
    try {
      const { fills, letters } = await this.commits.carryOut(async () => {
        if (book.length > 0) traded = await this.trading.run(batch.claim, book, Date.now());
        return { batch, plain, unreadable, traded };
      });
      this.deadLetters.report(batch, letters);
      this.fills.report(fills);
      this.report(batch, traded);
      return this.fills.firstDueMs(fills);
    } catch (error) {
      this.trading.forget(batch.claim);
      throw error;
    }
  }

  private report({ partition }: EventBatch, traded: SessionResult | null): void {
    if (traded === null) return;
    const { plan, refused } = traded;
    if (plan.books.length > 0) {
      this.log.info('books matched', {
        partition,
        orders: plan.orders.length,
        trades: plan.trades.length,
        markets: plan.books.length,
      });
    }
    for (const { orderId, reason } of refused) {
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
