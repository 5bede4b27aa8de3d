import { Column, Entity, PrimaryColumn } from 'typeorm';
import { binaryText, safeInteger } from './columns';

/** The events of one transaction, in order. Entries of a topic are numbered in the order of their commits. */
@Entity('outbox_entries')
export class OutboxEntryEntity {
  @PrimaryColumn('varchar', { length: 64, ...binaryText })
  topic: string;

  @PrimaryColumn('bigint', { transformer: safeInteger })
  seq: number;

  /** JSON array of `{key, value}`. */
  @Column({ type: 'mediumtext', ...binaryText })
  payload: string;

  @Column('bigint', { name: 'created_at_ms', transformer: safeInteger })
  createdAtMs: number;
}
