import {
  AmendOrderDto,
  BookOrderDto,
  CLIENT_TOKEN_PATTERN,
  CreateBookOrderDto,
  CreateOrderDto,
  ORDER_STATUSES,
  OrderDto,
  ProblemDto,
} from '@app/contracts';
import { requestIdOf } from '@app/platform';
import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Req,
  Res,
  UseInterceptors,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { AmendOrderPipe } from './amend-order.pipe';
import { ApiPageQueries, LINK_HEADER } from '../api-pages';
import { ApiProblem } from '../api-problem.decorator';
import { ClientOrderIdPipe } from './client-order-id.pipe';
import { CreateOrderPipe } from './create-order.pipe';
import { IdPipe } from '../id.pipe';
import { parseListQuery } from './list-orders.query';
import { nextPageLink } from '../query';
import { AMEND_EXAMPLES, NEW_ORDER_EXAMPLES } from './order-examples';
import { NEW_ORDER_SCHEMA, ORDER_SCHEMA, ORDERS_SCHEMA } from './order-schemas';
import type { OrderRequest } from './new-order/order-request';
import { readIdempotencyKey } from './new-order/request-identity';
import { OrdersService } from './orders.service';
import { UserOrdersCacheInterceptor } from './user-orders-cache.interceptor';

const ID_PARAM = {
  type: 'integer',
  format: 'int64',
  minimum: 1,
  example: 1,
} as const;

const CLIENT_ORDER_ID_PARAM = { type: 'string', pattern: CLIENT_TOKEN_PATTERN } as const;

@ApiTags('orders')
@ApiExtraModels(ProblemDto, CreateOrderDto, CreateBookOrderDto, OrderDto, BookOrderDto)
@Controller('orders')
export class OrdersController {
  constructor(private readonly orders: OrdersService) {}

