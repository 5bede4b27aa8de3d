import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { API_DECIMAL, API_INSTANT } from './api-members';
import { IsFlag, IsInstant, IsOneOf, IsPositiveDecimal } from './member-rules';
import { NewOrderDto } from './new-order.dto';
import {
  ORDER_SIDES,
  ORDER_TYPES,
  type OrderSide,
  type OrderType,
  SELF_TRADE_PREVENTIONS,
  type SelfTradePrevention,
  TIMES_IN_FORCE,
  type TimeInForce,
} from './trading-terms';

/**
 * Body of `POST /orders` with a `side`: an order for the item's order book. Which members go together:
 * docs/matching-rules.md §2. A member that is null counts as left out.
 */
export class CreateBookOrderDto extends NewOrderDto {
  @ApiProperty({ enum: ORDER_SIDES, enumName: 'OrderSide', example: 'BUY' })
  @IsOneOf(ORDER_SIDES)
  side: OrderSide;

  @ApiPropertyOptional({ enum: ORDER_TYPES, enumName: 'OrderType', default: 'LIMIT' })
  @IsOptional()
  @IsOneOf(ORDER_TYPES)
  type?: OrderType | null;

  @ApiPropertyOptional({
    ...API_DECIMAL,
    description: 'The limit, a multiple of the tick. Required for LIMIT and STOP_LIMIT.',
    example: '150.50',
  })
  @IsOptional()
  @IsPositiveDecimal()
  price?: string | number | null;

  @ApiPropertyOptional({
    ...API_DECIMAL,
    description: 'A multiple of the lot. Required, but for a MARKET order with an amount.',
    example: '10',
  })
  @IsOptional()
  @IsPositiveDecimal()
  quantity?: string | number | null;

  @ApiPropertyOptional({
    ...API_DECIMAL,
    description: 'Of a MARKET order without a quantity: the money it spends or raises at most.',
    example: '1000.00',
  })
  @IsOptional()
  @IsPositiveDecimal()
  amount?: string | number | null;

  @ApiPropertyOptional({
    ...API_DECIMAL,
    description: 'Required for STOP and STOP_LIMIT: the last trade price that sets it off.',
    example: '155.00',
  })
  @IsOptional()
  @IsPositiveDecimal()
  stop_price?: string | number | null;

  @ApiPropertyOptional({
    enum: TIMES_IN_FORCE,
    enumName: 'TimeInForce',
    description: 'GTC by default, IOC for MARKET. DAY ends at the next 00:00 UTC.',
  })
  @IsOptional()
  @IsOneOf(TIMES_IN_FORCE)
  time_in_force?: TimeInForce | null;

  @ApiPropertyOptional({ ...API_INSTANT, description: 'When a GTD order ends. Required for it.' })
  @IsOptional()
  @IsInstant()
  expires_at?: string | null;

  @ApiPropertyOptional({ type: 'boolean', default: false, description: 'Never takes.' })
  @IsOptional()
  @IsFlag()
  post_only?: boolean | null;

  @ApiPropertyOptional({
    ...API_DECIMAL,
    description: 'An iceberg shows so much of its quantity at a time.',
    example: '2',
  })
  @IsOptional()
  @IsPositiveDecimal()
  display_quantity?: string | number | null;

  @ApiPropertyOptional({
    enum: SELF_TRADE_PREVENTIONS,
    enumName: 'SelfTradePrevention',
    default: 'NONE',
  })
  @IsOptional()
  @IsOneOf(SELF_TRADE_PREVENTIONS)
  self_trade_prevention?: SelfTradePrevention | null;
}
