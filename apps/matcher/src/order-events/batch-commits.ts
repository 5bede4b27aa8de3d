import { MARKET_EVENTS_TOPIC } from '@app/contracts';
import { Checkpoints, type EventBatch, Outbox } from '@app/messaging';
import { OutcomeUnknownError, type Transaction } from '@app/persistence';
import { describeError, Log } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { FencedTransactions, type HoldUsers } from '../fills/fenced-transactions';
import type { FillPlan, PositionedEvent } from '../fills/fill-plan';
import { FillsService } from '../fills/fills.service';
import type { SessionResult } from '../trading/trading-session';
import { joinPlans } from '../trading/trading-plan';
import { TradingRepository } from '../trading/trading.repository';
import { type DeadLetter, DeadLetters } from './dead-letters';

/** A batch that was read, and whose book orders were matched in memory. */
export interface PreparedBatch {
  batch: EventBatch;
  /** Of plain orders. */
  plain: PositionedEvent[];
  unreadable: DeadLetter[];
  traded: SessionResult | null;
}

export interface CommittedBatch {
  fills: FillPlan;
  letters: DeadLetter[];
}

interface Waiting extends PreparedBatch {
  resolve(committed: CommittedBatch): void;
  reject(error: unknown): void;
}

/** Events that share a transaction at most, unless a single batch has more. */
const EVENTS_PER_COMMIT = 2000;
/** A group of so many is worth a commit of its own while another one is under way. */
const LARGE_GROUP = 500;
/** How long a commit waits for batches that are being prepared. Books that are read anew may take longer. */
const GATHER_MS = 5;

/**
 * Batches of several partitions share transactions: while one commit is under way the next ones gather. So however
 * the events are spread over partitions, a commit's cost is shared by all that wait. Where much waits two commits are
 * under way at a time: rows of the one are written while the other waits for the disk.
 */
@Injectable()
export class BatchCommits {
  private readonly queue: Waiting[] = [];
  private queued = 0;
  private running = 0;
  private preparing = 0;
  private readonly gathering = new Set<() => void>();

  constructor(
    private readonly transactions: FencedTransactions,
    private readonly checkpoints: Checkpoints,
    private readonly fills: FillsService,
    private readonly tradingStore: TradingRepository,
    private readonly deadLetters: DeadLetters,
    private readonly outbox: Outbox,
    private readonly log: Log,
  ) {}

  /**
   * Prepares a batch, and commits what it changes together with its checkpoint.
   * @throws what `prepare` throws, FencedError and the store's errors; nothing was changed then, except after
   *   OutcomeUnknownError.
   */
  async carryOut(prepare: () => Promise<PreparedBatch>): Promise<CommittedBatch> {
    this.preparing += 1;
    const prepared = await prepare().finally(() => {
      this.preparing -= 1;
      // Behind what submits this batch.
      if (this.preparing === 0) setImmediate(() => this.endGathering());
    });
    return new Promise((resolve, reject) => {
      this.queue.push({ ...prepared, resolve, reject });
      this.queued += prepared.batch.events.length;
      if (this.running === 0 || (this.running === 1 && this.queued >= LARGE_GROUP)) void this.run();
    });
  }

  private async run(): Promise<void> {
    this.running += 1;
    do {
      await this.gather();
      const group = this.nextGroup();
      if (group.length > 0) await this.commit(group);
    } while (this.queue.length > 0 && (this.running === 1 || this.queued >= LARGE_GROUP));
    this.running -= 1;
  }

  /** Events that were fetched together are prepared at the same time: they share the commit. */
  private async gather(): Promise<void> {
    if (this.preparing === 0) return;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.gathering.delete(end);
        resolve();
      };
      const timer = setTimeout(end, GATHER_MS);
      this.gathering.add(end);
    });
  }

  private endGathering(): void {
    for (const end of this.gathering) end();
  }

  private nextGroup(): Waiting[] {
    let events = 0;
    let size = 0;
    for (const { batch } of this.queue) {
      const { length } = batch.events;
      if (size > 0 && events + length > EVENTS_PER_COMMIT) break;
      events += length;
      size += 1;
    }
    this.queued -= events;
    return this.queue.splice(0, size);
  }

  /** Never rejects: each batch gets its own outcome. One that can not be committed does not hold up the others. */
  private async commit(group: readonly Waiting[]): Promise<void> {
    try {
      const committed = await this.transactions.run(
        (tx, hold) => this.write(tx, hold, group),
        rowsOf(group),
      );
      for (const [index, waiting] of group.entries()) waiting.resolve(committed[index]!);
    } catch (error) {
      if (group.length === 1 || error instanceof OutcomeUnknownError) {
        for (const waiting of group) waiting.reject(error);
        return;
      }
      this.log.warn('batches are committed one by one', {
        batches: group.length,
        ...describeError(error),
        stack: undefined,
      });
      for (const waiting of group) await this.commit([waiting]);
    }
  }

  private async write(
    tx: Transaction,
    hold: HoldUsers,
    group: readonly Waiting[],
  ): Promise<CommittedBatch[]> {
    await this.checkpoints.advanceAll(
      tx,
      group.map(({ batch }) => batch),
    );
    const nowMs = Date.now();
    const fills = await this.planFills(tx, group, nowMs);
    const trading = joinPlans(
      group.flatMap(({ traded }) => (traded === null ? [] : [traded.plan])),
    );
    await hold([...fills.flatMap((plan) => this.fills.userIds(plan)), ...trading.userIds]);
    for (const plan of fills) await this.fills.write(tx, plan, nowMs);
    await this.tradingStore.write(tx, trading, nowMs);
    const committed = group.map(({ unreadable, traded }, index) => {
      const plan = fills[index]!;
      const letters = [...unreadable, ...plan.deadLetters, ...(traded?.deadLetters ?? [])];
      return { fills: plan, letters: letters.sort((a, b) => a.index - b.index) };
    });
    for (const [index, { batch }] of group.entries()) {
      await this.deadLetters.append(tx, batch, committed[index]!.letters, nowMs);
    }
    const events = trading.updates.map((value) => ({ key: value.item, value }));
    await this.outbox.append(tx, MARKET_EVENTS_TOPIC, events, nowMs);
    return committed;
  }

  private async planFills(
    tx: Transaction,
    group: readonly Waiting[],
    nowMs: number,
  ): Promise<FillPlan[]> {
    const plans: FillPlan[] = [];
    for (const { plain } of group) plans.push(await this.fills.plan(tx, plain, nowMs));
    return plans;
  }
}

function rowsOf(group: readonly Waiting[]): number {
  let rows = 0;
  for (const { plain, traded } of group) {
    const { orders, trades, positions } = traded?.plan ?? EMPTY;
    rows += plain.length + orders.length + trades.length + positions.length;
  }
  return rows;
}

const EMPTY = { orders: [], trades: [], positions: [] };