  @Post()
  @ApiOperation({
    summary: 'Place an order',
    description:
      'A body without a `side` is a plain order. A request that is sent again under the same `client_order_id`, or ' +
      'the same `Idempotency-Key`, places nothing and gets the order of the first one, for ever.',
    operationId: 'createOrder',
  })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'Names the request where the order has no client_order_id.',
    schema: { type: 'string', pattern: CLIENT_TOKEN_PATTERN },
  })
  @ApiBody({ schema: NEW_ORDER_SCHEMA, examples: NEW_ORDER_EXAMPLES })
  @ApiCreatedResponse({ description: 'Stored durably.', schema: ORDER_SCHEMA })
  @ApiOkResponse({
    description: 'The same request has placed this order before; as it is now.',
    schema: ORDER_SCHEMA,
  })
  @ApiProblem(
    'VALIDATION_FAILED',
    'MALFORMED_JSON',
    'UNSUPPORTED_COMBINATION',
    'NOTIONAL_TOO_LARGE',
    'INVALID_HEADER',
  )
  @ApiProblem('DUPLICATE_REQUEST')
  @ApiProblem('PAYLOAD_TOO_LARGE')
  @ApiProblem('UNSUPPORTED_MEDIA_TYPE')
  @ApiProblem('OVERLOADED', 'STORE_UNAVAILABLE', 'OUTCOME_UNKNOWN')
  async place(
    @Body(CreateOrderPipe) body: OrderRequest,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OrderDto> {
    const key = readIdempotencyKey(idempotencyKey);
    const { order, created } = await this.orders.place(body, key, requestIdOf(request));
    if (!created) response.status(200);
    return order;
  }

  @Get()
  @ApiOperation({
    summary: 'List orders, sorted by id',
    description: 'While there are more, the header `Link` names the next page (`rel="next"`).',
    operationId: 'listOrders',
  })
  @ApiPageQueries('Id of the last order of the page before.')
  @ApiQuery({
    name: 'status',
    required: false,
    enum: ORDER_STATUSES,
    enumName: 'OrderStatus',
  })
  @ApiQuery({
    name: 'item',
    required: false,
    schema: { type: 'string', maxLength: 255 },
  })
  @ApiQuery({ name: 'user_id', required: false, schema: ID_PARAM })
  @ApiOkResponse({
    schema: ORDERS_SCHEMA,
    headers: LINK_HEADER,
  })
  @ApiProblem('INVALID_QUERY')
  @ApiProblem('STORE_UNAVAILABLE')
  async list(
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OrderDto[]> {
    const { orders, more } = await this.orders.list(parseListQuery(query));
    const last = orders.at(-1);
    if (more && last !== undefined) {
      response.setHeader('Link', nextPageLink('/orders', query, last.id));
    }
    return orders;
  }

  @Get('user/:user_id')
  @UseInterceptors(UserOrdersCacheInterceptor)
  @ApiOperation({
    summary: 'All orders of a user, sorted by id',
    description: 'Cached for 60 s at most, never older than what any client has been told.',
    operationId: 'listUserOrders',
  })
  @ApiParam({ name: 'user_id', schema: ID_PARAM })
  @ApiOkResponse({
    schema: ORDERS_SCHEMA,
    headers: {
      'X-Cache': {
        description: 'Where the answer comes from; BYPASS: the store, and it is not kept.',
        schema: { type: 'string', enum: ['HIT', 'MISS', 'BYPASS'] },
      },
    },
  })
  @ApiProblem('INVALID_ID')
  @ApiProblem('STORE_UNAVAILABLE')
  ofUser(@Param('user_id', IdPipe) userId: number): Promise<OrderDto[]> {
    return this.orders.ofUser(userId);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Get an order', operationId: 'getOrder' })
  @ApiParam({ name: 'id', schema: ID_PARAM })
  @ApiOkResponse({ schema: ORDER_SCHEMA })
  @ApiProblem('INVALID_ID')
  @ApiProblem('ORDER_NOT_FOUND')
  @ApiProblem('STORE_UNAVAILABLE')
  get(@Param('id', IdPipe) id: number): Promise<OrderDto> {
    return this.orders.get(id);
  }

  @Delete(':id')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Cancel an order that still waits',
    description: 'The order becomes CANCELLED soon after, unless its fill comes first.',
    operationId: 'cancelOrder',
  })
  @ApiParam({ name: 'id', schema: ID_PARAM })
  @ApiAcceptedResponse({
    description: 'The order as it is before the cancel takes effect.',
    schema: ORDER_SCHEMA,
  })
  @ApiProblem('INVALID_ID')
  @ApiProblem('ORDER_NOT_FOUND')
  @ApiProblem('ORDER_FINAL', 'MARKET_HALTED')
  @ApiProblem('OVERLOADED', 'STORE_UNAVAILABLE', 'OUTCOME_UNKNOWN')
  cancel(@Param('id', IdPipe) id: number, @Req() request: Request): Promise<OrderDto> {
    return this.orders.cancel(id, requestIdOf(request));
  }

  @Patch(':id')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Amend a book order that still waits',
    description:
      'A smaller quantity at the same price keeps its place; a new price or a larger quantity goes to the tail.',
    operationId: 'amendOrder',
  })
  @ApiParam({ name: 'id', schema: ID_PARAM })
  @ApiBody({ type: AmendOrderDto, examples: AMEND_EXAMPLES })
  @ApiAcceptedResponse({
    description: 'The order as it is before the amend takes effect.',
    schema: ORDER_SCHEMA,
  })
  @ApiProblem('INVALID_ID', 'VALIDATION_FAILED', 'UNSUPPORTED_COMBINATION', 'NOTIONAL_TOO_LARGE')
  @ApiProblem('ORDER_NOT_FOUND')
  @ApiProblem('ORDER_FINAL', 'NOT_AMENDABLE', 'MARKET_HALTED')
  @ApiProblem('OVERLOADED', 'STORE_UNAVAILABLE', 'OUTCOME_UNKNOWN')
  amend(
    @Param('id', IdPipe) id: number,
    @Body(AmendOrderPipe) body: AmendOrderDto,
    @Req() request: Request,
  ): Promise<OrderDto> {
    return this.orders.amend(id, body, requestIdOf(request));
  }

  @Get('by-client-id/:user_id/:client_order_id')
  @ApiOperation({ summary: "Get an order by its client's name", operationId: 'getOrderByClientId' })
  @ApiParam({ name: 'user_id', schema: ID_PARAM })
  @ApiParam({ name: 'client_order_id', schema: CLIENT_ORDER_ID_PARAM })
  @ApiOkResponse({ schema: ORDER_SCHEMA })
  @ApiProblem('INVALID_ID')
  @ApiProblem('ORDER_NOT_FOUND')
  @ApiProblem('STORE_UNAVAILABLE')
  getByClientId(
    @Param('user_id', IdPipe) userId: number,
    @Param('client_order_id', ClientOrderIdPipe) name: string,
  ): Promise<OrderDto> {
    return this.orders.getByClientId(userId, name);
  }

  @Delete('by-client-id/:user_id/:client_order_id')
  @HttpCode(202)
  @ApiOperation({
    summary: "Cancel an order by its client's name",
    operationId: 'cancelOrderByClientId',
  })
  @ApiParam({ name: 'user_id', schema: ID_PARAM })
  @ApiParam({ name: 'client_order_id', schema: CLIENT_ORDER_ID_PARAM })
  @ApiAcceptedResponse({ schema: ORDER_SCHEMA })
  @ApiProblem('INVALID_ID')
  @ApiProblem('ORDER_NOT_FOUND')
  @ApiProblem('ORDER_FINAL', 'MARKET_HALTED')
  @ApiProblem('OVERLOADED', 'STORE_UNAVAILABLE', 'OUTCOME_UNKNOWN')
  cancelByClientId(
    @Param('user_id', IdPipe) userId: number,
    @Param('client_order_id', ClientOrderIdPipe) name: string,
    @Req() request: Request,
  ): Promise<OrderDto> {
    return this.orders.cancelByClientId(userId, name, requestIdOf(request));
  }
}
