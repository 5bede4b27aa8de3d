import { UserOrdersFence } from '@app/caching';
import type { OrderDto } from '@app/contracts';
import { isStoreUnavailable, OutcomeUnknownError, Transactions } from '@app/persistence';
import { type Config, CONFIG, describeError, Log, ProblemException } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import type { OrderCommand } from './order-commands';
import { OrdersRepository } from './orders.repository';

const MIN_COMMIT_MS = 1000;

interface Waiting {
  command: OrderCommand;
  enqueuedAtMs: number;
  resolve(order: OrderDto): void;
  reject(error: unknown): void;
}

/**
 * Concurrent requests share transactions: while one commit is under way the next group gathers, and it leaves when
 * that commit returns. An idle system adds no wait. The queue is bounded; beyond it requests are refused at once.
 */
@Injectable()
export class GroupCommit {
  private readonly queue: Waiting[] = [];
  private running = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly transactions: Transactions,
    private readonly orders: OrdersRepository,
    private readonly fence: UserOrdersFence,
    private readonly log: Log,
  ) {}

  /**
   * @returns the order once it is durable.
   * @throws ProblemException OVERLOADED, STORE_UNAVAILABLE (both: nothing was stored) or OUTCOME_UNKNOWN.
   */
  submit(command: OrderCommand): Promise<OrderDto> {
    if (this.queue.length >= this.config.accept.queueLimit) {
      return Promise.reject(
        new ProblemException('OVERLOADED', 'too many orders are waiting, try again'),
      );
    }
    return new Promise((resolve, reject) => {
      this.queue.push({ command, enqueuedAtMs: Date.now(), resolve, reject });
      if (!this.running) void this.run();
    });
  }

  /** Starts behind the requests that arrived in the same turn of the event loop, so that they join the first group. */
  private async run(): Promise<void> {
    this.running = true;
    await new Promise((resolve) => setImmediate(resolve));
    while (this.queue.length > 0) {
      this.refuseStale();
      const group = this.queue.splice(0, this.config.accept.batchLimit);
      if (group.length > 0) await this.commit(group);
    }
    this.running = false;
  }

  /** Never rejects: each request of the group gets its own outcome. */
  private async commit(group: Waiting[]): Promise<void> {
    try {
      const orders = await this.write(
        group.map((waiting) => waiting.command),
        this.timeLeftMs(group),
      );
      for (const [index, waiting] of group.entries()) waiting.resolve(orders[index]!);
    } catch (error) {
      if (isStoreUnavailable(error)) {
        this.log.warn('orders were not accepted', {
          orders: group.length,
          ...describeError(error),
          stack: undefined,
        });
        const problem = toProblem(error);
        for (const waiting of group) waiting.reject(problem);
      } else if (group.length === 1) {
        group[0]!.reject(error);
      } else {
        this.log.error('a group failed, its orders are stored one by one', describeError(error));
        for (const waiting of group) await this.commit([waiting]);
      }
    }
  }

  private async write(commands: OrderCommand[], timeoutMs: number): Promise<OrderDto[]> {
    const placed = commands.filter((command) => command.type === 'place');
    let outcomeKnown = true;
    const holding = this.fence.hold([...new Set(placed.map((command) => command.order.userId))]);
    try {
      return await this.transactions.run(async (tx) => {
        const orders = await this.orders.write(tx, commands, Date.now());
        await holding;
        return orders;
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
      this.queue
        .shift()!
        .reject(new ProblemException('OVERLOADED', 'the order waited too long, try again'));
    }
  }
}

function toProblem(error: unknown): ProblemException {
  return error instanceof OutcomeUnknownError
    ? new ProblemException(
        'OUTCOME_UNKNOWN',
        'the order may or may not have been stored: look before you try again',
      )
    : new ProblemException('STORE_UNAVAILABLE', 'orders can not be stored now, try again');
}
