import {
  API_ID,
  API_ITEM,
  CancelAllResultDto,
  CLIENT_TOKEN_PATTERN,
  CreateOrderBatchDto,
  OrderBatchResultDto,
  OrderBatchResultsDto,
} from '@app/contracts';
import { requestIdOf } from '@app/platform';
import {
  Body,
  Controller,
  Delete,
  Headers,
  HttpCode,
  Post,
  Query as QueryParameters,
  Req,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiExtraModels,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import type { Request } from 'express';
import { ApiProblem } from '../../api-problem.decorator';
import { invalidParameters } from '../../problem-errors';
import { ID, ITEM, type Query, readQuery } from '../../query';
import { readIdempotencyKey } from '../new-order/request-identity';
import { BATCH_EXAMPLES } from '../order-examples';
import { CancelAllService } from './cancel-all.service';
import { readBatch } from './order-batch';
import { OrderBatchesService } from './order-batches.service';

@ApiTags('orders')
@ApiExtraModels(OrderBatchResultDto)
@Controller('orders')
export class BulkOrdersController {
  constructor(
    private readonly batches: OrderBatchesService,
    private readonly cancels: CancelAllService,
  ) {}

  @Post('batch')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Place many orders',
    description:
      'Up to 1000 orders, stored in one transaction; a bare list of orders will do. One that is refused never spoils ' +
      'its neighbours, unless `atomic` asks for that. Sent again under the same `Idempotency-Key`, the order at each ' +
      'place counts as the one that was there before; a `client_order_id` goes before that.',
    operationId: 'createOrders',
  })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    schema: { type: 'string', pattern: CLIENT_TOKEN_PATTERN },
  })
  @ApiBody({ type: CreateOrderBatchDto, examples: BATCH_EXAMPLES })
  @ApiOkResponse({ type: OrderBatchResultsDto })
  @ApiProblem('VALIDATION_FAILED', 'MALFORMED_JSON', 'INVALID_HEADER')
  @ApiProblem('BATCH_REFUSED')
  @ApiProblem('PAYLOAD_TOO_LARGE')
  @ApiProblem('UNSUPPORTED_MEDIA_TYPE')
  @ApiProblem('OVERLOADED', 'STORE_UNAVAILABLE', 'OUTCOME_UNKNOWN')
  async place(
    @Body() body: unknown,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @Req() request: Request,
  ): Promise<OrderBatchResultsDto> {
    const key = readIdempotencyKey(idempotencyKey);
    return { results: await this.batches.place(readBatch(body), key, requestIdOf(request)) };
  }

  @Delete()
  @HttpCode(202)
  @ApiOperation({
    summary: 'Cancel all orders of a user, or those of one item',
    description: 'Each order becomes CANCELLED soon after, unless its fill comes first.',
    operationId: 'cancelOrders',
  })
  @ApiQuery({ name: 'user_id', required: true, schema: API_ID })
  @ApiQuery({ name: 'item', required: false, schema: API_ITEM })
  @ApiAcceptedResponse({ type: CancelAllResultDto })
  @ApiProblem('INVALID_QUERY')
  @ApiProblem('OVERLOADED', 'STORE_UNAVAILABLE', 'OUTCOME_UNKNOWN')
  cancelAll(@QueryParameters() query: Query, @Req() request: Request): Promise<CancelAllResultDto> {
    const { user_id: userId, item } = readQuery(query, { user_id: ID, item: ITEM });
    if (userId === undefined) {
      throw invalidParameters([{ pointer: 'user_id', detail: 'must be given' }]);
    }
    return this.cancels.cancelAll(userId, item ?? null, requestIdOf(request));
  }
}
