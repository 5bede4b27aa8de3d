import { setTimeout as delay } from 'node:timers/promises';
import type { Deployment } from '../support/processes';
import type { LogMessage } from './topic';

const EVERY_MS = 200;
const TOPIC = 'market.events';

/**
 * Where the outbox is the log it keeps the newest updates of markets alone: a reader that wants all of them has to
 * read while they come.
 */
export class KeptEvents {
  private readonly messages: LogMessage[] = [];
  private readonly stopping = new AbortController();
  private nextSeq = 1;
  private readonly done: Promise<void>;

  constructor(private readonly deployment: Deployment) {
    this.done = this.run();
  }

  /** Reads what is new, and returns all that there was. */
  async all(): Promise<LogMessage[]> {
    await this.read();
    return this.messages;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.done;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      // The store may be away at times; what is missed then is read later, or missed for good.
      await this.read().catch(() => undefined);
      await delay(EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private async read(): Promise<void> {
    const rows = await this.deployment.query<{ seq: number; payload: string }>(
      'SELECT seq, payload FROM outbox_entries WHERE topic = ? AND seq >= ? ORDER BY seq',
      [TOPIC, this.nextSeq],
    );
    for (const { seq, payload } of rows) {
      if (seq < this.nextSeq) continue;
      if (seq > this.nextSeq) throw new Error(`${TOPIC} ${this.nextSeq} was removed unread`);
      this.nextSeq += 1;
      for (const { key, value } of JSON.parse(payload) as Pick<LogMessage, 'key' | 'value'>[])
        this.messages.push({ partition: 0, offset: seq, key, value });
    }
  }
}
