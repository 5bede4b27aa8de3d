import { ApiProperty } from '@nestjs/swagger';
import { API_DECIMAL_TEXT, API_INSTANT } from './api-members';
import { ORDER_SIDES, type OrderSide } from './trading-terms';

const API_ORDER_ID = { type: 'integer', format: 'int64', minimum: 1 } as const;

/** One fill, at the maker's price. */
export class TradeDto {
  @ApiProperty({ maxLength: 255, example: 'AAPL' })
  item: string;

  @ApiProperty({
    type: 'integer',
    format: 'int64',
    minimum: 1,
    description: '1, 2, 3, … without a gap in each item.',
    example: 1,
  })
  trade_id: number;

  @ApiProperty({ ...API_DECIMAL_TEXT, example: '150.50' })
  price: string;

  @ApiProperty({ ...API_DECIMAL_TEXT, example: '2.5' })
  quantity: string;

  @ApiProperty({ enum: ORDER_SIDES, enumName: 'OrderSide' })
  taker_side: OrderSide;

  @ApiProperty(API_ORDER_ID)
  maker_order_id: number;

  @ApiProperty(API_ORDER_ID)
  taker_order_id: number;

  @ApiProperty({ ...API_INSTANT, description: 'When the command that caused it was given.' })
  executed_at: string;
}

export const TRADE_ROLES = ['MAKER', 'TAKER'] as const;
export type TradeRole = (typeof TRADE_ROLES)[number];

/** A fill as one of its two orders sees it. */
export class OwnTradeDto extends TradeDto {
  @ApiProperty(API_ORDER_ID)
  order_id: number;

  @ApiProperty({ enum: ORDER_SIDES, enumName: 'OrderSide' })
  side: OrderSide;

  @ApiProperty({ enum: TRADE_ROLES, enumName: 'TradeRole' })
  role: TradeRole;
}
