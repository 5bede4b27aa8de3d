import { ApiProperty } from '@nestjs/swagger';
import { API_DECIMAL_TEXT, API_INSTANT } from './api-members';

export const CANDLE_INTERVALS = ['1s', '1m', '5m', '15m', '30m', '1h', '4h', '1d'] as const;
export type CandleInterval = (typeof CANDLE_INTERVALS)[number];

/** The trades of an item within an interval; there is none for an interval without trades. */
export class CandleDto {
  @ApiProperty({
    ...API_INSTANT,
    description: 'When it begins.',
    example: '2026-11-22T15:18:00.000Z',
  })
  start: string;

  @ApiProperty({ ...API_DECIMAL_TEXT, example: '150.50' })
  open: string;

  @ApiProperty({ ...API_DECIMAL_TEXT, example: '151.00' })
  high: string;

  @ApiProperty({ ...API_DECIMAL_TEXT, example: '150.25' })
  low: string;

  @ApiProperty({ ...API_DECIMAL_TEXT, example: '150.75' })
  close: string;

  @ApiProperty({ ...API_DECIMAL_TEXT, description: 'Sum of the quantities.', example: '12.5' })
  volume: string;

  @ApiProperty({
    ...API_DECIMAL_TEXT,
    description: 'Sum of price × quantity.',
    example: '1883.125',
  })
  notional: string;

  @ApiProperty({ type: 'integer', minimum: 1, example: 3 })
  trades: number;
}

const TEXT_OR_NULL = { ...API_DECIMAL_TEXT, nullable: true } as const;

/** The last 24 hours of an item, to the minute. */
export class TickerDto {
  @ApiProperty({ maxLength: 255, example: 'AAPL' })
  item: string;

  @ApiProperty({ ...TEXT_OR_NULL, description: 'Of the latest trade, however old.' })
  last: string | null;

  @ApiProperty({ ...TEXT_OR_NULL, description: 'Of the first trade of the 24 hours; null: none.' })
  open: string | null;

  @ApiProperty(TEXT_OR_NULL)
  high: string | null;

  @ApiProperty(TEXT_OR_NULL)
  low: string | null;

  @ApiProperty({ ...TEXT_OR_NULL, description: 'last − open', example: '-0.25' })
  change: string | null;

  @ApiProperty(API_DECIMAL_TEXT)
  volume: string;

  @ApiProperty(API_DECIMAL_TEXT)
  notional: string;

  @ApiProperty({ type: 'integer', minimum: 0 })
  trades: number;
}
