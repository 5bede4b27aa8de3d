import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { binaryText, safeInteger } from './columns';

/** A plain order that waits for its fill. The row goes when the order reaches its final state. */
@Entity('scheduled_fills')
@Index('ix_scheduled_fills_due_at_ms', ['dueAtMs'])
export class ScheduledFillEntity {
  @PrimaryColumn('bigint', { name: 'order_id', transformer: safeInteger })
  orderId: number;

  @Column('bigint', { name: 'due_at_ms', transformer: safeInteger })
  dueAtMs: number;

  /** Id of the request that placed the order, for the log line of its fill. */
  @Column('varchar', {
    name: 'request_id',
    length: 128,
    nullable: true,
    ...binaryText,
  })
  requestId: string | null;
}
