import { Log } from '@app/platform';
import { pino } from 'pino';
import type { OrderDto } from '@app/contracts';
import type { Cache } from 'cache-manager';
import { MemoryFence } from './memory-fence';
import { UserOrdersCache } from './user-orders-cache';
import { NoFence, type UserOrdersFence } from './user-orders-fence';

const SILENT = new Log(pino({ level: 'silent' }));

const order = (id: number): OrderDto => ({
  id,
  user_id: 1,
  item: 'AAPL',
  amount: '1.00',
  status: 'OPEN',
});

function setUp(fence: UserOrdersFence = new MemoryFence()) {
  const kept = new Map<string, unknown>();
  const set = jest.fn((key: string, value: unknown, _ttlMs: number) => {
    kept.set(key, value);
    return Promise.resolve(value);
  });
  const get = (key: string) => Promise.resolve(kept.get(key));
  return {
    fence,
    kept,
    set,
    cache: new UserOrdersCache({ get, set } as unknown as Cache, fence, SILENT),
  };
}

async function missed(cache: UserOrdersCache, userId = 1): Promise<string> {
  const lookup = await cache.lookup(userId);
  if (lookup.result !== 'MISS') throw new Error(`expected a miss, had a ${lookup.result}`);
  return lookup.version;
}

describe('UserOrdersCache', () => {
  it('misses first, and hits what was stored', async () => {
    const { cache } = setUp();
    await cache.store(1, await missed(cache), [order(1)]);
    expect(await cache.lookup(1)).toEqual({ result: 'HIT', orders: [order(1)] });
  });

  it('hits an empty list', async () => {
    const { cache } = setUp();
    await cache.store(1, await missed(cache), []);
    expect(await cache.lookup(1)).toEqual({ result: 'HIT', orders: [] });
  });

  it('keeps lists of users apart', async () => {
    const { cache } = setUp();
    await cache.store(1, await missed(cache), [order(1)]);
    expect((await cache.lookup(2)).result).toBe('MISS');
  });

  it('keeps a list for a minute at most, under the key of the user', async () => {
    const { cache, set } = setUp();
    await cache.store(7, await missed(cache, 7), []);
    expect(set).toHaveBeenCalledWith('user:7:orders', expect.anything(), 60_000);
  });

  it('bypasses while somebody writes', async () => {
    const { cache, fence } = setUp();
    await cache.store(1, await missed(cache), []);
    const hold = await fence.hold([1]);
    expect(await cache.lookup(1)).toEqual({ result: 'BYPASS' });
    await fence.release(hold);
    expect((await cache.lookup(1)).result).toBe('MISS');
  });

  it('always bypasses where nothing may be cached', async () => {
    const { cache } = setUp(new NoFence());
    await cache.store(1, '1', []);
    expect(await cache.lookup(1)).toEqual({ result: 'BYPASS' });
  });

  it('never serves a list that was read before a write', async () => {
    const { cache, fence } = setUp();
    const version = await missed(cache);
    await fence.release(await fence.hold([1]));
    await cache.store(1, version, []);
    expect((await cache.lookup(1)).result).toBe('MISS');
  });

  it('never serves a list that was cached before a write', async () => {
    const { cache, fence } = setUp();
    await cache.store(1, await missed(cache), []);
    await fence.release(await fence.hold([1]));
    expect((await cache.lookup(1)).result).toBe('MISS');
  });

  it('never serves a list that was cached while another write went on', async () => {
    const { cache, fence } = setUp();
    const version = await missed(cache);
    const first = await fence.hold([1]);
    const second = await fence.hold([1]);
    await fence.release(first);
    await cache.store(1, version, []);
    await fence.release(second);
    expect((await cache.lookup(1)).result).toBe('MISS');
  });

  it('takes what it can not understand for a miss', async () => {
    const { cache, kept } = setUp();
    kept.set('user:1:orders', 'something else');
    expect((await cache.lookup(1)).result).toBe('MISS');
  });

  it('does not keep lists of more than 5000 orders', async () => {
    const { cache, kept } = setUp();
    const version = await missed(cache);
    await cache.store(
      1,
      version,
      Array.from({ length: 5001 }, (_, id) => order(id)),
    );
    expect(kept.size).toBe(0);
    await cache.store(
      1,
      version,
      Array.from({ length: 5000 }, (_, id) => order(id)),
    );
    expect(kept.size).toBe(1);
  });
});
