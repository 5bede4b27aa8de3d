import { ApiProperty } from '@nestjs/swagger';
import { parseAmount } from './amount';
import { Holds } from './member-rules';
import { NewOrderDto } from './new-order.dto';

/** Body of `POST /orders`: a plain order, filled in full `MATCH_DELAY_MS` after it was placed. */
export class CreateOrderDto extends NewOrderDto {
  @ApiProperty({
    description:
      'Positive, at most two decimals, at most 99999999.99; a number or a decimal string.',
    oneOf: [
      { type: 'string', pattern: '^(?!0+(\\.0+)?$)\\d{1,8}(\\.\\d{1,2})?$' },
      {
        type: 'number',
        exclusiveMinimum: true,
        minimum: 0,
        maximum: 99999999.99,
        multipleOf: 0.01,
      },
    ],
    example: 150.5,
  })
  @Holds(
    'isAmount',
    (value) => parseAmount(value) !== null,
    'must be a positive number or decimal string with at most two decimals, at most 99999999.99',
  )
  amount: string | number;
}
