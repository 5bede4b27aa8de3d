import { Backoff } from '@app/messaging';
import { describeError, Log } from '@app/platform';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { CancelAllService } from '../orders/bulk/cancel-all.service';

/** So long it is tried, should the store be away. */
const PATIENCE_MS = 60_000;
/** Thousands of connections may end at once: the store and the requests of others must not be buried under that. */
const AT_ONCE = 16;

/** Cancels the orders of users whose connection has ended, as `DELETE /orders?user_id=` does. */
@Injectable()
export class CancelOnDisconnect implements BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  /** Until when each user is tried, those that wait longest first. A user is there once, whoever asked for it. */
  private readonly waiting = new Map<number, number>();
  private readonly pending = new Map<number, Promise<void>>();

  constructor(
    private readonly cancels: CancelAllService,
    private readonly log: Log,
  ) {}

  disconnected(userIds: readonly number[]): void {
    const untilMs = Date.now() + PATIENCE_MS;
    for (const userId of userIds) this.waiting.set(userId, untilMs);
    this.go();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    while (this.pending.size > 0) await Promise.all(this.pending.values());
  }

  private go(): void {
    for (const [userId, untilMs] of this.waiting) {
      if (this.pending.size >= AT_ONCE) return;
      // One that is under way may have read the orders before the connection ended: another one follows it.
      if (this.pending.has(userId)) continue;
      this.waiting.delete(userId);
      const cancelling = this.cancel(userId, untilMs).finally(() => {
        this.pending.delete(userId);
        this.go();
      });
      this.pending.set(userId, cancelling);
    }
  }

  /** Never rejects. */
  private async cancel(userId: number, untilMs: number): Promise<void> {
    const requestId = randomUUID();
    const backoff = new Backoff();
    for (;;) {
      try {
        const { requested } = await this.cancels.cancelAll(userId, null, requestId);
        const fields = { request_id: requestId, user_id: userId, orders: requested };
        this.log.info('orders cancelled on disconnect', fields);
        return;
      } catch (error) {
        const fields = { request_id: requestId, user_id: userId, ...describeError(error) };
        if (this.stopping.signal.aborted || Date.now() >= untilMs) {
          this.log.error('orders were not cancelled on disconnect', fields);
          return;
        }
        this.log.warn('orders are cancelled again', { ...fields, stack: undefined });
        await backoff.wait(this.stopping.signal);
      }
    }
  }
}
