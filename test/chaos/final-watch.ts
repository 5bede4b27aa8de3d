import { setTimeout as delay } from 'node:timers/promises';
import type { Deployment } from '../support/processes';

const EVERY_MS = 250;
/** A look that takes long is followed by a break that is so many times as long. */
const LONG_LOOK_BREAK = 10;

interface FinalRow {
  id: number;
  status: string;
  updated_at_ms: number;
}

/** Reads the final orders again and again, and remembers those that changed after they had become final. */
export class FinalWatch {
  readonly changed: string[] = [];
  private readonly seen = new Map<number, string>();
  private readonly stopping = new AbortController();
  private readonly done: Promise<void>;

  constructor(private readonly deployment: Deployment) {
    this.done = this.run();
  }

  /** Looks a last time. @returns every change that was seen. */
  async stop(): Promise<string[]> {
    this.stopping.abort();
    await this.done;
    await this.look();
    return this.changed;
  }

  /** Ends without another look. */
  abandon(): void {
    this.stopping.abort();
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      // The store may be away at times; the look after the last one counts.
      const startedMs = Date.now();
      await this.look().catch(() => undefined);
      const breakMs = Math.max(EVERY_MS, LONG_LOOK_BREAK * (Date.now() - startedMs));
      await delay(breakMs, undefined, { signal }).catch(() => undefined);
    }
  }

  private async look(): Promise<void> {
    const rows = await this.deployment.query<FinalRow>(
      "SELECT id, status, updated_at_ms FROM orders WHERE status NOT IN ('OPEN', 'PARTIALLY_FILLED')",
    );
    const now = new Map(rows.map((row) => [row.id, `${row.status} since ${row.updated_at_ms}`]));
    for (const [id, state] of this.seen) {
      const current = now.get(id) ?? 'not final any more';
      if (current !== state) this.changed.push(`order ${id} was ${state}, is ${current}`);
    }
    for (const [id, state] of now) this.seen.set(id, state);
  }
}
