import { API_INSTANT, API_ITEM, CANDLE_INTERVALS, CandleDto, TickerDto } from '@app/contracts';
import { Controller, Get, Param, Query as QueryParameters } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import { limitQuery } from '../api-pages';
import { ApiProblem } from '../api-problem.decorator';
import { ItemPipe } from '../item.pipe';
import { INSTANT, integer, oneOf, type Query, readQuery } from '../query';
import { CandlesService } from './candles.service';

const MAX_CANDLES = 1000;
const DEFAULT_CANDLES = 100;
const PARAMETERS = {
  interval: oneOf(CANDLE_INTERVALS),
  from: INSTANT,
  to: INSTANT,
  limit: integer(1, MAX_CANDLES),
};

@ApiTags('markets')
@Controller('markets/:item')
export class CandlesController {
  constructor(private readonly candles: CandlesService) {}

  @Get('candles')
  @ApiOperation({
    summary: 'Candles, oldest first',
    description:
      'Those that begin from `from` to before `to`: the first ones where `from` is given, otherwise the last ones. There ' +
      'is none where nothing was traded. Those of a second reach over an hour from there.',
    operationId: 'listCandles',
  })
  @ApiParam({ name: 'item', schema: API_ITEM })
  @ApiQuery({
    name: 'interval',
    required: false,
    enum: CANDLE_INTERVALS,
    enumName: 'CandleInterval',
    schema: { default: '1m' },
  })
  @ApiQuery({ name: 'from', required: false, schema: API_INSTANT })
  @ApiQuery({ name: 'to', required: false, schema: API_INSTANT })
  @ApiQuery(limitQuery(MAX_CANDLES, DEFAULT_CANDLES))
  @ApiOkResponse({ type: [CandleDto] })
  @ApiProblem('INVALID_ID', 'INVALID_QUERY')
  @ApiProblem('STORE_UNAVAILABLE')
  list(
    @Param('item', ItemPipe) item: string,
    @QueryParameters() query: Query,
  ): Promise<CandleDto[]> {
    const values = readQuery(query, PARAMETERS);
    const { interval = '1m', from: fromMs, to: toMs, limit = DEFAULT_CANDLES } = values;
    return this.candles.list(item, {
      interval,
      limit,
      ...(fromMs === undefined ? {} : { fromMs }),
      ...(toMs === undefined ? {} : { toMs }),
    });
  }

  @Get('ticker')
  @ApiOperation({
    summary: 'The last 24 hours, to the minute',
    operationId: 'getTicker',
  })
  @ApiParam({ name: 'item', schema: API_ITEM })
  @ApiOkResponse({ type: TickerDto })
  @ApiProblem('INVALID_ID')
  @ApiProblem('STORE_UNAVAILABLE')
  ticker(@Param('item', ItemPipe) item: string): Promise<TickerDto> {
    return this.candles.ticker(item);
  }
}
