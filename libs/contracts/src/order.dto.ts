import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { API_CLIENT_ORDER_ID } from './api-members';
import { ORDER_STATUSES, type OrderStatus } from './order-status';

/** A plain order as every endpoint returns it: these five keys, and `client_order_id` when it was given one. */
export class OrderDto {
  @ApiProperty({ type: 'integer', format: 'int64', minimum: 1, example: 1 })
  id: number;

  @ApiProperty({ type: 'integer', format: 'int64', minimum: 1, example: 1 })
  user_id: number;

  @ApiProperty({ maxLength: 255, example: 'AAPL' })
  item: string;

  @ApiProperty({
    description: 'Decimal string with exactly two decimals.',
    pattern: '^\\d+\\.\\d{2}$',
    example: '150.50',
  })
  amount: string;

  @ApiProperty({
    enum: ORDER_STATUSES,
    enumName: 'OrderStatus',
    example: 'OPEN',
  })
  status: OrderStatus;

  @ApiPropertyOptional({
    ...API_CLIENT_ORDER_ID,
    nullable: true,
    description: 'Of a plain order only where it has one; of a book order null where it has none.',
  })
  client_order_id?: string | null;
}
