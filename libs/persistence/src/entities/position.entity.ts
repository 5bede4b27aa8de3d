import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigInteger, binaryText, safeInteger } from './columns';

/**
 * What a user holds of an item by its trades, written with them. At every moment the money that its trades brought
 * in is `realised − cost`, to the last digit.
 */
@Entity('positions')
export class PositionEntity {
  @PrimaryColumn('bigint', { name: 'user_id', transformer: safeInteger })
  userId: number;

  @PrimaryColumn('varchar', { length: 255, ...binaryText })
  item: string;

  /** Bought minus sold, in lots. */
  @Column('decimal', { name: 'net_lots', precision: 38, scale: 0, transformer: bigInteger })
  netLots: bigint;

  /** What the open quantity cost, in ticks × lots; negative for a short position: what it brought in. */
  @Column('decimal', { precision: 38, scale: 0, transformer: bigInteger })
  cost: bigint;

  /** Profit of what was bought and sold again, in ticks × lots, by average cost. */
  @Column('decimal', { precision: 38, scale: 0, transformer: bigInteger })
  realised: bigint;

  @Column('bigint', { name: 'updated_at_ms', transformer: safeInteger })
  updatedAtMs: number;
}
