import type { LogMessage } from '../topic';
import { show } from './row-comparison';

/** An event of `order.events` as it was first delivered. */
export interface LoggedEvent {
  sequence: number;
  type: string;
  item: string;
  atMs: number;
  value: Record<string, unknown>;
}

/** What the log tells: each event once, in the order in which it first came. */
export interface OrderLog {
  events: LoggedEvent[];
  /** How many messages were copies of earlier ones. */
  repeated: number;
  faults: string[];
}

/**
 * Events come again, in any order, after they have come once; what counts is that the first ones of each item come in
 * the order in which they were written, and that a copy is a copy.
 */
export function readLog(messages: readonly LogMessage[]): OrderLog {
  const log: OrderLog = { events: [], repeated: 0, faults: [] };
  const first = new Map<string, string>();
  const partitions = new Map<string, number>();
  const latest = new Map<string, number>();
  for (const { partition, key, value } of messages) {
    const stamp = value.sequence;
    if (typeof stamp !== 'string' || !/^\d+$/.test(stamp)) {
      log.faults.push(`an event without a sequence: ${show(value)}`);
      continue;
    }
    const text = show(value);
    const known = first.get(stamp);
    if (known !== undefined) {
      log.repeated += 1;
      if (known !== text) log.faults.push(`sequence ${stamp} names two events: ${known} ${text}`);
      continue;
    }
    first.set(stamp, text);
    const event = toEvent(Number(stamp), value);
    if (event.item !== key) log.faults.push(`an event of ${event.item} under the key ${key}`);
    if ((partitions.get(key) ?? partition) !== partition)
      log.faults.push(`${key} lies in two partitions`);
    if ((latest.get(key) ?? 0) > event.sequence)
      log.faults.push(`event ${stamp} of ${key} comes first behind ${latest.get(key)}`);
    partitions.set(key, partition);
    latest.set(key, event.sequence);
    log.events.push(event);
  }
  return log;
}

function toEvent(sequence: number, value: Record<string, unknown>): LoggedEvent {
  const subject = (value.order ?? value.market) as { item: string };
  return {
    sequence,
    type: String(value.type),
    item: subject.item,
    atMs: Date.parse(String(value.occurred_at)),
    value,
  };
}
