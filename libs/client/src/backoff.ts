export interface BackoffOptions {
  firstMs: number;
  longestMs: number;
  /** What went well for so long was no failure: the next pause is the first again. */
  heldMs: number;
}

/** Pauses before trying again: each twice as long as the one before, and never two clients at the same moment. */
export class Backoff {
  private failures = 0;
  private wellSinceMs: number | null = null;

  constructor(private readonly options: BackoffOptions) {}

  /** Whether no more than one failure came since it held. */
  get isFirst(): boolean {
    return this.failures <= 1;
  }

  /** It works, from now on. */
  succeeded(): void {
    this.wellSinceMs ??= performance.now();
  }

  /** It does not work any more. @returns how long to wait, ms: from half of the pause to all of it. */
  failed(): number {
    const { firstMs, longestMs, heldMs } = this.options;
    if (this.wellSinceMs !== null && performance.now() - this.wellSinceMs >= heldMs) {
      this.failures = 0;
    }
    this.wellSinceMs = null;
    const pauseMs = Math.min(longestMs, firstMs * 2 ** this.failures);
    // More doublings change nothing, and would leave the numbers one day.
    if (pauseMs < longestMs) this.failures += 1;
    return pauseMs * (0.5 + Math.random() / 2);
  }
}
