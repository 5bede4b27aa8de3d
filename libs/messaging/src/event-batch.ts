import type { Claim } from './checkpoints';

/** One message as it came: nothing of it has been checked. */
export interface IncomingEvent {
  offset: number;
  key: string | null;
  /** UTF-8 text; null for a Kafka tombstone. */
  value: string | null;
}

/**
 * What a handler of `@EventPattern('order.events')` gets, on every transport: events of one partition in order.
 * The handler must commit its effects together with `checkpoints.advance(tx, batch.claim, batch.nextOffset)`.
 */
export interface EventBatch {
  topic: string;
  partition: number;
  events: readonly IncomingEvent[];
  /** Where the partition goes on after this batch. */
  nextOffset: number;
  claim: Claim;
}
