import { ApiProperty } from '@nestjs/swagger';
import { API_DECIMAL_TEXT, API_ID, API_INSTANT } from './api-members';

/** What a user holds of an item by its trades. */
export class PositionDto {
  @ApiProperty({ maxLength: 255, example: 'AAPL' })
  item: string;

  @ApiProperty({ ...API_DECIMAL_TEXT, description: 'Bought minus sold.', example: '-2.5' })
  quantity: string;

  @ApiProperty({
    ...API_DECIMAL_TEXT,
    nullable: true,
    description: 'Of the open quantity, to 8 decimals; null where there is none.',
    example: '150.50',
  })
  average_cost: string | null;

  @ApiProperty({
    ...API_DECIMAL_TEXT,
    description: 'What the open quantity cost; negative for a short position: what it brought in.',
    example: '-376.25',
  })
  cost: string;

  @ApiProperty({
    ...API_DECIMAL_TEXT,
    description: 'Profit of what was bought and sold again, by average cost.',
    example: '12.5',
  })
  realised_profit: string;

  @ApiProperty(API_INSTANT)
  updated_at: string;
}

export class PositionsDto {
  @ApiProperty(API_ID)
  user_id: number;

  @ApiProperty({ type: [PositionDto], description: 'Sorted by item.' })
  positions: PositionDto[];
}
