import { type Config, CONFIG, Health, Log } from '@app/platform';
import { createKeyv } from '@cacheable/memory';
import { CacheModule } from '@nestjs/cache-manager';
import {
  Global,
  Inject,
  Module,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { KeyvAdapter } from 'cache-manager';
import { redisInsStore } from 'cache-manager-redis-yet';
import { Keyv } from 'keyv';
import { MemoryFence } from './memory-fence';
import { RedisFence } from './redis-fence';
import { RedisLink } from './redis-link';
import { USER_ORDERS_TTL_MS, UserOrdersCache } from './user-orders-cache';
import { NoFence, UserOrdersFence } from './user-orders-fence';

const MAX_LISTS_IN_MEMORY = 2000;
const LINK = Symbol('RedisLink');

/** The connection to Redis, where one is configured. Apart, so that cache and fence share it. */
@Module({
  providers: [
    {
      provide: LINK,
      inject: [CONFIG, Log],
      useFactory: ({ cache }: Config, log: Log) =>
        cache.kind === 'redis' ? new RedisLink(cache.url, log) : null,
    },
  ],
  exports: [LINK],
})
class RedisLinkModule {}

/** Behind Nest's CacheModule: Redis through cache-manager-redis-yet, or the memory of this process. */
@Global()
@Module({
  imports: [
    RedisLinkModule,
    CacheModule.registerAsync({
      imports: [RedisLinkModule],
      inject: [LINK],
      useFactory: (link: RedisLink | null) => ({
        stores: [link === null ? memoryStore() : redisStore(link)],
      }),
    }),
  ],
  providers: [
    UserOrdersCache,
    {
      provide: UserOrdersFence,
      inject: [CONFIG, LINK],
      useFactory: ({ cache }: Config, link: RedisLink | null): UserOrdersFence => {
        if (link !== null) return new RedisFence(link);
        return cache.kind === 'memory' ? new MemoryFence() : new NoFence();
      },
    },
  ],
  exports: [UserOrdersCache, UserOrdersFence],
})
export class CachingModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LINK) private readonly link: RedisLink | null,
    private readonly health: Health,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    const { kind } = this.config.cache;
    if (kind === 'none') this.log.warn('REDIS_URL is unset: user queries are not cached');
    this.link?.start();
    this.health.register({
      name: 'cache',
      kind,
      required: false,
      check: async () => {
        await this.link?.check();
      },
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.link?.stop();
  }
}

function memoryStore(): Keyv {
  return createKeyv({ ttl: USER_ORDERS_TTL_MS, lruSize: MAX_LISTS_IN_MEMORY });
}

/** A value that somebody else put there is no reason to distrust Redis. */
function missWhereUnreadable(error: unknown): undefined {
  const unreadable = error instanceof SyntaxError || String(error).includes('WRONGTYPE');
  if (!unreadable) throw error;
}

/** The key in Redis is the cache's key as it is. The store turns values into JSON by itself. */
function redisStore(link: RedisLink): Keyv {
  const store = redisInsStore(link.client as never);
  const adapter = new KeyvAdapter({
    get: async (key: string) => (await link.run(() => store.get(key).catch(missWhereUnreadable)))?.value,
    set: async (key: string, value: unknown, ttl?: number) => {
      await link.run(() => store.set(key, value, ttl));
    },
    del: async (key: string) => {
      await link.run(() => store.del(key));
    },
    mget: (...keys: string[]) => store.mget(...keys),
    mset: (entries: [string, unknown][], ttl?: number) => store.mset(entries, ttl),
    mdel: (...keys: string[]) => store.mdel(...keys),
    keys: (pattern?: string) => store.keys(pattern),
    ttl: (key: string) => store.ttl(key),
    reset: () => store.reset(),
  } as never);
  const keyv = new Keyv({ store: adapter, useKeyPrefix: false });
  keyv.serialize = undefined as never;
  return keyv;
}
