import type { OrderDto } from '@app/contracts';
import { describeError, Log } from '@app/platform';
import { CACHE_MANAGER } from '@nestjs/cache-manager';
import { Inject, Injectable } from '@nestjs/common';
import type { Cache } from 'cache-manager';
import { UserOrdersFence, userOrdersKey } from './user-orders-fence';

export const USER_ORDERS_TTL_MS = 60_000;
/** Longer lists are cheaper to read from the store than to keep. */
const MAX_CACHED_ORDERS = 5000;

interface CachedOrders {
  version: string;
  orders: OrderDto[];
}

export type Lookup =
  | { result: 'HIT'; orders: OrderDto[] }
  /** Read the store, then `store` the list under this version. */
  | { result: 'MISS'; version: string }
  /** Read the store and cache nothing. */
  | { result: 'BYPASS' };

/** Lists of users' orders, kept for 60 seconds at most. A list is served only while its version is the current one. */
@Injectable()
export class UserOrdersCache {
  constructor(
    @Inject(CACHE_MANAGER) private readonly cache: Cache,
    private readonly fence: UserOrdersFence,
    private readonly log: Log,
  ) {}

  /** The version is read first: a list cached before it, under it, holds all that was committed by then. */
  async lookup(userId: number): Promise<Lookup> {
    const version = await this.fence.version(userId);
    if (version === null) return { result: 'BYPASS' };
    const cached = await this.cache.get<CachedOrders>(userOrdersKey(userId));
    return cached?.version === version
      ? { result: 'HIT', orders: cached.orders }
      : { result: 'MISS', version };
  }

  /** Never rejects: an answer does not depend on whether it could be kept. */
  async store(userId: number, version: string, orders: OrderDto[]): Promise<void> {
    if (orders.length > MAX_CACHED_ORDERS) return;
    const entry: CachedOrders = { version, orders };
    try {
      await this.cache.set(userOrdersKey(userId), entry, USER_ORDERS_TTL_MS);
    } catch (error) {
      this.log.warn('a list of orders was not cached', describeError(error));
    }
  }
}
