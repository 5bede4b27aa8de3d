import type { OrderEvent } from '@app/contracts';
import type { NewEvent, Outbox } from '@app/messaging';
import type { Transaction } from '@app/persistence';
import type { CommandUnit, Outcome } from './order-commands';
import { LIMIT_BUY, newOrder, placeUnit, storedOrder } from './order-fixtures';
import { OrderWriter } from './order-writer';
import { type RequestKeys, StoredRequests } from './request-keys';
import type { NewOrder } from './stored-order';

const NOW_MS = 1_700_000_000_000;

const keyed = (key: string, hash = 'h', userId = 1): NewOrder =>
  newOrder({ userId, request: { key, hash } });

interface EarlierRequest {
  id: number;
  key: string;
  hash?: string;
}

function setUp(...earlier: EarlierRequest[]) {
  const inserts: { sql: string; parameters: unknown[]; count: number }[] = [];
  const events: NewEvent[] = [];
  let nextId = 100;
  const tx = {
    insert: (sql: string, parameters: unknown[], count: number) => {
      inserts.push({ sql, parameters, count });
      return Promise.resolve(Array.from({ length: count }, () => nextId++));
    },
  } as unknown as Transaction;
  const findIn = jest.fn((_tx: Transaction, _orders: readonly NewOrder[]) => {
    const stored = new StoredRequests();
    for (const { id, key, hash = 'h' } of earlier) {
      stored.add({ id, user_id: 1, request_key: key, request_hash: hash });
    }
    return Promise.resolve(stored);
  });
  const append = jest.fn((_tx: Transaction, _topic: string, added: readonly NewEvent[]) => {
    events.push(...added);
    return Promise.resolve();
  });
  const writer = new OrderWriter(
    { findIn } as unknown as RequestKeys,
    { append } as unknown as Outbox,
  );
  const write = (...units: CommandUnit[]) => writer.write(tx, units, NOW_MS);
  return { write, inserts, events, findIn, append };
}

const shown = (outcomes: Outcome[][]) =>
  outcomes.map((unit) =>
    unit.map((outcome) => {
      if (outcome.result === 'WRITTEN') return outcome.order.id;
      if (outcome.result === 'REPLAYED') return `again ${outcome.id}`;
      return outcome.result === 'REFUSED' ? outcome.problem.code : outcome.result;
    }),
  );

