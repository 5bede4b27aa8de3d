import { ApiProperty } from '@nestjs/swagger';
import { API_DECIMAL_TEXT } from './api-members';

/** One price of a book. Only what icebergs show counts. */
export class BookLevelDto {
  @ApiProperty({ ...API_DECIMAL_TEXT, example: '150.50' })
  price: string;

  @ApiProperty({ ...API_DECIMAL_TEXT, example: '12.5' })
  quantity: string;

  @ApiProperty({ type: 'integer', minimum: 1, example: 3 })
  orders: number;
}

/** The best prices of both sides at one moment. */
export class OrderBookDto {
  @ApiProperty({ maxLength: 255, example: 'AAPL' })
  item: string;

  @ApiProperty({
    type: 'integer',
    format: 'int64',
    description: 'The moment: `seq` of the last event of the market that it contains.',
    example: 42,
  })
  sequence: number;

  @ApiProperty({ type: [BookLevelDto], description: 'Best, that is highest, price first.' })
  bids: BookLevelDto[];

  @ApiProperty({ type: [BookLevelDto], description: 'Best, that is lowest, price first.' })
  asks: BookLevelDto[];
}
