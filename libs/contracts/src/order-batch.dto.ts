import { ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { BookOrderDto } from './book-order.dto';
import { CreateBookOrderDto } from './create-book-order.dto';
import { CreateOrderDto } from './create-order.dto';
import { OrderDto } from './order.dto';
import type { Problem } from './problem-code';
import { ProblemDto } from './problem.dto';

/** Most orders that a batch has. */
export const MAX_BATCH = 1000;

/** Body of `POST /orders/batch`. */
export class CreateOrderBatchDto {
  @ApiProperty({
    type: 'array',
    minItems: 1,
    maxItems: MAX_BATCH,
    items: {
      oneOf: [{ $ref: getSchemaPath(CreateOrderDto) }, { $ref: getSchemaPath(CreateBookOrderDto) }],
    },
  })
  orders: unknown[];

  @ApiPropertyOptional({
    type: 'boolean',
    default: false,
    description: 'Whether one order that is refused keeps all others from being stored.',
  })
  atomic?: boolean | null;
}

/** What has become of one order of a batch. */
export class OrderBatchResultDto {
  @ApiProperty({
    description:
      '201: stored; 200: stored before by the same request; otherwise as a problem has it.',
    example: 201,
  })
  status: number;

  @ApiPropertyOptional({
    oneOf: [{ $ref: getSchemaPath(BookOrderDto) }, { $ref: getSchemaPath(OrderDto) }],
  })
  order?: OrderDto | BookOrderDto;

  @ApiPropertyOptional({ type: ProblemDto })
  problem?: Problem;
}

export class OrderBatchResultsDto {
  @ApiProperty({ type: [OrderBatchResultDto], description: 'In the order of the batch.' })
  results: OrderBatchResultDto[];
}

/** Answer to `DELETE /orders?user_id=`. */
export class CancelAllResultDto {
  @ApiProperty({ type: 'integer', description: 'How many orders are to be cancelled.', example: 2 })
  requested: number;

  @ApiPropertyOptional({
    type: 'integer',
    description: 'How many stay, since their market is halted; there when there are any.',
  })
  halted?: number;
}
