import { ORDER_STATUSES, type OrderDto } from '@app/contracts';
import { StoreUnavailableError } from '@app/persistence';
import { Log } from '@app/platform';
import { pino } from 'pino';
import type { GroupCommit } from './group-commit';
import type { OrdersRepository } from './orders.repository';
import { OrdersService } from './orders.service';

const ORDER: OrderDto = { id: 7, user_id: 1, item: 'AAPL', amount: '1.00', status: 'OPEN' };
const STORED = { ...ORDER, createdAtMs: 1000 };

function setUp(repository: Partial<OrdersRepository> = {}) {
  const submit = jest.fn<Promise<OrderDto>, [unknown]>(() => Promise.resolve(ORDER));
  const lines: string[] = [];
  const service = new OrdersService(
    { submit } as unknown as GroupCommit,
    repository as OrdersRepository,
    new Log(pino({}, { write: (line: string) => lines.push(line) })),
  );
  return { service, submit, lines };
}

const found = (order: object | null = STORED) => ({
  findById: jest.fn(() => Promise.resolve(order as typeof STORED | null)),
});

describe('OrdersService', () => {
  it('places an order and logs it under the id of its request', async () => {
    const { service, submit, lines } = setUp();
    const order = { userId: 1, item: 'AAPL', amount: '1.00' };
    expect(await service.place(order, 'r-1')).toEqual(ORDER);
    expect(submit).toHaveBeenCalledWith({ type: 'place', order, requestId: 'r-1' });
    expect(JSON.parse(lines[0]!)).toMatchObject({ request_id: 'r-1', order_id: 7, user_id: 1 });
  });

  it('does not log an order that was not stored', async () => {
    const { service, submit, lines } = setUp();
    submit.mockRejectedValue(new Error('no'));
    const order = { userId: 1, item: 'AAPL', amount: '1.00' };
    await expect(service.place(order, 'r-1')).rejects.toThrow('no');
    expect(lines).toEqual([]);
  });

  it.each(['OPEN', 'PARTIALLY_FILLED'])('asks to cancel an order that is %s', async (status) => {
    const { service, submit } = setUp(found({ ...STORED, status }));
    expect(await service.cancel(7, 'r-1')).toEqual({ ...ORDER, status });
    expect(submit).toHaveBeenCalledWith({
      type: 'cancel',
      order: { ...STORED, status },
      requestId: 'r-1',
    });
  });

  it.each(ORDER_STATUSES.filter((status) => !['OPEN', 'PARTIALLY_FILLED'].includes(status)))(
    'refuses to cancel an order that is %s',
    async (status) => {
      const { service, submit } = setUp(found({ ...STORED, status }));
      await expect(service.cancel(7, 'r-1')).rejects.toMatchObject({ code: 'ORDER_FINAL' });
      expect(submit).not.toHaveBeenCalled();
    },
  );

  it('knows no order that there is not', async () => {
    const { service, submit } = setUp(found(null));
    await expect(service.get(8)).rejects.toMatchObject({ code: 'ORDER_NOT_FOUND' });
    await expect(service.cancel(8, 'r-1')).rejects.toMatchObject({ code: 'ORDER_NOT_FOUND' });
    expect(submit).not.toHaveBeenCalled();
  });

  it('gives an order with its five members alone', async () => {
    expect(await setUp(found()).service.get(7)).toEqual(ORDER);
  });

  it.each([
    [2, 3, true],
    [3, 3, false],
    [4, 3, false],
  ])(
    'has, with pages of %d and %d orders, more behind the first: %p',
    async (limit, count, more) => {
      const all = Array.from({ length: count }, (_, index) => ({ ...ORDER, id: index + 1 }));
      const find = jest.fn((filter: { limit: number }) =>
        Promise.resolve(all.slice(0, filter.limit)),
      );
      const { service } = setUp({ find });
      const page = await service.list({ limit, descending: false });
      expect(page).toEqual({ orders: all.slice(0, limit), more });
    },
  );

  it.each<[string, (service: OrdersService) => Promise<unknown>]>([
    ['an order', (service) => service.get(7)],
    ["a user's orders", (service) => service.ofUser(1)],
    ['a list', (service) => service.list({ limit: 1, descending: false })],
    ['the order to cancel', (service) => service.cancel(7, 'r-1')],
  ])('can not read %s while the store is away, and hides no other error', async (_, read) => {
    const failing = (error: Error) => {
      const fail = () => Promise.reject(error);
      return setUp({ findById: fail, findByUser: fail, find: fail }).service;
    };
    await expect(read(failing(new StoreUnavailableError('gone')))).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
    });
    await expect(read(failing(new Error('a bug')))).rejects.toThrow('a bug');
  });
});
