/** One event as it is published: `value` is JSON text. */
export interface OutboxEvent {
  key: string;
  value: string;
}

/** The events of one committed transaction. */
export interface OutboxEntry {
  topic: string;
  seq: number;
  events: readonly OutboxEvent[];
}
