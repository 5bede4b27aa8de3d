import type { Lookup, UserOrdersCache } from '@app/caching';
import type { OrderDto } from '@app/contracts';
import type { ExecutionContext } from '@nestjs/common';
import { lastValueFrom, of, throwError } from 'rxjs';
import { UserOrdersCacheInterceptor } from './user-orders-cache.interceptor';

const order = (id: number): OrderDto => ({
  id,
  user_id: 3,
  item: 'AAPL',
  amount: '1.00',
  status: 'OPEN',
});
const STORED = [order(1), order(2)];

function setUp(lookup: Lookup, user_id = '3') {
  const headers: Record<string, string> = {};
  const cache = {
    lookup: jest.fn(() => Promise.resolve(lookup)),
    store: jest.fn(() => Promise.resolve()),
  };
  const http = {
    getRequest: () => ({ params: { user_id } }),
    getResponse: () => ({
      setHeader: (name: string, value: string) => {
        headers[name] = value;
      },
    }),
  };
  const context = { switchToHttp: () => http } as unknown as ExecutionContext;
  const handle = jest.fn(() => of(STORED));
  const interceptor = new UserOrdersCacheInterceptor(cache as unknown as UserOrdersCache);
  return {
    cache,
    headers,
    handle,
    answer: () => lastValueFrom(interceptor.intercept(context, { handle })),
  };
}

describe('UserOrdersCacheInterceptor', () => {
  it('answers a hit without asking the store', async () => {
    const { cache, headers, handle, answer } = setUp({ result: 'HIT', orders: [order(9)] });
    expect(await answer()).toEqual([order(9)]);
    expect(headers).toEqual({ 'X-Cache': 'HIT' });
    expect(handle).not.toHaveBeenCalled();
    expect(cache.store).not.toHaveBeenCalled();
  });

  it('answers a miss from the store and keeps it under the version from before', async () => {
    const { cache, headers, answer } = setUp({ result: 'MISS', version: 'v-1' });
    expect(await answer()).toEqual(STORED);
    expect(headers).toEqual({ 'X-Cache': 'MISS' });
    expect(cache.store).toHaveBeenCalledWith(3, 'v-1', STORED);
  });

  it('reads the store only after the version', async () => {
    const { cache, handle, answer } = setUp({ result: 'MISS', version: 'v-1' });
    await answer();
    const [lookup] = cache.lookup.mock.invocationCallOrder;
    expect(lookup).toBeLessThan(handle.mock.invocationCallOrder[0]!);
  });

  it('keeps nothing while somebody writes', async () => {
    const { cache, headers, answer } = setUp({ result: 'BYPASS' });
    expect(await answer()).toEqual(STORED);
    expect(headers).toEqual({ 'X-Cache': 'BYPASS' });
    expect(cache.store).not.toHaveBeenCalled();
  });

  it('keeps nothing of a read that failed', async () => {
    const { cache, handle, answer } = setUp({ result: 'MISS', version: 'v-1' });
    handle.mockReturnValue(throwError(() => new Error('the store is away')));
    await expect(answer()).rejects.toThrow('the store is away');
    expect(cache.store).not.toHaveBeenCalled();
  });

  it.each(['0', '-1', 'abc', '01'])(
    'leaves the user id %p to the handler to refuse',
    async (id) => {
      const { cache, headers, answer } = setUp({ result: 'HIT', orders: [] }, id);
      expect(await answer()).toEqual(STORED);
      expect(cache.lookup).not.toHaveBeenCalled();
      expect(headers).toEqual({});
    },
  );
});