describe('OrderWriter', () => {
  it('stores the orders of all units in one statement and tells of each, in order', async () => {
    const { write, inserts, events, append } = setUp();
    const outcomes = await write(
      placeUnit(newOrder({ item: 'A' })),
      placeUnit(newOrder({ item: 'B' }), newOrder({ item: 'C', book: LIMIT_BUY })),
    );
    expect(shown(outcomes)).toEqual([[100], [101, 102]]);
    expect(inserts.map(({ count }) => count)).toEqual([3]);
    expect(events.map(({ key }) => key)).toEqual(['A', 'B', 'C']);
    expect(append).toHaveBeenCalledTimes(1);
  });

  it('says of a plain order what it always said, and of a book order its terms', async () => {
    const { write, events } = setUp();
    await write(placeUnit(newOrder(), newOrder({ book: LIMIT_BUY, clientOrderId: 'mine' })));
    const [plain, book] = events.map(({ value }) => value as OrderEvent & { order: object });
    const time = new Date(NOW_MS).toISOString();
    expect(plain).toEqual({
      type: 'ORDER_PLACED',
      event_id: expect.any(String) as string,
      occurred_at: time,
      request_id: 'r-1',
      order: {
        id: 100,
        user_id: 1,
        item: 'AAPL',
        amount: '1.00',
        status: 'OPEN',
        created_at: time,
      },
    });
    expect(book!.order).toEqual({
      id: 101,
      user_id: 1,
      item: 'AAPL',
      status: 'OPEN',
      created_at: time,
      side: 'BUY',
      type: 'LIMIT',
      time_in_force: 'GTC',
      price: '150.50',
      quantity: '10',
      client_order_id: 'mine',
    });
  });

  it('leaves out the columns of book orders where all orders are plain', async () => {
    const { write, inserts } = setUp();
    await write(placeUnit(newOrder()));
    await write(placeUnit(newOrder(), newOrder({ book: LIMIT_BUY })));
    expect(inserts.map(({ parameters, count }) => parameters.length / count)).toEqual([8, 19]);
    expect(inserts.map(({ sql }) => (sql.match(/\?/g) ?? []).length)).toEqual([8, 38]);
  });

  it('splits what is too much for one statement', async () => {
    const { write, inserts } = setUp();
    const orders = Array.from({ length: 1001 }, () => newOrder());
    const [outcomes] = await write(placeUnit(...orders));
    expect(inserts.map(({ count }) => count)).toEqual([1000, 1]);
    expect(shown([outcomes!])[0]!.at(-1)).toBe(1100);
  });

  it('places nothing and tells nobody when the same request comes again', async () => {
    const { write, inserts, events } = setUp({ id: 7, key: 'c:a' });
    expect(shown(await write(placeUnit(keyed('c:a'))))).toEqual([['again 7']]);
    expect([inserts, events]).toEqual([[], []]);
  });

  it('refuses another order under the same key, and only for that user', async () => {
    const { write } = setUp({ id: 7, key: 'c:a' });
    const outcomes = await write(placeUnit(keyed('c:a', 'other'), keyed('c:a', 'h', 2)));
    expect(shown(outcomes)).toEqual([['DUPLICATE_REQUEST', 100]]);
  });

  it('places the first of equal requests that come together', async () => {
    const { write, events } = setUp();
    const outcomes = await write(
      placeUnit(keyed('c:a')),
      placeUnit(keyed('c:a'), keyed('c:a', 'other'), newOrder()),
    );
    expect(shown(outcomes)).toEqual([[100], ['again 100', 'DUPLICATE_REQUEST', 101]]);
    expect(events).toHaveLength(2);
  });

  it('writes nothing of an atomic unit with a refusal, and all of its neighbours', async () => {
    const { write, events } = setUp({ id: 7, key: 'c:a' });
    const atomic = {
      ...placeUnit(keyed('c:new'), keyed('c:a', 'other'), newOrder()),
      atomic: true,
    };
    const outcomes = await write(placeUnit(newOrder()), atomic, placeUnit(keyed('c:new', 'fresh')));
    expect(shown(outcomes)).toEqual([[100], ['LEFT_OUT', 'DUPLICATE_REQUEST', 'LEFT_OUT'], [101]]);
    expect(events).toHaveLength(2);
  });

  it('asks the store about requests with a key alone', async () => {
    const { write, findIn } = setUp();
    await write(placeUnit(newOrder(), keyed('c:a'), newOrder()));
    expect(findIn.mock.calls[0]![1]).toEqual([keyed('c:a')]);
  });

  it('tells of cancels and amends after the orders that came with them', async () => {
    const { write, inserts, events } = setUp();
    const order = storedOrder({ id: 9, book: LIMIT_BUY });
    const outcomes = await write(
      { commands: [{ type: 'cancel', order }], atomic: true, requestId: 'r-2' },
      placeUnit(newOrder()),
      {
        commands: [{ type: 'amend', order, amend: { quantity: '3' } }],
        atomic: true,
        requestId: 'r-3',
      },
    );
    expect(shown(outcomes)).toEqual([[9], [100], [9]]);
    expect(inserts).toHaveLength(1);
    expect(events.map(({ value }) => value)).toMatchObject([
      { type: 'ORDER_CANCEL_REQUESTED', request_id: 'r-2', order: { id: 9, side: 'BUY' } },
      { type: 'ORDER_PLACED', order: { id: 100 } },
      { type: 'ORDER_AMEND_REQUESTED', request_id: 'r-3', amend: { quantity: '3' } },
    ]);
  });
});
