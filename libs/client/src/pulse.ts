/** So long nothing comes before the server is asked whether it is there. */
export const QUIET_MS = 15_000;
/** So long it may take to answer. */
export const ANSWER_MS = 10_000;
/** A timer that comes so much too late has slept: what was sent meanwhile may still wait to be read. */
const SLEPT_MS = 3000;

interface PulseEvents {
  /** Sends something that is answered. */
  ping(): void;
  /** The other side is gone. */
  dead(): void;
}

/**
 * Notices connections that broke without a word. The server's own pings are answered by the browser, unseen by any
 * program, so the client has to ask.
 */
export class Pulse {
  private timer: ReturnType<typeof setTimeout> | null = null;
  private heardMs = 0;
  private askedMs: number | null = null;

  constructor(private readonly events: PulseEvents) {}

  start(): void {
    this.heard();
    this.wait(QUIET_MS, () => this.look());
  }

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.askedMs = null;
  }

  /** Something came. Cheap: no timer is touched. */
  heard(): void {
    this.heardMs = performance.now();
    this.askedMs = null;
  }

  /** Asks now, when there is a reason to doubt. */
  ask(): void {
    if (this.timer === null || this.askedMs !== null) return;
    const askedMs = performance.now();
    this.askedMs = askedMs;
    this.events.ping();
    this.wait(ANSWER_MS, () => this.judge(askedMs));
  }

  private look(): void {
    const leftMs = this.heardMs + QUIET_MS - performance.now();
    if (leftMs > 0) this.wait(leftMs, () => this.look());
    else this.ask();
  }

  private judge(askedMs: number): void {
    const hasAnswered = this.askedMs !== askedMs;
    const hasSlept = performance.now() - askedMs > ANSWER_MS + SLEPT_MS;
    this.askedMs = null;
    if (hasAnswered) this.look();
    else if (hasSlept) this.ask();
    else this.events.dead();
  }

  private wait(ms: number, then: () => void): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(then, ms);
  }
}
