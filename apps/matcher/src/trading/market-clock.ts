import { ORDER_EVENTS_TOPIC } from '@app/contracts';
import { Backoff, type NewEvent, Outbox } from '@app/messaging';
import { createProcessLock, type ProcessLock, Transactions } from '@app/persistence';
import { type Config, CONFIG, describeError, Log } from '@app/platform';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { TradingRepository } from './trading.repository';

const LOOK_EVERY_MS = 100;
const LOCK_WAIT_MS = 1000;
const MARKETS_AT_ONCE = 1000;
/** A market that was told is told again after so long, should its orders still be there. */
const TELL_AGAIN_MS = 5000;
const WRITE_TIMEOUT_MS = 5000;

/**
 * Time never enters the engine by itself: when orders have reached their end, an event in `order.events` says so, in
 * order with all other commands. One process does this at a time; that a market is told twice does no harm.
 */
@Injectable()
export class MarketClock implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private readonly lock: ProcessLock;
  private readonly told = new Map<string, number>();
  private done: Promise<void> = Promise.resolve();

  constructor(
    @Inject(CONFIG) config: Config,
    @Inject(getDataSourceToken()) dataSource: DataSource,
    private readonly store: TradingRepository,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly log: Log,
  ) {
    this.lock = createProcessLock(config.store, dataSource, 'market-clock');
  }

  onApplicationBootstrap(): void {
    this.done = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.done;
    await this.lock.release();
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    const backoff = new Backoff();
    while (!signal.aborted) {
      try {
        if (!(await this.holdsLock())) continue;
        await this.look();
        backoff.reset();
        await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
      } catch (error) {
        this.log.warn('expiries are looked for again', describeError(error));
        await backoff.wait(signal);
      }
    }
  }

  private async holdsLock(): Promise<boolean> {
    return (await this.lock.isHeld()) || (await this.lock.acquire(LOCK_WAIT_MS));
  }

  private async look(): Promise<void> {
    const nowMs = Date.now();
    for (const [item, toldMs] of this.told) {
      if (toldMs < nowMs - TELL_AGAIN_MS) this.told.delete(item);
    }
    const expired = await this.store.readExpired(nowMs, MARKETS_AT_ONCE + this.told.size);
    const due = expired.filter(
      ({ item, timeMs }) => (this.told.get(`${item} ${timeMs}`) ?? 0) === 0,
    );
    if (due.length === 0) return;
    const events = due.map(({ item, timeMs }) => toEvent(item, timeMs, nowMs));
    await this.transactions.run(
      (tx) => this.outbox.append(tx, ORDER_EVENTS_TOPIC, events, nowMs),
      WRITE_TIMEOUT_MS,
    );
    for (const { item, timeMs } of due) this.told.set(`${item} ${timeMs}`, nowMs);
  }
}

function toEvent(item: string, timeMs: number, nowMs: number): NewEvent {
  return {
    key: item,
    value: {
      type: 'MARKET_TIME_REACHED',
      event_id: randomUUID(),
      occurred_at: new Date(nowMs).toISOString(),
      market: { item },
      time: new Date(timeMs).toISOString(),
    },
  };
}
