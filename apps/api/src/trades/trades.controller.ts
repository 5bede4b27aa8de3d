import { API_ID, API_ITEM, OwnTradeDto, TradeDto } from '@app/contracts';
import { Controller, Get, Param, Query as QueryParameters, Req, Res } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ApiPageQueries, LINK_HEADER } from '../api-pages';
import { ApiProblem } from '../api-problem.decorator';
import { IdPipe } from '../id.pipe';
import { ItemPipe } from '../item.pipe';
import { invalidParameters } from '../problem-errors';
import { ID, ITEM, nextPageLink, PAGE, pageOf, type Query, readQuery } from '../query';
import { type TradePage, TradesService } from './trades.service';

const CURSOR = 'As the `Link` of the page before has it.';

@ApiTags('trades')
@ApiExtraModels(TradeDto, OwnTradeDto)
@Controller()
export class TradesController {
  constructor(private readonly trades: TradesService) {}

  @Get('trades')
  @ApiOperation({
    summary: 'List trades of a user, or of an item',
    description:
      'With a `user_id` each trade from the side of its order; one of a user with itself is there twice. Oldest first.',
    operationId: 'listTrades',
  })
  @ApiQuery({ name: 'user_id', required: false, schema: API_ID })
  @ApiQuery({ name: 'item', required: false, schema: API_ITEM })
  @ApiPageQueries(CURSOR)
  @ApiOkResponse({
    headers: LINK_HEADER,
    schema: {
      type: 'array',
      items: { anyOf: [{ $ref: getSchemaPath(OwnTradeDto) }, { $ref: getSchemaPath(TradeDto) }] },
    },
  })
  @ApiProblem('INVALID_QUERY')
  @ApiProblem('STORE_UNAVAILABLE')
  async list(
    @QueryParameters() query: Query,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TradeDto[]> {
    const values = readQuery(query, { ...PAGE, user_id: ID, item: ITEM });
    const { user_id: userId, item, ...page } = values;
    if (userId !== undefined) {
      const found = await this.trades.ofUser(userId, item, pageOf(page));
      return answer(found, query, request, response);
    }
    if (item === undefined) {
      throw invalidParameters([{ pointer: 'user_id', detail: 'or item must be given' }]);
    }
    return answer(await this.trades.ofItem(item, pageOf(page)), query, request, response);
  }

  @Get('markets/:item/trades')
  @ApiOperation({ summary: 'List trades of an item, oldest first', operationId: 'listItemTrades' })
  @ApiParam({ name: 'item', schema: API_ITEM })
  @ApiPageQueries(CURSOR)
  @ApiOkResponse({ type: [TradeDto], headers: LINK_HEADER })
  @ApiProblem('INVALID_ID', 'INVALID_QUERY')
  @ApiProblem('STORE_UNAVAILABLE')
  async ofItem(
    @Param('item', ItemPipe) item: string,
    @QueryParameters() query: Query,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TradeDto[]> {
    const page = pageOf(readQuery(query, PAGE));
    return answer(await this.trades.ofItem(item, page), query, request, response);
  }

  @Get('orders/:id/trades')
  @ApiOperation({
    summary: 'List trades of an order, oldest first',
    operationId: 'listOrderTrades',
  })
  @ApiParam({ name: 'id', schema: API_ID })
  @ApiPageQueries(CURSOR)
  @ApiOkResponse({ type: [OwnTradeDto], headers: LINK_HEADER })
  @ApiProblem('INVALID_ID', 'INVALID_QUERY')
  @ApiProblem('ORDER_NOT_FOUND')
  @ApiProblem('STORE_UNAVAILABLE')
  async ofOrder(
    @Param('id', IdPipe) id: number,
    @QueryParameters() query: Query,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OwnTradeDto[]> {
    const page = pageOf(readQuery(query, PAGE));
    return answer(await this.trades.ofOrder(id, page), query, request, response);
  }
}

function answer<Trade>(
  { trades, cursor }: TradePage<Trade>,
  query: Query,
  request: Request,
  response: Response,
): Trade[] {
  if (cursor !== null) response.setHeader('Link', nextPageLink(request.path, query, cursor));
  return trades;
}
