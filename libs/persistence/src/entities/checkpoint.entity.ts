import { Column, Entity, PrimaryColumn } from 'typeorm';
import { binaryText, safeInteger } from './columns';

/** How far a consumer group's effects of one partition are committed, and which process may commit more. */
@Entity('checkpoints')
export class CheckpointEntity {
  @PrimaryColumn('varchar', {
    name: 'consumer_group',
    length: 200,
    ...binaryText,
  })
  consumerGroup: string;

  @PrimaryColumn('varchar', { length: 200, ...binaryText })
  topic: string;

  @PrimaryColumn('int', { name: 'partition_id' })
  partitionId: number;

  @Column('bigint', { name: 'next_offset', transformer: safeInteger })
  nextOffset: number;

  /** Rises at every claim: a process with an older epoch has lost the partition and can not commit. */
  @Column('bigint', { transformer: safeInteger })
  epoch: number;

  @Column('varchar', { length: 255, ...binaryText })
  owner: string;

  @Column('bigint', { name: 'updated_at_ms', transformer: safeInteger })
  updatedAtMs: number;
}
