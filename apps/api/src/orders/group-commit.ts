import { UserOrdersFence } from '@app/caching';
import {
  isDuplicateKey,
  isStoreUnavailable,
  OutcomeUnknownError,
  Transactions,
} from '@app/persistence';
import {
  type Config,
  CONFIG,
  describeError,
  Log,
  ProblemException,
  toProblemException,
} from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { writeRefused } from '../store-access';
import type { CommandUnit, Outcome } from './order-commands';
import { OrderWriter } from './order-writer';
import { Pace } from './pace';

const MIN_COMMIT_MS = 1000;

/** Where fewer orders wait, one slow commit is no reason to refuse. */
const CROWD = 2000;

/** How often a group is written again because another process placed an order for the same request meanwhile. */
const MAX_LOST_RACES = 5;

interface Waiting {
  unit: CommandUnit;
  enqueuedAtMs: number;
  resolve(outcomes: Outcome[]): void;
  reject(error: unknown): void;
}

/**
 * Concurrent requests share transactions: while one commit is under way the next group gathers, and it leaves when
 * that commit returns, or when it is large: its rows are then written while the other waits for the disk. An idle system
 * adds no wait. The queue is bounded in number and in time: requests that would find it full, or wait for too long at
 * the pace of the last commits, are refused at once.
 */
