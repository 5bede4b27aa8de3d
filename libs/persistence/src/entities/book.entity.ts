import type { MarketState } from '@app/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { binaryText, safeInteger } from './columns';

/**
 * What of an item's order book is not in its orders: together with the live orders it is the whole book. The matcher
 * writes it with the effects it belongs to, by compare-and-set on the sequence.
 */
@Entity('books')
export class BookEntity {
  @PrimaryColumn('varchar', { length: 255, ...binaryText })
  item: string;

  /** Sequence of the market's latest effect. */
  @Column('bigint', { transformer: safeInteger })
  sequence: number;

  /** Number of the market's latest trade. */
  @Column('bigint', { name: 'trade_id', transformer: safeInteger })
  tradeId: number;

  /** 0 before the first trade. */
  @Column('bigint', { name: 'last_price_ticks', transformer: safeInteger })
  lastPriceTicks: number;

  /** The latest time that the market was told, ms since the epoch. */
  @Column('bigint', { name: 'clock_ms', transformer: safeInteger })
  clockMs: number;

  @Column('varchar', { length: 11, ...binaryText })
  state: MarketState;

  @Column('bigint', { name: 'min_price_ticks', transformer: safeInteger })
  minPriceTicks: number;

  @Column('bigint', { name: 'max_price_ticks', transformer: safeInteger })
  maxPriceTicks: number;

  @Column('bigint', { name: 'min_quantity_lots', transformer: safeInteger })
  minQuantityLots: number;

  @Column('bigint', { name: 'max_quantity_lots', transformer: safeInteger })
  maxQuantityLots: number;

  /** Sequence (in `order.events`) of the last change of state and rules. */
  @Column('bigint', { name: 'command_sequence', default: 0, transformer: safeInteger })
  commandSequence: number;
}
