import { API_ITEM, OrderBookDto } from '@app/contracts';
import { Controller, Get, Param, Query as QueryParameters } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import { ApiProblem } from '../api-problem.decorator';
import { ItemPipe } from '../item.pipe';
import { integer, type Query, readQuery } from '../query';
import { BookService } from './book.service';

const MAX_DEPTH = 1000;
const DEFAULT_DEPTH = 20;

@ApiTags('markets')
@Controller('markets/:item/book')
export class BookController {
  constructor(private readonly books: BookService) {}

  @Get()
  @ApiOperation({
    summary: 'The best prices of both sides, at one moment',
    description: 'Of icebergs only what they show counts; waiting stops do not.',
    operationId: 'getBook',
  })
  @ApiParam({ name: 'item', schema: API_ITEM })
  @ApiQuery({
    name: 'depth',
    required: false,
    description: 'Most prices of a side.',
    schema: { type: 'integer', minimum: 1, maximum: MAX_DEPTH, default: DEFAULT_DEPTH },
  })
  @ApiOkResponse({ type: OrderBookDto })
  @ApiProblem('INVALID_ID', 'INVALID_QUERY')
  @ApiProblem('STORE_UNAVAILABLE')
  get(
    @Param('item', ItemPipe) item: string,
    @QueryParameters() query: Query,
  ): Promise<OrderBookDto> {
    const { depth = DEFAULT_DEPTH } = readQuery(query, { depth: integer(1, MAX_DEPTH) });
    return this.books.read(item, depth);
  }
}
