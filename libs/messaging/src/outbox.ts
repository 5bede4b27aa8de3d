import type { Transaction } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { EventEmitter } from 'node:events';
import type { DataSource } from 'typeorm';

/** One event on its way to a topic. `key` decides the partition; `value` becomes JSON. */
export interface OutboxEvent {
  key: string;
  value: object;
}

/** The events of one committed transaction. */
export interface OutboxEntry {
  seq: number;
  events: OutboxEvent[];
}

/**
 * Events leave in the transaction of the rows they tell of, so there is no order without its event and no
 * event without its order. Entries of a topic are numbered in the order of their commits: the lock on the topic's
 * head is held until the commit, so an entry that can be read has no earlier one still to come.
 */
@Injectable()
export class Outbox {
  private readonly signals = new EventEmitter().setMaxListeners(0);

  /** Call it last in a transaction, and `committed` after it: until then writers of the same topic wait. */
  async append(
    tx: Transaction,
    topic: string,
    events: readonly OutboxEvent[],
    nowMs: number,
  ): Promise<void> {
    if (events.length === 0) return;
    await tx.execute('UPDATE outbox_heads SET last_seq = last_seq + 1 WHERE topic = ?', [topic]);
    await tx.execute(
      'INSERT INTO outbox_entries (topic, seq, payload, created_at_ms) ' +
        'SELECT topic, last_seq, ?, ? FROM outbox_heads WHERE topic = ?',
      [JSON.stringify(events), nowMs, topic],
    );
  }

  /** Wakes whoever in this process reads the topic. Readers elsewhere look by themselves. */
  committed(topic: string): void {
    this.signals.emit(topic);
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

interface EntryRow {
  seq: string | number;
  payload: string;
}

/** @returns up to `limit` entries of the topic numbered from `fromSeq`, in order. */
export async function readEntries(
  dataSource: DataSource,
  topic: string,
  fromSeq: number,
  limit: number,
): Promise<OutboxEntry[]> {
  const rows: EntryRow[] = await dataSource.query(
    'SELECT seq, payload FROM outbox_entries WHERE topic = ? AND seq >= ? ORDER BY seq LIMIT ?',
    [topic, fromSeq, limit],
  );
  return rows.map((row) => ({
    seq: Number(row.seq),
    events: JSON.parse(row.payload) as OutboxEvent[],
  }));
}

/** Removes published entries up to and including `seq`. */
export async function deleteEntries(
  dataSource: DataSource,
  topic: string,
  seq: number,
): Promise<void> {
  await dataSource.query('DELETE FROM outbox_entries WHERE topic = ? AND seq <= ?', [topic, seq]);
}
