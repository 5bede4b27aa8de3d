import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigInteger, binaryText, safeInteger } from './columns';

/** Trades of an item within a minute or an hour, added up with them. Other intervals are made of these. */
@Entity('candles')
export class CandleEntity {
  @PrimaryColumn('varchar', { length: 255, ...binaryText })
  item: string;

  /** 60 or 3600. */
  @PrimaryColumn('int', { name: 'seconds' })
  seconds: number;

  /** When it begins, ms since the epoch. */
  @PrimaryColumn('bigint', { name: 'start_ms', transformer: safeInteger })
  startMs: number;

  @Column('bigint', { name: 'open_ticks', transformer: safeInteger })
  openTicks: number;

  @Column('bigint', { name: 'high_ticks', transformer: safeInteger })
  highTicks: number;

  @Column('bigint', { name: 'low_ticks', transformer: safeInteger })
  lowTicks: number;

  @Column('bigint', { name: 'close_ticks', transformer: safeInteger })
  closeTicks: number;

  @Column('decimal', { name: 'volume_lots', precision: 38, scale: 0, transformer: bigInteger })
  volumeLots: bigint;

  /** Sum of price × quantity, in ticks × lots. */
  @Column('decimal', { precision: 38, scale: 0, transformer: bigInteger })
  notional: bigint;

  @Column('bigint', { transformer: safeInteger })
  trades: number;
}
