import { ORDER_STATUSES, type OrderDto, type OrderStatus } from '@app/contracts';
import { StoreUnavailableError } from '@app/persistence';
import { Log } from '@app/platform';
import { pino } from 'pino';
import type { MarketStates } from '../markets/market-states';
import type { GroupCommit } from './group-commit';
import type { OrderReader } from './new-order/order-reader';
import type { CommandUnit, Outcome } from './order-commands';
import { LIMIT_BUY, newOrder, storedOrder } from './order-fixtures';
import type { OrdersRepository } from './orders.repository';
import { OrdersService } from './orders.service';
import type { NewOrder } from './stored-order';

const ORDER: OrderDto = { id: 7, user_id: 1, item: 'AAPL', amount: '1.00', status: 'OPEN' };
const STORED = storedOrder();
const BOOK_ORDER = storedOrder({ book: LIMIT_BUY });
const REQUEST = { kind: 'plain' as const, body: { user_id: 1, item: 'AAPL', amount: 1 } };

interface Fakes extends Partial<OrdersRepository> {
  read?: () => Promise<(NewOrder | Error)[]>;
  state?: string;
}

function setUp({ read, state = 'TRADING', ...repository }: Fakes = {}) {
  const outcome: Outcome = { result: 'WRITTEN', order: STORED };
  const submit = jest.fn<Promise<Outcome[]>, [CommandUnit]>(() => Promise.resolve([outcome]));
  const lines: string[] = [];
  const reader = { read: jest.fn(read ?? (() => Promise.resolve([newOrder()]))) };
  const service = new OrdersService(
    { submit } as unknown as GroupCommit,
    repository as OrdersRepository,
    reader as unknown as OrderReader,
    { of: () => Promise.resolve(state) } as unknown as MarketStates,
    new Log(pino({}, { write: (line: string) => lines.push(line) })),
  );
  return { service, submit, lines, reader };
}

const found = (order: object | null = STORED) => ({
  findById: jest.fn(() => Promise.resolve(order as typeof STORED | null)),
});

describe('OrdersService', () => {
  it('places an order and logs it under the id of its request', async () => {
    const { service, submit, lines } = setUp();
    expect(await service.place(REQUEST, null, 'r-1')).toEqual({ order: ORDER, created: true });
    const [[unit]] = submit.mock.calls as [[CommandUnit]];
    expect(unit.commands).toEqual([{ type: 'place', order: newOrder() }]);
    expect(unit.requestId).toBe('r-1');
    expect(JSON.parse(lines[0]!)).toMatchObject({ request_id: 'r-1', order_id: 7, user_id: 1 });
  });

  it('gives the first order, as it is now, when the same request comes again', async () => {
    const { service, submit, lines } = setUp(found({ ...STORED, status: 'FILLED' }));
    submit.mockResolvedValue([{ result: 'REPLAYED', id: 7 }]);
    const placed = await service.place(REQUEST, 'again', 'r-1');
    expect(placed).toEqual({ order: { ...ORDER, status: 'FILLED' }, created: false });
    expect(lines).toEqual([]);
  });

  it('hands the Idempotency-Key on as the key of the order', async () => {
    const { service, reader } = setUp();
    await service.place(REQUEST, 'again', 'r-1');
    await service.place(REQUEST, null, 'r-1');
    expect(reader.read.mock.calls).toEqual([
      [[{ request: REQUEST, fallbackKey: 'i:again' }]],
      [[{ request: REQUEST, fallbackKey: null }]],
    ]);
  });

  it('does not log an order that was not stored', async () => {
    const { service, submit, lines } = setUp();
    submit.mockRejectedValue(new Error('no'));
    await expect(service.place(REQUEST, null, 'r-1')).rejects.toThrow('no');
    expect(lines).toEqual([]);
  });

  it.each<OrderStatus>(['OPEN', 'PARTIALLY_FILLED'])(
    'asks to cancel an order that is %s',
    async (status) => {
      const { service, submit } = setUp(found({ ...STORED, status }));
      expect(await service.cancel(7, 'r-1')).toEqual({ ...ORDER, status });
      const order = { ...STORED, status };
      expect(submit.mock.calls[0]![0].commands).toEqual([{ type: 'cancel', order }]);
    },
  );

  it.each(ORDER_STATUSES.filter((status) => !['OPEN', 'PARTIALLY_FILLED'].includes(status)))(
    'refuses to cancel or amend an order that is %s',
    async (status) => {
      const { service, submit } = setUp(found({ ...BOOK_ORDER, status }));
      const amend = service.amend(7, { price: '1' }, 'r-1');
      await expect(amend).rejects.toMatchObject({ code: 'ORDER_FINAL' });
      await expect(service.cancel(7, 'r-1')).rejects.toMatchObject({ code: 'ORDER_FINAL' });
      expect(submit).not.toHaveBeenCalled();
    },
  );

  it.each([
    ['HALTED', 'MARKET_HALTED', 'MARKET_HALTED'],
    ['CANCEL_ONLY', null, 'MARKET_HALTED'],
    ['POST_ONLY', null, null],
    ['TRADING', null, null],
  ])('in a market that is %s refuses a cancel with %p and an amend with %p', async (...row) => {
    const [state, cancelled, amended] = row;
    const { service } = setUp({ ...found(BOOK_ORDER), state });
    const codeOf = (work: Promise<unknown>) =>
      work.then(
        () => null,
        (error: { code: string }) => error.code,
      );
    expect(await codeOf(service.cancel(7, 'r-1'))).toBe(cancelled);
    expect(await codeOf(service.amend(7, { quantity: 1 }, 'r-1'))).toBe(amended);
  });

  it('cancels a plain order whatever the state of the market, and never amends one', async () => {
    const { service, submit } = setUp({ ...found(), state: 'HALTED' });
    await service.cancel(7, 'r-1');
    expect(submit).toHaveBeenCalledTimes(1);
    const amend = service.amend(7, { quantity: 1 }, 'r-1');
    await expect(amend).rejects.toMatchObject({ code: 'NOT_AMENDABLE' });
  });

  it('sends an amend on in the units of the market', async () => {
    const { service, submit } = setUp(found(BOOK_ORDER));
    await service.amend(7, { price: 151, quantity: '8.50' }, 'r-1');
    const [command] = submit.mock.calls[0]![0].commands;
    expect(command).toMatchObject({ type: 'amend', amend: { price: '151.00', quantity: '8.5' } });
  });

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
      const all = Array.from({ length: count }, (_, index) => storedOrder({ id: index + 1 }));
      const find = jest.fn((filter: { limit: number }) =>
        Promise.resolve(all.slice(0, filter.limit)),
      );
      const { service } = setUp({ find });
      const page = await service.list({ limit, descending: false });
      expect(page.orders.map(({ id }) => id)).toEqual(all.slice(0, limit).map(({ id }) => id));
      expect(page.more).toBe(more);
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
