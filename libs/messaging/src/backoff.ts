import { setTimeout as delay } from 'node:timers/promises';

const FIRST_MS = 50;
const LONGEST_MS = 2000;

/** Waits longer after each failure in a row, up to two seconds; a success starts afresh. */
export class Backoff {
  private nextMs = FIRST_MS;

  reset(): void {
    this.nextMs = FIRST_MS;
  }

  /** Returns early when `signal` aborts. */
  async wait(signal: AbortSignal): Promise<void> {
    const waitMs = this.nextMs;
    this.nextMs = Math.min(LONGEST_MS, waitMs * 2);
    await pause(waitMs, signal);
  }
}

/** Waits, or returns early when `signal` aborts. */
export async function pause(waitMs: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(waitMs, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
