import { UserOrdersCache } from '@app/caching';
import { type OrderDto, parseId } from '@app/contracts';
import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { from, type Observable, of, switchMap, tap } from 'rxjs';

/** Answers `GET /orders/user/{user_id}` from the cache, and keeps what the handler answers. `X-Cache` says which. */
@Injectable()
export class UserOrdersCacheInterceptor implements NestInterceptor<OrderDto[], OrderDto[]> {
  constructor(private readonly cache: UserOrdersCache) {}

  intercept(context: ExecutionContext, next: CallHandler<OrderDto[]>): Observable<OrderDto[]> {
    const http = context.switchToHttp();
    const userId = parseId(http.getRequest<Request>().params.user_id);
    if (userId === null) return next.handle();
    return from(this.cache.lookup(userId)).pipe(
      switchMap((lookup) => {
        http.getResponse<Response>().setHeader('X-Cache', lookup.result);
        if (lookup.result === 'HIT') return of(lookup.orders);
        if (lookup.result === 'BYPASS') return next.handle();
        return next.handle().pipe(
          tap((orders) => {
            void this.cache.store(userId, lookup.version, orders);
          }),
        );
      }),
    );
  }
}
