import { ProblemException } from '@app/platform';
import { Injectable, type PipeTransform } from '@nestjs/common';
import { type OrderRequest, readOrderRequest } from './new-order/order-request';

/** Reads the body of `POST /orders`. */
@Injectable()
export class CreateOrderPipe implements PipeTransform<unknown, OrderRequest> {
  /** @throws ProblemException VALIDATION_FAILED naming each wrong member, UNSUPPORTED_COMBINATION. */
  transform(body: unknown): OrderRequest {
    const request = readOrderRequest(body);
    if (request instanceof ProblemException) throw request;
    return request;
  }
}
