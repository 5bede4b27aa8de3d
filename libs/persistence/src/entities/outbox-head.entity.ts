import { Column, Entity, PrimaryColumn } from 'typeorm';
import { binaryText, safeInteger } from './columns';

/** Number of the newest outbox entry of a topic. Its row lock puts the entries into commit order. */
@Entity('outbox_heads')
export class OutboxHeadEntity {
  @PrimaryColumn('varchar', { length: 64, ...binaryText })
  topic: string;

  @Column('bigint', { name: 'last_seq', transformer: safeInteger })
  lastSeq: number;
}