@Injectable()
export class GroupCommit {
  private readonly queue: Waiting[] = [];
  /** Commands in the queue. */
  private queued = 0;
  /** Commands that have no outcome yet. */
  private pending = 0;
  private readonly pace = new Pace();
  private running = 0;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly transactions: Transactions,
    private readonly writer: OrderWriter,
    private readonly fence: UserOrdersFence,
    private readonly log: Log,
  ) {}

  /**
   * Writes the commands of one request in one transaction.
   * @returns what has become of each, once it is durable.
   * @throws ProblemException OVERLOADED, STORE_UNAVAILABLE (both: nothing was stored) or OUTCOME_UNKNOWN.
   */
  submit(unit: CommandUnit): Promise<Outcome[]> {
    const { length } = unit.commands;
    if (length === 0) return Promise.resolve([]);
    if (this.isFullFor(length)) {
      return Promise.reject(
        new ProblemException('OVERLOADED', 'too many orders are waiting, try again'),
      );
    }
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        this.pending -= length;
      };
      this.queue.push({
        unit,
        enqueuedAtMs: Date.now(),
        resolve: (outcomes) => {
          settle();
          resolve(outcomes);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      });
      this.queued += length;
      this.pending += length;
      if (this.mayStart()) void this.run();
    });
  }

  private isFullFor(commands: number): boolean {
    const { queueLimit, waitLimitMs } = this.config.accept;
    if (this.queued > 0 && this.queued + commands > queueLimit) return true;
    return this.pending >= CROWD && this.pace.timeFor(this.pending + commands) > waitLimitMs;
  }

  /** A second commit at a time only for a group that is worth it: small ones do better together. */
  private mayStart(): boolean {
    const { batchLimit } = this.config.accept;
    return this.running === 0 || (this.running === 1 && this.queued >= batchLimit / 2);
  }

  /** Starts behind the requests that arrived in the same turn of the event loop, so that they join the first group. */
  private async run(): Promise<void> {
    this.running += 1;
    await new Promise((resolve) => setImmediate(resolve));
    for (let first = true; this.queue.length > 0 && (first || this.goesOn()); first = false) {
      this.refuseStale();
      const group = this.nextGroup();
      if (group.length > 0) await this.commit(group);
    }
    this.running -= 1;
  }

  private goesOn(): boolean {
    return this.running === 1 || this.queued >= this.config.accept.batchLimit / 2;
  }

  /** As many requests as fit into the limit; one that does not by itself goes alone. */
  private nextGroup(): Waiting[] {
    let requests = 0;
    let commands = 0;
    for (const { unit } of this.queue) {
      const { length } = unit.commands;
      if (requests > 0 && commands + length > this.config.accept.batchLimit) break;
      requests += 1;
      commands += length;
    }
    this.queued -= commands;
    return this.queue.splice(0, requests);
  }

  /** Never rejects: each request of the group gets its own outcome. */
  private async commit(group: Waiting[]): Promise<void> {
    const startedMs = performance.now();
    try {
      const outcomes = await this.write(
        group.map((waiting) => waiting.unit),
        this.timeLeftMs(group),
      );
      this.pace.note(commandsOf(group), performance.now() - startedMs);
      for (const [index, waiting] of group.entries()) waiting.resolve(outcomes[index]!);
    } catch (error) {
      if (isStoreUnavailable(error)) {
        this.log.warn('orders were not accepted', {
          requests: group.length,
          ...describeError(error),
          stack: undefined,
        });
        const problem = writeRefused(error, 'order');
        for (const waiting of group) waiting.reject(problem);
      } else if (group.length === 1) {
        await this.commitApart(group[0]!, error);
      } else {
        this.log.error('a group failed, its requests are stored one by one', describeError(error));
        for (const waiting of group) await this.commit([waiting]);
      }
    }
  }

  /** One command that can not be stored must not spoil its neighbours, unless they asked for that. */
  private async commitApart(waiting: Waiting, error: unknown): Promise<void> {
    const { unit } = waiting;
    if (unit.atomic || unit.commands.length === 1) {
      waiting.reject(error);
      return;
    }
    this.log.error('a batch failed, its orders are stored one by one', describeError(error));
    const outcomes: Outcome[] = [];
    for (const command of unit.commands) {
      const one = { ...unit, commands: [command] };
      await this.commit([
        {
          unit: one,
          enqueuedAtMs: Date.now(),
          resolve: (written) => outcomes.push(...written),
          reject: (reason) =>
            outcomes.push({ result: 'REFUSED', problem: toProblemException(reason) }),
        },
      ]);
    }
    waiting.resolve(outcomes);
  }

  private async write(units: CommandUnit[], timeoutMs: number): Promise<Outcome[][]> {
    for (let lostRaces = 0; ; lostRaces += 1) {
      try {
        return await this.writeOnce(units, timeoutMs);
      } catch (error) {
        if (!isDuplicateKey(error) || lostRaces >= MAX_LOST_RACES) throw error;
      }
    }
  }

  private async writeOnce(units: CommandUnit[], timeoutMs: number): Promise<Outcome[][]> {
    let outcomeKnown = true;
    const holding = this.fence.hold([...usersOfPlaced(units)]);
    try {
      return await this.transactions.run(async (tx) => {
        const outcomes = await this.writer.write(tx, units, Date.now());
        await holding;
        return outcomes;
      }, timeoutMs);
    } catch (error) {
      outcomeKnown = !(error instanceof OutcomeUnknownError);
      throw error;
    } finally {
      void holding.then((hold) =>
        outcomeKnown ? this.fence.release(hold) : this.fence.releaseLater(hold),
      );
    }
  }

  /** So long that the oldest request of the group is answered in time, though never too short for any commit. */
  private timeLeftMs(group: readonly Waiting[]): number {
    const oldestMs = Math.min(...group.map((waiting) => waiting.enqueuedAtMs));
    return Math.max(MIN_COMMIT_MS, oldestMs + this.config.accept.timeoutMs - Date.now());
  }

  /** A request that waited for as long as a commit may take would not be answered in time any more. */
  private refuseStale(): void {
    const oldestMs = Date.now() - this.config.accept.timeoutMs;
    while (this.queue.length > 0 && this.queue[0]!.enqueuedAtMs < oldestMs) {
      const waiting = this.queue.shift()!;
      this.queued -= waiting.unit.commands.length;
      waiting.reject(new ProblemException('OVERLOADED', 'the order waited too long, try again'));
    }
  }
}

function commandsOf(group: readonly Waiting[]): number {
  return group.reduce((sum, { unit }) => sum + unit.commands.length, 0);
}

/** Cancels and amends change no order yet. */
function usersOfPlaced(units: readonly CommandUnit[]): Set<number> {
  const users = new Set<number>();
  for (const { commands } of units) {
    for (const command of commands) if (command.type === 'place') users.add(command.order.userId);
  }
  return users;
}
