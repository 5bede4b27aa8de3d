import { formatAmount, type OrderReason, type OrderStatus } from '@app/contracts';
import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { binaryText, safeInteger } from './columns';

/** An order. Times are ms since the epoch. */
@Entity('orders')
@Index('ix_orders_user_id', ['userId'])
@Index('ix_orders_item', ['item'])
@Index('ix_orders_status', ['status'])
export class OrderEntity {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id: number;

  @Column('bigint', { name: 'user_id', transformer: safeInteger })
  userId: number;

  @Column('varchar', { length: 255, ...binaryText })
  item: string;

  @Column('decimal', {
    precision: 10,
    scale: 2,
    transformer: { from: formatAmount, to: (amount: string) => amount },
  })
  amount: string;

  @Column('varchar', { length: 16, ...binaryText })
  status: OrderStatus;

  @Column('varchar', { length: 32, nullable: true, ...binaryText })
  reason: OrderReason | null;

  @Column('bigint', { name: 'created_at_ms', transformer: safeInteger })
  createdAtMs: number;

  @Column('bigint', { name: 'updated_at_ms', transformer: safeInteger })
  updatedAtMs: number;
}
