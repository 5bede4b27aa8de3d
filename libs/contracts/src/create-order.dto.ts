import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Max, Min, ValidateBy } from 'class-validator';
import { parseAmount } from './amount';
import { isItem, ITEM_MAX_CODE_POINTS } from './item';

/** Body of `POST /orders`: a plain order, filled in full `MATCH_DELAY_MS` after it was placed. */
export class CreateOrderDto {
  @ApiProperty({
    description: 'The user who places the order.',
    type: 'integer',
    format: 'int64',
    minimum: 1,
    maximum: Number.MAX_SAFE_INTEGER,
    example: 1,
  })
  // The last decorator is asked first: its message is the one that a value of another type gets.
  @Max(Number.MAX_SAFE_INTEGER, { message: 'must be at most 2^53-1' })
  @Min(1, { message: 'must be at least 1' })
  @IsInt({ message: 'must be an integer' })
  user_id: number;

  @ApiProperty({
    description: 'What is ordered: any text that is not blank.',
    minLength: 1,
    maxLength: ITEM_MAX_CODE_POINTS,
    example: 'AAPL',
  })
  @ValidateBy({
    name: 'isItem',
    validator: {
      validate: isItem,
      defaultMessage: () =>
        'must be text of 1 to 255 characters, not blank, without control characters',
    },
  })
  item: string;

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
  @ValidateBy({
    name: 'isAmount',
    validator: {
      validate: (value: unknown) => parseAmount(value) !== null,
      defaultMessage: () =>
        'must be a positive number or decimal string with at most two decimals, at most 99999999.99',
    },
  })
  amount: string | number;
}
