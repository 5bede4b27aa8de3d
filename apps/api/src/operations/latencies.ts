import { createHistogram } from 'node:perf_hooks';

const MICROSECONDS = 1000;
/** An hour; longer counts as so long. */
const LONGEST_US = 3600 * 1_000_000;
/** Values are kept with two significant digits, which is a few dozen kB for all of them. */
const SIGNIFICANT_DIGITS = 2;

/** Half of the latencies, and 99 of 100, are not above these. In ms. */
export interface Percentiles {
  p50Ms: number;
  p99Ms: number;
}

/** Latencies since they were taken last. Recording one allocates nothing and takes some 20 ns. */
export class Latencies {
  private readonly histogram = createHistogram({
    lowest: 1,
    highest: LONGEST_US,
    figures: SIGNIFICANT_DIGITS,
  });

  /** @param ms clocks of two machines may differ, so below 0 counts as 0. */
  record(ms: number): void {
    const us = Math.round(ms * MICROSECONDS);
    this.histogram.record(Math.min(LONGEST_US, Math.max(1, us)));
  }

  /** @returns null when there was none; from now on only later ones count. */
  take(): Percentiles | null {
    if (this.histogram.count === 0) return null;
    const p50Ms = this.histogram.percentile(50) / MICROSECONDS;
    const p99Ms = this.histogram.percentile(99) / MICROSECONDS;
    this.histogram.reset();
    return { p50Ms, p99Ms };
  }
}
