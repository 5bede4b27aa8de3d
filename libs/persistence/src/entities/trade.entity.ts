import type { OrderSide } from '@app/contracts';
import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { binaryText, safeInteger } from './columns';

/** One fill, at the maker's price. */
@Entity('trades')
@Index('ux_trades_item', ['item', 'tradeId'], { unique: true })
@Index('ix_trades_item_time', ['item', 'executedAtMs'])
@Index('ix_trades_maker_order', ['makerOrderId'])
@Index('ix_trades_taker_order', ['takerOrderId'])
@Index('ix_trades_maker_user', ['makerUserId'])
@Index('ix_trades_taker_user', ['takerUserId'])
export class TradeEntity {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id: number;

  @Column('varchar', { length: 255, ...binaryText })
  item: string;

  /** 1, 2, 3, … without a gap in each item. */
  @Column('bigint', { name: 'trade_id', transformer: safeInteger })
  tradeId: number;

  /** Sequence of the market's effect. */
  @Column('bigint', { transformer: safeInteger })
  sequence: number;

  @Column('bigint', { name: 'price_ticks', transformer: safeInteger })
  priceTicks: number;

  @Column('bigint', { name: 'quantity_lots', transformer: safeInteger })
  quantityLots: number;

  @Column('bigint', { name: 'maker_order_id', transformer: safeInteger })
  makerOrderId: number;

  @Column('bigint', { name: 'taker_order_id', transformer: safeInteger })
  takerOrderId: number;

  @Column('bigint', { name: 'maker_user_id', transformer: safeInteger })
  makerUserId: number;

  @Column('bigint', { name: 'taker_user_id', transformer: safeInteger })
  takerUserId: number;

  @Column('varchar', { name: 'taker_side', length: 4, ...binaryText })
  takerSide: OrderSide;

  /** When the command that caused it was given, ms since the epoch. */
  @Column('bigint', { name: 'executed_at_ms', transformer: safeInteger })
  executedAtMs: number;
}
