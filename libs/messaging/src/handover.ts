import type { OutboxEntry } from './outbox-entry';

/** Beyond so many events nobody in this process seems to read the topic: they are read from the store then. */
const MAX_EVENTS = 20_000;

/** Committed entries on their way to a reader in the same process, which it then need not read from the store. */
export class Handover {
  private readonly topics = new Map<
    string,
    { entries: Map<number, OutboxEntry>; events: number }
  >();

  put(entry: OutboxEntry): void {
    const waiting = this.waitingFor(entry.topic);
    if (waiting.events + entry.events.length > MAX_EVENTS) {
      waiting.entries.clear();
      waiting.events = 0;
    }
    waiting.entries.set(entry.seq, entry);
    waiting.events += entry.events.length;
  }

  /** @returns entries from `fromSeq` on without a gap; none where the first is not here. They are here no more. */
  take(topic: string, fromSeq: number, limit: number): OutboxEntry[] {
    const waiting = this.waitingFor(topic);
    const taken: OutboxEntry[] = [];
    for (let seq = fromSeq; taken.length < limit; seq += 1) {
      const entry = waiting.entries.get(seq);
      if (entry === undefined) break;
      waiting.entries.delete(seq);
      waiting.events -= entry.events.length;
      taken.push(entry);
    }
    return taken;
  }

  private waitingFor(topic: string): { entries: Map<number, OutboxEntry>; events: number } {
    let waiting = this.topics.get(topic);
    if (waiting === undefined) {
      waiting = { entries: new Map(), events: 0 };
      this.topics.set(topic, waiting);
    }
    return waiting;
  }
}
