import { EventBacklog } from '@app/messaging';
import { Transactions } from '@app/persistence';
import { describeError, Health, Log, type ReadinessReport } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { BoundedRead } from './bounded-read';
import { Rate } from './rate';

/** Beyond this a figure is not waited for; a dependency's check takes as long at most. */
const TIMEOUT_MS = 2000;

/** What the store, the event log and the dependencies say. Null: they did not say it. */
export interface SystemFigures {
  ordersPerSecond: number | null;
  tradesPerSecond: number | null;
  consumerLag: number | null;
  outboxDepth: number | null;
  readiness: ReadinessReport | null;
}

export const NOT_LOOKED: SystemFigures = {
  ordersPerSecond: null,
  tradesPerSecond: null,
  consumerLag: null,
  outboxDepth: null,
  readiness: null,
};

/** Highest ids ever given out, in steps of generated keys. */
interface Stored {
  orders: number;
  trades: number;
  unpublished: number;
  readAtMs: number;
}

/** As the drivers give it: BIGINT is text on MySQL. */
interface IdsRow {
  orders: string | number | null;
  trades: string | number | null;
  step: string | number;
}

/** Asks the store, the event log and the dependencies: four small reads and their health checks. */
@Injectable()
export class SystemMonitor {
  private readonly ordersRate = new Rate();
  private readonly tradesRate = new Rate();
  private readonly stored: BoundedRead<Stored>;
  private readonly lag: BoundedRead<number>;

  constructor(
    private readonly transactions: Transactions,
    private readonly backlog: EventBacklog,
    private readonly health: Health,
    private readonly log: Log,
  ) {
    const failed = (error: unknown): void => {
      this.log.debug('a figure of operations could not be read', describeError(error));
    };
    this.stored = new BoundedRead(() => this.readStored(), TIMEOUT_MS, failed);
    this.lag = new BoundedRead(() => this.backlog.lag(TIMEOUT_MS), TIMEOUT_MS, failed);
  }

  /** Never rejects. Rates are since the look before, so the first one after a `rest` has none. */
  async look(): Promise<SystemFigures> {
    const [figures, readiness] = await Promise.all([this.figures(), this.health.readiness()]);
    return { ...figures, readiness };
  }

  /** Nobody looks for a while: what comes later is not compared with what was before. */
  rest(): void {
    this.ordersRate.next(null, 0);
    this.tradesRate.next(null, 0);
  }

  /** One after the other: they are in no hurry, and need one connection of the store's. */
  private async figures(): Promise<Omit<SystemFigures, 'readiness'>> {
    const stored = await this.stored.next();
    const readAtMs = stored?.readAtMs ?? 0;
    return {
      ordersPerSecond: this.ordersRate.next(stored?.orders ?? null, readAtMs),
      tradesPerSecond: this.tradesRate.next(stored?.trades ?? null, readAtMs),
      outboxDepth: stored?.unpublished ?? null,
      // It begins with the checkpoints, which are in the store as well.
      consumerLag: stored === null ? null : await this.lag.next(),
    };
  }

  private async readStored(): Promise<Stored> {
    const [ids] = await this.transactions.read(
      (manager) =>
        manager.query<IdsRow[]>(
          `SELECT (SELECT MAX(id) FROM orders) AS orders, (SELECT MAX(id) FROM trades) AS trades,
             ${this.transactions.dialect.keyStep} AS step`,
        ),
      TIMEOUT_MS,
    );
    const readAtMs = performance.now();
    const step = Number(ids?.step ?? 1);
    return {
      orders: Number(ids?.orders ?? 0) / step,
      trades: Number(ids?.trades ?? 0) / step,
      unpublished: await this.backlog.unpublished(TIMEOUT_MS),
      readAtMs,
    };
  }
}
