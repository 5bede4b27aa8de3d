import { pause } from './pause';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5000;

/** Holds everybody back while the api is away or overloaded: at first shortly, longer with each failure in a row. */
export class Gate {
  private closedUntilMs = 0;
  private failures = 0;

  /** Why the api could not be used the last time; null while it can be. */
  trouble: string | null = null;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Waits until it is open, or the signal is aborted. */
  async pass(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const leftMs = this.closedUntilMs - this.now();
      if (leftMs <= 0) return;
      await pause(leftMs, signal);
    }
  }

  /** The api is there. */
  opened(): void {
    if (this.now() < this.closedUntilMs) return;
    this.failures = 0;
    this.trouble = null;
  }

  /** @param retryAfterMs what the api asks for. */
  failed(reason: string, retryAfterMs: number | null): void {
    const nowMs = this.now();
    const ownMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.failures);
    // Requests that were under way together fail together: that is one failure.
    if (nowMs >= this.closedUntilMs) this.failures += 1;
    this.closedUntilMs = Math.max(this.closedUntilMs, nowMs + (retryAfterMs ?? ownMs));
    this.trouble = reason;
  }
}
