import { type Transaction, Transactions } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { EventEmitter } from 'node:events';
import { Handover } from './handover';
import type { OutboxEntry, OutboxEvent } from './outbox-entry';

const DELETE_TIMEOUT_MS = 10_000;

/** Room for the events of one entry in the sequence that they are given. */
const EVENTS_PER_ENTRY = 65_536;

/**
 * One event on its way to a topic. `key` decides the partition; `value` becomes JSON, with a member `sequence` that
 * rises from event to event of the topic.
 */
export interface NewEvent {
  key: string;
  value: object;
}

/**
 * Events leave in the transaction of the rows they tell of, so there is no order without its event and no
 * event without its order. Entries of a topic are numbered in the order of their commits: the lock on the topic's
 * head is held until the commit, so an entry that can be read has no earlier one still to come.
 */
@Injectable()
export class Outbox {
  private readonly signals = new EventEmitter().setMaxListeners(0);
  private readonly handover = new Handover();

  constructor(private readonly transactions: Transactions) {}

  /**
   * Adds events to a transaction. Call it last: until the commit other writers of the same topic wait.
   * After the commit readers in this process have the events at once; readers elsewhere look by themselves.
   */
  async append(
    tx: Transaction,
    topic: string,
    newEvents: readonly NewEvent[],
    nowMs: number,
  ): Promise<void> {
    if (newEvents.length === 0) return;
    if (newEvents.length > EVENTS_PER_ENTRY) throw new RangeError('too many events for one entry');
    const seq = await tx.dialect.nextOutboxSeq(tx, topic);
    const events = newEvents.map(({ key, value }, index) => {
      const sequence = String(seq * EVENTS_PER_ENTRY + index);
      return { key, value: JSON.stringify({ ...value, sequence }) };
    });
    await tx.execute(
      'INSERT INTO outbox_entries (topic, seq, payload, created_at_ms) VALUES (?,?,?,?)',
      [topic, seq, toPayload(events), nowMs],
    );
    tx.whenCommitted(() => this.committed({ topic, seq, events }));
  }

  /** Hands a committed entry to whoever in this process reads its topic. */
  committed(entry: OutboxEntry): void {
    this.handover.put(entry);
    this.signals.emit(entry.topic);
  }

  /** @returns up to `limit` entries of the topic numbered from `fromSeq`, in order; from memory where they are there. */
  async read(topic: string, fromSeq: number, limit: number): Promise<OutboxEntry[]> {
    const handedOver = this.handover.take(topic, fromSeq, limit);
    if (handedOver.length > 0) return handedOver;
    const rows = await this.transactions.read((manager) =>
      manager.query<{ seq: string | number; payload: string }[]>(
        'SELECT seq, payload FROM outbox_entries WHERE topic = ? AND seq >= ? ORDER BY seq LIMIT ?',
        [topic, fromSeq, limit],
      ),
    );
    // What was committed while the store looked would otherwise wait for the reader's next look.
    if (rows.length === 0) return this.handover.take(topic, fromSeq, limit);
    return rows.map((row) => ({ topic, seq: Number(row.seq), events: fromPayload(row.payload) }));
  }

  /** @returns the number of the topic's newest entry, 0 before the first. */
  async lastSeq(topic: string): Promise<number> {
    const rows = await this.transactions.read((manager) =>
      manager.query<{ last_seq: string | number }[]>(
        'SELECT last_seq FROM outbox_heads WHERE topic = ?',
        [topic],
      ),
    );
    return Number(rows[0]?.last_seq ?? 0);
  }

  /** Removes entries up to and including `seq`. */
  async delete(topic: string, seq: number): Promise<void> {
    await this.transactions.run(
      (tx) => tx.execute('DELETE FROM outbox_entries WHERE topic = ? AND seq <= ?', [topic, seq]),
      DELETE_TIMEOUT_MS,
    );
  }

  /** Resolves when entries may have come: after `committed`, or after `timeoutMs`, or when `signal` aborts. */
  async waitForEntries(topic: string, timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    await new Promise<void>((resolve) => {
      const finish = (): void => {
        clearTimeout(timer);
        this.signals.off(topic, finish);
        signal.removeEventListener('abort', finish);
        resolve();
      };
      const timer = setTimeout(finish, timeoutMs);
      this.signals.on(topic, finish);
      signal.addEventListener('abort', finish);
    });
  }
}

/** A JSON array of `{key, value}`. The values are JSON already, and published as they stand here. */
function toPayload(events: readonly OutboxEvent[]): string {
  return `[${events.map(({ key, value }) => `{"key":${JSON.stringify(key)},"value":${value}}`).join(',')}]`;
}

function fromPayload(payload: string): OutboxEvent[] {
  const events = JSON.parse(payload) as { key: string; value: object }[];
  return events.map(({ key, value }) => ({ key, value: JSON.stringify(value) }));
}
