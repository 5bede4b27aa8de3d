import { formatAmount, type OrderReason, type OrderStatus } from '@app/contracts';
import type { OrderSide, OrderType, SelfTradePrevention, TimeInForce } from '@app/contracts';
import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { binaryText, bigInteger, safeInteger } from './columns';

/**
 * An order. Times are ms since the epoch. A plain order has an amount and no side; a book order has a side, its
 * prices in ticks and its quantities in lots of its item's market (`markets`), and no amount: that is derived.
 */
@Entity('orders')
@Index('ix_orders_user_id', ['userId'])
@Index('ux_orders_request_key', ['userId', 'requestKey'], { unique: true })
@Index('ix_orders_book', ['item', 'status', 'side', 'priceTicks'])
@Index('ix_orders_status', ['status', 'expiresAtMs'])
export class OrderEntity {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id: number;

  @Column('bigint', { name: 'user_id', transformer: safeInteger })
  userId: number;

  @Column('varchar', { length: 255, ...binaryText })
  item: string;

  /** Of a plain order alone. */
  @Column('decimal', {
    precision: 10,
    scale: 2,
    nullable: true,
    transformer: {
      from: (stored: string | number | null) => (stored === null ? null : formatAmount(stored)),
      to: (amount: string | null) => amount,
    },
  })
  amount: string | null;

  @Column('varchar', { length: 16, ...binaryText })
  status: OrderStatus;

  @Column('varchar', { length: 32, nullable: true, ...binaryText })
  reason: OrderReason | null;

  @Column('bigint', { name: 'created_at_ms', transformer: safeInteger })
  createdAtMs: number;

  @Column('bigint', { name: 'updated_at_ms', transformer: safeInteger })
  updatedAtMs: number;

  /** `c:` and the client_order_id, or `i:` and the Idempotency-Key: what makes a request the same as an earlier one. */
  @Column('varchar', { name: 'request_key', length: 160, nullable: true, ...binaryText })
  requestKey: string | null;

  /** SHA-256 of what was asked for, its first 128 bits in hexadecimal digits; of an order with a request key. */
  @Column('varchar', { name: 'request_hash', length: 32, nullable: true, ...binaryText })
  requestHash: string | null;

  @Column('varchar', { length: 4, nullable: true, ...binaryText })
  side: OrderSide | null;

  @Column('varchar', { length: 10, nullable: true, ...binaryText })
  type: OrderType | null;

  @Column('varchar', { name: 'time_in_force', length: 3, nullable: true, ...binaryText })
  timeInForce: TimeInForce | null;

  @Column('varchar', { name: 'self_trade_prevention', length: 13, nullable: true, ...binaryText })
  selfTradePrevention: SelfTradePrevention | null;

  @Column('int', { name: 'post_only', nullable: true })
  postOnly: number | null;

  /** The limit. */
  @Column('bigint', { name: 'price_ticks', nullable: true, transformer: safeInteger })
  priceTicks: number | null;

  /** The total, its filled part included; null for a MARKET order by amount. */
  @Column('bigint', { name: 'quantity_lots', nullable: true, transformer: safeInteger })
  quantityLots: number | null;

  /** What a MARKET order by amount spends or raises at most, in ticks × lots. */
  @Column('bigint', { name: 'budget', nullable: true, transformer: safeInteger })
  budget: number | null;

  @Column('bigint', { name: 'stop_ticks', nullable: true, transformer: safeInteger })
  stopTicks: number | null;

  @Column('bigint', { name: 'display_lots', nullable: true, transformer: safeInteger })
  displayLots: number | null;

  /** When a GTD or DAY order ends. */
  @Column('bigint', { name: 'expires_at_ms', nullable: true, transformer: safeInteger })
  expiresAtMs: number | null;

  @Column('bigint', { name: 'filled_lots', default: 0, transformer: safeInteger })
  filledLots: number;

  /** Sum of price × quantity of its trades, in ticks × lots. */
  @Column('decimal', { precision: 38, scale: 0, default: 0, transformer: bigInteger })
  notional: bigint;

  /** What the public book shows of it now; 0 unless it rests. */
  @Column('bigint', { name: 'visible_lots', default: 0, transformer: safeInteger })
  visibleLots: number;

  /** Sequence of its market at which the matcher took it in; null until then. */
  @Column('bigint', { name: 'accepted_sequence', nullable: true, transformer: safeInteger })
  acceptedSequence: number | null;

  /** Sequence at which it took its place in the queue where it stands: places go by it. */
  @Column('bigint', { name: 'queue_sequence', nullable: true, transformer: safeInteger })
  queueSequence: number | null;

  /** Whether it is a stop that has fired. */
  @Column('int', { default: 0 })
  triggered: number;

  /** Sequence (in `order.events`) of the last amend or cancel that was carried out or refused. */
  @Column('bigint', { name: 'command_sequence', default: 0, transformer: safeInteger })
  commandSequence: number;
}
