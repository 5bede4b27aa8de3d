import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';

/** How often the loop is looked at. Node's figures contain this time. */
const RESOLUTION_MS = 20;
const NS_A_MS = 1e6;

export interface ProcessFigures {
  /** How late the loop came to its timers, ms. Null when it was not looked at. */
  loopDelayP99Ms: number | null;
  loopDelayMaxMs: number | null;
  /** Share of the time in which the loop had something to do, from 0 to 1. */
  loopUtilization: number;
  rssBytes: number;
  heapUsedBytes: number;
}

/** What this process itself can say of how it fares, since it was asked last. */
@Injectable()
export class ProcessMonitor implements OnModuleDestroy {
  private readonly delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  private utilization = performance.eventLoopUtilization();

  constructor() {
    this.delay.enable();
  }

  onModuleDestroy(): void {
    this.delay.disable();
  }

  take(): ProcessFigures {
    const { delay } = this;
    const looked = delay.count > 0;
    const loopDelayP99Ms = looked ? late(delay.percentile(99)) : null;
    const loopDelayMaxMs = looked ? late(delay.max) : null;
    delay.reset();
    const before = this.utilization;
    this.utilization = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(this.utilization, before);
    const { rss, heapUsed } = process.memoryUsage();
    return {
      loopDelayP99Ms,
      loopDelayMaxMs,
      loopUtilization: utilization,
      rssBytes: rss,
      heapUsedBytes: heapUsed,
    };
  }
}

function late(nanoseconds: number): number {
  return Math.max(0, nanoseconds / NS_A_MS - RESOLUTION_MS);
}
