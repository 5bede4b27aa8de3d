import { parseUnit, type Units } from '@app/contracts';
import { StoreUnavailableError } from '@app/persistence';
import { ProblemException } from '@app/platform';
import type { MarketUnits } from '../../markets/market-units';
import type { RequestKeys } from '../request-keys';
import { StoredRequests } from '../request-keys';
import type { NewOrder } from '../stored-order';
import { OrderReader } from './order-reader';
import { readOrderRequest } from './order-request';

const UNITS: Units = { tick: parseUnit('0.01')!, lot: parseUnit('0.0001')! };
const LIMIT = { user_id: 1, item: 'A', side: 'BUY', price: '1.00', quantity: 1 };
const PAST = { ...LIMIT, time_in_force: 'GTD', expires_at: '2020-01-01T00:00:00Z' };

interface Fakes {
  cached?: string[];
  taken?: Units;
  stored?: StoredRequests;
}

function setUp({ cached = [], taken = UNITS, stored = new StoredRequests() }: Fakes = {}) {
  const units = {
    cached: (item: string) => (cached.includes(item) ? UNITS : undefined),
    read: jest.fn((items: Iterable<string>) =>
      Promise.resolve(new Map([...items].map((item) => [item, UNITS]))),
    ),
    take: jest.fn((items: string[]) =>
      Promise.resolve(new Map(items.map((item) => [item, taken]))),
    ),
  };
  const requests = { find: jest.fn(() => Promise.resolve(stored)) };
  const reader = new OrderReader(
    units as unknown as MarketUnits,
    requests as unknown as RequestKeys,
  );
  const read = (...bodies: unknown[]) =>
    reader.read(bodies.map((body) => ({ request: readOrderRequest(body), fallbackKey: 'i:key' })));
  return { read, units, requests };
}

const codes = (orders: (NewOrder | ProblemException)[]) =>
  orders.map((order) => (order instanceof ProblemException ? order.code : order.item));

describe('OrderReader', () => {
  it('asks nobody about plain orders', async () => {
    const { read, units } = setUp();
    const [order] = await read({ user_id: 1, item: 'A', amount: 1 });
    expect(order).toMatchObject({ amount: '1.00', book: null, request: { key: 'i:key' } });
    expect(units.read).not.toHaveBeenCalled();
  });

  it('names an order by its client_order_id before the key of its request', async () => {
    const { read } = setUp();
    const orders = await read(LIMIT, { ...LIMIT, client_order_id: 'mine' });
    expect(orders).toMatchObject([{ request: { key: 'i:key' } }, { request: { key: 'c:mine' } }]);
  });

  it('fixes the units of items with valid orders alone, and of each once', async () => {
    const { read, units } = setUp({ cached: ['KNOWN'] });
    const orders = await read(
      { ...LIMIT, item: 'KNOWN' },
      { ...LIMIT, item: 'NEW' },
      { ...LIMIT, item: 'BAD', price: '1.001' },
      { user_id: 1, item: 'PLAIN', amount: 1 },
      'nonsense',
    );
    expect(codes(orders)).toEqual([
      'KNOWN',
      'NEW',
      'VALIDATION_FAILED',
      'PLAIN',
      'VALIDATION_FAILED',
    ]);
    expect(units.take.mock.calls).toEqual([[['NEW']]]);
  });

  it('reads again in the units that were fixed, when an operator was faster', async () => {
    const { read } = setUp({ taken: { tick: parseUnit('0.3')!, lot: parseUnit('1')! } });
    const orders = await read(LIMIT, { ...LIMIT, price: '0.90' });
    expect(codes(orders)).toEqual(['VALIDATION_FAILED', 'A']);
    expect(orders[1]).toMatchObject({ book: { priceTicks: 3, quantityLots: 1 } });
  });

  it('refuses an order whose time has passed, unless it is one sent again', async () => {
    expect(codes(await setUp().read(PAST))).toEqual(['VALIDATION_FAILED']);
    const stored = new StoredRequests();
    stored.add({ id: 7, user_id: 1, request_key: 'i:key', request_hash: 'x' });
    const { read, requests } = setUp({ stored });
    expect(codes(await read(PAST, LIMIT))).toEqual(['A', 'A']);
    expect(requests.find).toHaveBeenCalledTimes(1);
  });

  it('says so when the store is away', async () => {
    const { read, units } = setUp();
    units.read.mockRejectedValue(new StoreUnavailableError('gone'));
    await expect(read(LIMIT)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });
});
