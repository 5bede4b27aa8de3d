import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { API_DECIMAL_TEXT, API_INSTANT } from './api-members';
import { OrderDto } from './order.dto';
import { ORDER_REASONS, type OrderReason } from './order-reason';
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
 * A book order as every endpoint returns it. Prices have the decimals of the tick; `amount` is price × quantity, of an
 * order without a price what it has executed. The members at the end are there when they were given.
 */
export class BookOrderDto extends OrderDto {
  @ApiProperty({ enum: ORDER_SIDES, enumName: 'OrderSide' })
  side: OrderSide;

  @ApiProperty({ enum: ORDER_TYPES, enumName: 'OrderType' })
  type: OrderType;

  @ApiProperty({ ...API_DECIMAL_TEXT, nullable: true, example: '150.50' })
  price: string | null;

  @ApiProperty({
    ...API_DECIMAL_TEXT,
    nullable: true,
    description: 'The total, its filled part included; null for a MARKET order by amount.',
    example: '10',
  })
  quantity: string | null;

  @ApiProperty({ ...API_DECIMAL_TEXT, example: '4' })
  filled_quantity: string;

  @ApiProperty({
    ...API_DECIMAL_TEXT,
    nullable: true,
    description: 'quantity − filled_quantity',
    example: '6',
  })
  remaining_quantity: string | null;

  @ApiProperty({
    ...API_DECIMAL_TEXT,
    nullable: true,
    description: 'Of its trades, to 8 decimals; null before the first.',
    example: '150.375',
  })
  average_price: string | null;

  @ApiProperty({ enum: TIMES_IN_FORCE, enumName: 'TimeInForce' })
  time_in_force: TimeInForce;

  @ApiProperty({
    enum: ORDER_REASONS,
    enumName: 'OrderReason',
    nullable: true,
    description: 'Why it ended, where it did not end FILLED.',
  })
  reason: OrderReason | null;

  @ApiProperty(API_INSTANT)
  created_at: string;

  @ApiProperty(API_INSTANT)
  updated_at: string;

  @ApiPropertyOptional({ ...API_DECIMAL_TEXT, example: '155.00' })
  stop_price?: string;

  @ApiPropertyOptional({ ...API_DECIMAL_TEXT, example: '2' })
  display_quantity?: string;

  @ApiPropertyOptional({ type: 'boolean' })
  post_only?: boolean;

  @ApiPropertyOptional({ enum: SELF_TRADE_PREVENTIONS, enumName: 'SelfTradePrevention' })
  self_trade_prevention?: SelfTradePrevention;

  @ApiPropertyOptional({ ...API_INSTANT, description: 'Of GTD and DAY orders.' })
  expires_at?: string;
}
