import { Backoff } from '@app/messaging';
import { describeError, Log } from '@app/platform';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { CancelAllService } from '../orders/bulk/cancel-all.service';

/** So long it is tried, should the store be away. */
const PATIENCE_MS = 60_000;

/** Cancels the orders of users whose connection has ended, as `DELETE /orders?user_id=` does. */
@Injectable()
export class CancelOnDisconnect implements BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private readonly pending = new Set<Promise<void>>();

  constructor(
    private readonly cancels: CancelAllService,
    private readonly log: Log,
  ) {}

  disconnected(userIds: readonly number[]): void {
    for (const userId of userIds) {
      const cancelling = this.cancel(userId).finally(() => this.pending.delete(cancelling));
      this.pending.add(cancelling);
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.pending);
  }

  /** Never rejects. */
  private async cancel(userId: number): Promise<void> {
    const requestId = randomUUID();
    const untilMs = Date.now() + PATIENCE_MS;
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
