import type { ProcessLock } from '@app/persistence';
import { describeError, type Log } from '@app/platform';
import { BaseRpcContext, type CustomTransportStrategy, Server } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import { Backoff } from './backoff';
import type { Checkpoints, Claim } from './checkpoints';
import type { EventBatch, IncomingEvent } from './event-batch';
import type { Outbox } from './outbox';
import type { OutboxEntry } from './outbox-entry';
import { FIRST_SEQ, OUTBOX_PARTITION } from './outbox-partition';

/** How long a process waits at a time for the one that reads the topic now. */
const LOCK_WAIT_MS = 1000;
const ENTRIES_PER_READ = 100;
/** How soon entries of other processes, which send no signal here, are seen. */
const POLL_MS = 100;
/** How many consumed entries are kept for a replay, and how often the others are removed. */
const KEPT_ENTRIES = 100_000;
const TRIM_EVERY_ENTRIES = 1000;

/**
 * Nest transport that needs no broker: it reads the outbox table itself, as one partition whose offsets are the
 * entries' numbers. It hands the same batches to the same `@EventPattern` handlers as the Kafka transport.
 */
export class OutboxTailServer extends Server implements CustomTransportStrategy {
  override readonly propagatesEventHandlerErrors = true;
  private readonly stopping = new AbortController();
  private tails: Promise<void>[] = [];
  private trimAtOffset = 0;

  constructor(
    private readonly group: string,
    private readonly batchSize: number,
    private readonly outbox: Outbox,
    private readonly checkpoints: Checkpoints,
    private readonly lock: ProcessLock,
    private readonly log: Log,
  ) {
    super();
  }

  listen(callback: () => void): void {
    this.tails = [...this.messageHandlers.keys()].map((topic) => this.tail(topic));
    callback();
  }

  async close(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.tails);
    await this.lock.release();
  }

  on(): never {
    throw new Error('the outbox transport emits no events');
  }

  unwrap<T>(): T {
    return this.outbox as T;
  }

  private async tail(topic: string): Promise<void> {
    const backoff = new Backoff();
    let claim: Claim | null = null;
    while (!this.stopping.signal.aborted) {
      try {
        if (claim === null && !(await this.holdsLock())) continue;
        claim ??= await this.claim(topic);
        const entries = await this.outbox.read(topic, claim.nextOffset, ENTRIES_PER_READ);
        for (const batch of toBatches(entries, claim, this.batchSize)) await this.deliver(batch);
        backoff.reset();
        if (entries.length === 0)
          await this.outbox.waitForEntries(topic, POLL_MS, this.stopping.signal);
      } catch (error) {
        claim = null;
        this.log.warn('batch is tried again', {
          topic,
          ...describeError(error),
        });
        await backoff.wait(this.stopping.signal);
      }
    }
  }

  /** One process at a time: two would take the claim from each other for ever. */
  private async holdsLock(): Promise<boolean> {
    return (await this.lock.isHeld()) || (await this.lock.acquire(LOCK_WAIT_MS));
  }

  private claim(topic: string): Promise<Claim> {
    return this.checkpoints.claim(this.group, topic, OUTBOX_PARTITION, FIRST_SEQ);
  }

  private async trim({ topic, nextOffset }: EventBatch): Promise<void> {
    if (nextOffset < this.trimAtOffset) return;
    this.trimAtOffset = nextOffset + TRIM_EVERY_ENTRIES;
    await this.outbox.delete(topic, nextOffset - KEPT_ENTRIES);
  }

  private async deliver(batch: EventBatch): Promise<void> {
    const handler = this.getHandlerByPattern(batch.topic);
    if (handler === null) throw new Error(`no handler for ${batch.topic}`);
    const result: unknown = await handler(batch, new BaseRpcContext([]));
    if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
    batch.claim.nextOffset = batch.nextOffset;
    await this.trim(batch);
  }
}

/** Joins entries to batches of about `batchSize` events. An entry is never split: its number is its only offset. */
function* toBatches(
  entries: OutboxEntry[],
  claim: Claim,
  batchSize: number,
): Generator<EventBatch> {
  const { topic, partition } = claim;
  let events: IncomingEvent[] = [];
  for (const [index, entry] of entries.entries()) {
    for (const { key, value } of entry.events) {
      events.push({ offset: entry.seq, key, value });
    }
    const isLast = index === entries.length - 1;
    if (events.length < batchSize && !isLast) continue;
    yield { topic, partition, events, nextOffset: entry.seq + 1, claim };
    events = [];
  }
}
