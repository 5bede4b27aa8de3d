import type { MarketState } from '@app/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { binaryText, safeInteger } from './columns';

/** What an operator has set for an item, or the defaults that its first book order found. The api writes it. */
@Entity('markets')
export class MarketEntity {
  @PrimaryColumn('varchar', { length: 255, ...binaryText })
  item: string;

  /** Decimal text. It and the lot size are fixed from the first book order on. */
  @Column('varchar', { name: 'tick_size', length: 32, ...binaryText })
  tickSize: string;

  /** Decimal text. */
  @Column('varchar', { name: 'lot_size', length: 32, ...binaryText })
  lotSize: string;

  /** Price band, both ends included; null where there is none. */
  @Column('bigint', { name: 'min_price_ticks', nullable: true, transformer: safeInteger })
  minPriceTicks: number | null;

  @Column('bigint', { name: 'max_price_ticks', nullable: true, transformer: safeInteger })
  maxPriceTicks: number | null;

  /** Bounds of an order's quantity; null where there is none. */
  @Column('bigint', { name: 'min_quantity_lots', nullable: true, transformer: safeInteger })
  minQuantityLots: number | null;

  @Column('bigint', { name: 'max_quantity_lots', nullable: true, transformer: safeInteger })
  maxQuantityLots: number | null;

  @Column('varchar', { length: 11, ...binaryText })
  state: MarketState;

  /** Whether an order may have been placed in its ticks and lots: they can not change any more. */
  @Column('int', { name: 'in_use', default: 0 })
  inUse: number;

  @Column('bigint', { name: 'updated_at_ms', transformer: safeInteger })
  updatedAtMs: number;
}
