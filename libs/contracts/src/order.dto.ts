import { ApiProperty } from '@nestjs/swagger';
import { ORDER_STATUSES, type OrderStatus } from './order-status';

/** A plain order as every endpoint returns it: exactly these five keys. */
export class OrderDto {
  @ApiProperty({ type: 'integer', format: 'int64', minimum: 1, example: 1 })
  id: number;

  @ApiProperty({ type: 'integer', format: 'int64', minimum: 1, example: 1 })
  user_id: number;

  @ApiProperty({ maxLength: 255, example: 'AAPL' })
  item: string;

  @ApiProperty({
    description: 'Decimal string with exactly two decimals.',
    pattern: '^\\d{1,8}\\.\\d{2}$',
    example: '150.50',
  })
  amount: string;

  @ApiProperty({
    enum: ORDER_STATUSES,
    enumName: 'OrderStatus',
    example: 'OPEN',
  })
  status: OrderStatus;
}
