import { API_ITEM, MarketDto, PutMarketDto } from '@app/contracts';
import { requestIdOf } from '@app/platform';
import {
  Body,
  Controller,
  Get,
  Param,
  Put,
  Query as QueryParameters,
  Req,
  Res,
} from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { LINK_HEADER, limitQuery } from '../api-pages';
import { ApiProblem } from '../api-problem.decorator';
import { ItemPipe } from '../item.pipe';
import { ITEM, MAX_PAGE, nextPageLink, PAGE, type Query, readQuery } from '../query';
import { readMarket } from './market-rules';
import { MarketsService } from './markets.service';

@ApiTags('markets')
@Controller('markets')
export class MarketsController {
  constructor(private readonly markets: MarketsService) {}

  @Get()
  @ApiOperation({
    summary: 'List the markets that were configured or traded, sorted by item',
    description: 'While there are more, the header `Link` names the next page (`rel="next"`).',
    operationId: 'listMarkets',
  })
  @ApiQuery(limitQuery())
  @ApiQuery({
    name: 'cursor',
    required: false,
    description: 'The last item of the page before.',
    schema: API_ITEM,
  })
  @ApiOkResponse({ type: [MarketDto], headers: LINK_HEADER })
  @ApiProblem('INVALID_QUERY')
  @ApiProblem('STORE_UNAVAILABLE')
  async list(
    @QueryParameters() query: Query,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MarketDto[]> {
    const { limit = MAX_PAGE, cursor } = readQuery(query, { limit: PAGE.limit, cursor: ITEM });
    const { markets, more } = await this.markets.list(cursor, limit);
    const last = markets.at(-1);
    if (more && last !== undefined) {
      response.setHeader('Link', nextPageLink('/markets', query, last.item));
    }
    return markets;
  }

  @Get(':item')
  @ApiOperation({
    summary: 'Get a market',
    description: 'Any item can be traded: one that nobody has configured has the defaults.',
    operationId: 'getMarket',
  })
  @ApiParam({ name: 'item', schema: API_ITEM })
  @ApiOkResponse({ type: MarketDto })
  @ApiProblem('INVALID_ID')
  @ApiProblem('STORE_UNAVAILABLE')
  get(@Param('item', ItemPipe) item: string): Promise<MarketDto> {
    return this.markets.get(item);
  }

  @Put(':item')
  @ApiOperation({
    summary: 'Configure a market, or halt it',
    description:
      'For operators. Replaces what was set before: a bound that is left out does not hold, a state that is left out is ' +
      'TRADING. It takes effect between the orders that were acknowledged before it and those after.',
    operationId: 'putMarket',
  })
  @ApiParam({ name: 'item', schema: API_ITEM })
  @ApiBody({
    type: PutMarketDto,
    examples: {
      configure: {
        summary: 'Configure',
        value: { tick_size: '0.05', lot_size: '1', min_price: '1', max_price: '1000' },
      },
      halt: { summary: 'Halt', value: { state: 'HALTED' } },
    },
  })
  @ApiOkResponse({ type: MarketDto })
  @ApiProblem('INVALID_ID', 'VALIDATION_FAILED', 'MALFORMED_JSON')
  @ApiProblem('MARKET_IN_USE')
  @ApiProblem('UNSUPPORTED_MEDIA_TYPE')
  @ApiProblem('STORE_UNAVAILABLE', 'OUTCOME_UNKNOWN')
  put(
    @Param('item', ItemPipe) item: string,
    @Body() body: unknown,
    @Req() request: Request,
  ): Promise<MarketDto> {
    return this.markets.put(item, readMarket(body), requestIdOf(request));
  }
}
