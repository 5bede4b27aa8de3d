/** What of one partition is in the log: `low` is its first offset, `high` the one behind its last. */
export interface PartitionOffsets {
  partition: number;
  low: number;
  high: number;
}

/** Row of `checkpoints` as the drivers give it: BIGINT is text on MySQL. */
export interface CheckpointOffset {
  partition_id: string | number;
  next_offset: string | number;
}

/** Numbers of a topic's oldest and newest entry in the outbox; null when it has none. */
export interface OutboxSpan {
  first_seq: string | number | null;
  last_seq: string | number | null;
}

/** @returns events of the log whose effects are not committed; a partition without a checkpoint was never read. */
export function eventsBehind(
  partitions: readonly PartitionOffsets[],
  checkpoints: readonly CheckpointOffset[],
): number {
  const next = new Map(checkpoints.map((row) => [Number(row.partition_id), +row.next_offset]));
  let behind = 0;
  for (const { partition, low, high } of partitions) {
    behind += Math.max(0, high - Math.max(low, next.get(partition) ?? low));
  }
  return behind;
}

/** @returns how many entries of a topic lie in the outbox: their numbers have no gap. */
export function entriesOf({ first_seq: first, last_seq: last }: OutboxSpan): number {
  return first === null || last === null ? 0 : Math.max(0, Number(last) - Number(first) + 1);
}
