import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { API_DECIMAL, API_DECIMAL_TEXT } from './api-members';
import { MAX_UNIT_SCALE, parseUnit } from './decimal';
import { Holds, IsOneOf, IsPositiveDecimal } from './member-rules';
import { MARKET_STATES, type MarketState } from './trading-terms';

function IsUnit(): PropertyDecorator {
  return Holds(
    'isUnit',
    (value) => parseUnit(value) !== null,
    `must be a positive decimal below 10^9 with at most ${MAX_UNIT_SCALE} decimals`,
  );
}

/** Body of `PUT /markets/{item}`: replaces what was set before. A member that is null counts as left out. */
export class PutMarketDto {
  @ApiPropertyOptional({
    ...API_DECIMAL,
    description:
      'Prices are multiples of it; left out it stays as it is. Fixed from the first book order on.',
    example: '0.01',
  })
  @IsOptional()
  @IsUnit()
  tick_size?: string | number | null;

  @ApiPropertyOptional({
    ...API_DECIMAL,
    description: 'Quantities are multiples of it; as the tick.',
    example: '0.0001',
  })
  @IsOptional()
  @IsUnit()
  lot_size?: string | number | null;

  @ApiPropertyOptional({
    ...API_DECIMAL,
    description:
      'Orders with a limit or stop below it are rejected; left out there is no such bound.',
    example: '1.00',
  })
  @IsOptional()
  @IsPositiveDecimal()
  min_price?: string | number | null;

  @ApiPropertyOptional({ ...API_DECIMAL, example: '1000.00' })
  @IsOptional()
  @IsPositiveDecimal()
  max_price?: string | number | null;

  @ApiPropertyOptional({ ...API_DECIMAL, example: '0.1' })
  @IsOptional()
  @IsPositiveDecimal()
  min_quantity?: string | number | null;

  @ApiPropertyOptional({ ...API_DECIMAL, example: '10000' })
  @IsOptional()
  @IsPositiveDecimal()
  max_quantity?: string | number | null;

  @ApiPropertyOptional({ enum: MARKET_STATES, enumName: 'MarketState', default: 'TRADING' })
  @IsOptional()
  @IsOneOf(MARKET_STATES)
  state?: MarketState | null;
}

const PRICE_OR_NULL = { ...API_DECIMAL_TEXT, nullable: true } as const;

/** What holds for an item: as an operator has set it, or the defaults. */
export class MarketDto {
  @ApiProperty({ maxLength: 255, example: 'AAPL' })
  item: string;

  @ApiProperty({ ...API_DECIMAL_TEXT, example: '0.01' })
  tick_size: string;

  @ApiProperty({ ...API_DECIMAL_TEXT, example: '0.0001' })
  lot_size: string;

  @ApiProperty({ ...PRICE_OR_NULL, example: '1.00' })
  min_price: string | null;

  @ApiProperty({ ...PRICE_OR_NULL, example: '1000.00' })
  max_price: string | null;

  @ApiProperty({ ...PRICE_OR_NULL, example: '0.1' })
  min_quantity: string | null;

  @ApiProperty({ ...PRICE_OR_NULL, example: null })
  max_quantity: string | null;

  @ApiProperty({ enum: MARKET_STATES, enumName: 'MarketState', example: 'TRADING' })
  state: MarketState;

  @ApiProperty({
    ...PRICE_OR_NULL,
    description: 'Of the latest trade; null before the first.',
    example: '150.50',
  })
  last_price: string | null;

  @ApiProperty({
    type: 'integer',
    format: 'int64',
    description: 'How many events the market has had (`seq` of `market.events`).',
    example: 42,
  })
  sequence: number;
}
