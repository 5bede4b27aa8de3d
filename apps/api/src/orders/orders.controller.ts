import { CreateOrderDto, ORDER_STATUSES, OrderDto, parseAmount, ProblemDto } from '@app/contracts';
import { requestIdOf } from '@app/platform';
import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
  Res,
  UseInterceptors,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiBody,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ApiProblem } from './api-problem.decorator';
import { CreateOrderPipe } from './create-order.pipe';
import { IdPipe } from './id.pipe';
import { MAX_PAGE, nextPageQuery, parseListQuery } from './list-orders.query';
import { OrdersService } from './orders.service';
import { UserOrdersCacheInterceptor } from './user-orders-cache.interceptor';

const ID_PARAM = {
  type: 'integer',
  format: 'int64',
  minimum: 1,
  example: 1,
} as const;

@ApiTags('orders')
@ApiExtraModels(ProblemDto)
@Controller('orders')
export class OrdersController {
  constructor(private readonly orders: OrdersService) {}

  @Post()
  @ApiOperation({ summary: 'Place an order', operationId: 'createOrder' })
  @ApiBody({ type: CreateOrderDto })
  @ApiCreatedResponse({
    description: 'Stored durably; it will be filled.',
    type: OrderDto,
  })
  @ApiProblem('VALIDATION_FAILED', 'MALFORMED_JSON')
  @ApiProblem('PAYLOAD_TOO_LARGE')
  @ApiProblem('UNSUPPORTED_MEDIA_TYPE')
  @ApiProblem('OVERLOADED', 'STORE_UNAVAILABLE', 'OUTCOME_UNKNOWN')
  place(@Body(CreateOrderPipe) body: CreateOrderDto, @Req() request: Request): Promise<OrderDto> {
    const amount = parseAmount(body.amount);
    if (amount === null) throw new Error('the pipe let an invalid amount pass');
    return this.orders.place(
      { userId: body.user_id, item: body.item, amount },
      requestIdOf(request),
    );
  }

  @Get()
  @ApiOperation({
    summary: 'List orders, sorted by id',
    description: 'While there are more, the header `Link` names the next page (`rel="next"`).',
    operationId: 'listOrders',
  })
  @ApiQuery({
    name: 'limit',
    required: false,
    schema: {
      type: 'integer',
      minimum: 1,
      maximum: MAX_PAGE,
      default: MAX_PAGE,
    },
  })
  @ApiQuery({
    name: 'cursor',
    required: false,
    description: 'Id of the last order of the page before.',
    schema: ID_PARAM,
  })
  @ApiQuery({
    name: 'order',
    required: false,
    enum: ['asc', 'desc'],
    schema: { type: 'string', default: 'asc' },
  })
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
    type: [OrderDto],
    headers: {
      Link: {
        description: 'The next page, while there is one.',
        schema: { type: 'string' },
      },
    },
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
      response.setHeader('Link', `</orders?${nextPageQuery(query, last.id)}>; rel="next"`);
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
    type: [OrderDto],
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
  @ApiOkResponse({ type: OrderDto })
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
    type: OrderDto,
  })
  @ApiProblem('INVALID_ID')
  @ApiProblem('ORDER_NOT_FOUND')
  @ApiProblem('ORDER_FINAL')
  @ApiProblem('OVERLOADED', 'STORE_UNAVAILABLE', 'OUTCOME_UNKNOWN')
  cancel(@Param('id', IdPipe) id: number, @Req() request: Request): Promise<OrderDto> {
    return this.orders.cancel(id, requestIdOf(request));
  }
}
