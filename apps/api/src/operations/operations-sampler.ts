import type { ReadinessReport } from '@app/platform';
import {
  type BeforeApplicationShutdown,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import { StreamSessions } from '../stream/stream-sessions';
import { AcceptTimes } from './accept-times';
import { MatchTimes } from './match-times';
import { ProcessMonitor } from './process-monitor';
import type { Sample } from './sample';
import { SampleRing } from './sample-ring';
import { NOT_LOOKED, SystemMonitor } from './system-monitor';

export const KEPT_SECONDS = 300;
/** So long after somebody asked, what others have to be asked for is measured. */
const WATCHED_MS = 30_000;
const EVERY_MS = 1000;
/** A timer may come a little early; the same second is not sampled twice. */
const SLACK_MS = 100;

/**
 * Takes a sample each second: of this process always, which costs some microseconds, and of the store, the event log
 * and the dependencies while somebody looks. One sample is finished before the next begins, so there are fewer of them
 * while something hangs.
 */
@Injectable()
export class OperationsSampler implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly ring = new SampleRing<Sample>(KEPT_SECONDS);
  private readonly stopping = new AbortController();
  private askedAtMs = Number.NEGATIVE_INFINITY;
  private checked: { report: ReadinessReport; atMs: number } | null = null;
  private done: Promise<void> = Promise.resolve();

  constructor(
    private readonly system: SystemMonitor,
    private readonly process: ProcessMonitor,
    private readonly acceptTimes: AcceptTimes,
    private readonly matchTimes: MatchTimes,
    private readonly sessions: StreamSessions,
  ) {}

  onApplicationBootstrap(): void {
    this.done = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.done;
  }

  /** Somebody looks: the samples of the next half minute are whole. @returns those that are newer than `afterMs`. */
  samples(afterMs?: number): Sample[] {
    this.askedAtMs = performance.now();
    return this.ring.after(afterMs);
  }

  /** The latest report on the dependencies, and when it was made; null before the first. */
  get readiness(): { report: ReadinessReport; atMs: number } | null {
    return this.checked;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    for (;;) {
      await delay(untilNextMs(), undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      this.ring.push(await this.take());
    }
  }

  /** One sample, of the time since the last one. It never rejects. */
  async take(): Promise<Sample> {
    const figures = {
      process: this.process.take(),
      accept: this.acceptTimes.take(),
      match: this.matchTimes.take(),
      streams: this.sessions.count(),
    };
    if (performance.now() - this.askedAtMs > WATCHED_MS) {
      this.system.rest();
      return { timeMs: Date.now(), system: NOT_LOOKED, ...figures };
    }
    const system = await this.system.look();
    const timeMs = Date.now();
    if (system.readiness !== null) this.checked = { report: system.readiness, atMs: timeMs };
    return { timeMs, system, ...figures };
  }
}

function untilNextMs(): number {
  const waitMs = EVERY_MS - (Date.now() % EVERY_MS);
  return waitMs < SLACK_MS ? waitMs + EVERY_MS : waitMs;
}
