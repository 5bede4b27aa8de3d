import { Backoff } from '@app/messaging';
import { describeError, Log } from '@app/platform';
import {
  type BeforeApplicationShutdown,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { FillsRepository } from './fills.repository';
import { FillsService } from './fills.service';

const FILLS_PER_TRANSACTION = 1000;
/** How soon fills that other matchers scheduled, and then died, are seen. */
const LOOK_EVERY_MS = 500;

/** What is due and yet was not taken is locked by another matcher: it is left alone for so long. */
const LOOK_AGAIN_MS = 20;

/**
 * Fills orders when their time has come. The schedule lies in the store, so a restart delays none, and every matcher
 * works on it: rows that one has locked are passed over by the others.
 */
@Injectable()
export class FillScheduler implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private wakeAtMs = 0;
  private timer: NodeJS.Timeout | null = null;
  private wake: () => void = () => undefined;
  private done: Promise<void> = Promise.resolve();

  constructor(
    private readonly fills: FillsService,
    private readonly schedule: FillsRepository,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.done = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    this.wake();
    await this.done;
  }

  /** Makes sure that the scheduler looks again no later than at this time. */
  lookAt(dueAtMs: number): void {
    if (dueAtMs >= this.wakeAtMs) return;
    this.wakeAtMs = dueAtMs;
    this.arm();
  }

  private async run(): Promise<void> {
    const backoff = new Backoff();
    while (!this.stopping.signal.aborted) {
      try {
        this.wakeAtMs = Date.now() + LOOK_EVERY_MS;
        await this.fillAllDue();
        const nextDueMs = (await this.schedule.nextDueMs()) ?? Number.POSITIVE_INFINITY;
        this.lookAt(Math.max(nextDueMs, Date.now() + LOOK_AGAIN_MS));
        backoff.reset();
        await this.sleep();
      } catch (error) {
        this.log.warn('fills are tried again', describeError(error));
        await backoff.wait(this.stopping.signal);
      }
    }
  }

  private async fillAllDue(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const taken = await this.fills.fillDue(FILLS_PER_TRANSACTION);
      if (taken < FILLS_PER_TRANSACTION) return;
    }
  }

  private async sleep(): Promise<void> {
    if (this.stopping.signal.aborted) return;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      this.arm();
    });
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.wake = () => undefined;
  }

  private arm(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(() => this.wake(), Math.max(0, this.wakeAtMs - Date.now()));
  }
}
