import {
  amendOrder,
  type BookOrder,
  cancelOrder,
  createDeployment,
  type Deployment,
  eventually,
  getBookOrder,
  getUserOrders,
  type NewBookOrder,
  orderBecomes,
  placeBookOrder,
  placeOrder,
  send,
} from '../support/processes';

const LIMIT = { user_id: 1, item: 'AAPL', side: 'BUY', price: '100.00', quantity: '10' };
const KEYS = [
  'id',
  'user_id',
  'item',
  'amount',
  'status',
  'side',
  'type',
  'price',
  'quantity',
  'filled_quantity',
  'remaining_quantity',
  'average_price',
  'time_in_force',
  'reason',
  'client_order_id',
  'created_at',
  'updated_at',
];

describe('book orders', () => {
  let deployment: Deployment;
  let url: string;

  beforeAll(async () => {
    deployment = await createDeployment({ env: { MATCH_DELAY_MS: '60000' } });
    url = deployment.baseUrl;
  }, 60_000);

  afterAll(() => deployment.dispose());

  const problemOf = async (body: unknown) => {
    const answer = await send(url, 'POST', '/orders', { body });
    const { code, errors = [] } = answer.json as {
      code: string;
      errors?: { pointer: string }[];
    };
    return { status: answer.status, code, pointers: errors.map(({ pointer }) => pointer) };
  };

  it('answers a limit order with all its keys, decimals as strings', async () => {
    const placed = await placeBookOrder(url, { item: 'KEYS', price: 100.5, quantity: 2 });
    expect(Object.keys(placed)).toEqual(KEYS);
    expect(placed).toMatchObject({
      user_id: 1,
      item: 'KEYS',
      amount: '201.00',
      status: 'OPEN',
      side: 'BUY',
      type: 'LIMIT',
      price: '100.50',
      quantity: '2',
      filled_quantity: '0',
      remaining_quantity: '2',
      average_price: null,
      time_in_force: 'GTC',
      reason: null,
      client_order_id: null,
    });
    const now = await getBookOrder(url, placed.id);
    expect({ ...now, updated_at: '' }).toEqual({ ...placed, updated_at: '' });
  });

  it.each<[string, NewBookOrder, NewBookOrder]>([
    ['MARKET', { type: 'MARKET', quantity: '1.5' }, { price: null, time_in_force: 'IOC' }],
    ['MARKET by amount', { type: 'MARKET', amount: '100' }, { quantity: null, amount: '0.00' }],
    ['STOP', { type: 'STOP', stop_price: 140 }, { stop_price: '140.00', price: null }],
    [
      'STOP_LIMIT',
      { type: 'STOP_LIMIT', stop_price: '140', price: '141.5' },
      { stop_price: '140.00', price: '141.50', amount: '1415.00' },
    ],
    ['IOC', { time_in_force: 'IOC' }, { time_in_force: 'IOC' }],
    ['FOK', { time_in_force: 'FOK' }, { time_in_force: 'FOK' }],
    [
      'GTD',
      { time_in_force: 'GTD', expires_at: '2099-01-01T01:00:00+01:00' },
      { time_in_force: 'GTD', expires_at: '2099-01-01T00:00:00.000Z' },
    ],
    ['post-only', { post_only: true }, { post_only: true }],
    ['an iceberg', { display_quantity: 2.5 }, { display_quantity: '2.5' }],
    [
      'self-trade prevention',
      { self_trade_prevention: 'DECREMENT' },
      { self_trade_prevention: 'DECREMENT' },
    ],
  ])('takes %s', async (name, members, expected) => {
    const placed = await placeBookOrder(url, { item: `TAKES ${name}`, ...members });
    expect(placed).toMatchObject({ status: 'OPEN', ...expected });
    // What the matcher changes soon after.
    const settled = { status: '', reason: '', updated_at: '' };
    const now = await getBookOrder(url, placed.id);
    expect({ ...now, ...settled }).toEqual({ ...placed, ...settled });
  });

  it('ends a DAY order at the next midnight in UTC', async () => {
    const placed = await placeBookOrder(url, { item: 'DAY', time_in_force: 'DAY' });
    const midnight = new Date(Date.parse(placed.created_at) + 24 * 3600 * 1000);
    midnight.setUTCHours(0, 0, 0, 0);
    expect(placed.expires_at).toBe(midnight.toISOString());
  });

  it.each<[string, NewBookOrder, string, string[]]>([
    ['no price', { price: undefined }, 'VALIDATION_FAILED', ['/price']],
    ['no quantity', { quantity: null }, 'VALIDATION_FAILED', ['/quantity']],
    ['a price of 0', { price: 0 }, 'VALIDATION_FAILED', ['/price']],
    ['a negative quantity', { quantity: '-1' }, 'VALIDATION_FAILED', ['/quantity']],
    ['an exponent', { price: '1e2' }, 'VALIDATION_FAILED', ['/price']],
    ['a price between ticks', { price: '100.005' }, 'VALIDATION_FAILED', ['/price']],
    ['a quantity between lots', { quantity: '0.00001' }, 'VALIDATION_FAILED', ['/quantity']],
    ['an unknown side', { side: 'HOLD' }, 'VALIDATION_FAILED', ['/side']],
    ['a side that is null', { side: null }, 'VALIDATION_FAILED', ['/side']],
    ['an unknown type', { type: 'PEG' }, 'VALIDATION_FAILED', ['/type']],
    ['a member that nobody knows', { leverage: 10 }, 'VALIDATION_FAILED', ['/leverage']],
    ['a blank name', { client_order_id: '' }, 'VALIDATION_FAILED', ['/client_order_id']],
    [
      'a display quantity above the quantity',
      { display_quantity: '10.0001' },
      'VALIDATION_FAILED',
      ['/display_quantity'],
    ],
    ['GTD without a time', { time_in_force: 'GTD' }, 'VALIDATION_FAILED', ['/expires_at']],
    [
      'GTD until a time without a zone',
      { time_in_force: 'GTD', expires_at: '2099-01-01T00:00:00' },
      'VALIDATION_FAILED',
      ['/expires_at'],
    ],
    [
      'GTD until yesterday',
      { time_in_force: 'GTD', expires_at: '2020-01-01T00:00:00Z' },
      'VALIDATION_FAILED',
      ['/expires_at'],
    ],
    [
      'a time for a GTC order',
      { expires_at: '2099-01-01T00:00:00Z' },
      'UNSUPPORTED_COMBINATION',
      ['/time_in_force', '/expires_at'],
    ],
    [
      'a MARKET order with a price',
      { type: 'MARKET' },
      'UNSUPPORTED_COMBINATION',
      ['/type', '/price'],
    ],
    [
      'a LIMIT order with an amount',
      { amount: 1 },
      'UNSUPPORTED_COMBINATION',
      ['/type', '/amount'],
    ],
    [
      'post-only IOC',
      { post_only: true, time_in_force: 'IOC' },
      'UNSUPPORTED_COMBINATION',
      ['/type', '/time_in_force', '/post_only'],
    ],
    ['too large a notional', { price: '99999999', quantity: '99999999' }, 'NOTIONAL_TOO_LARGE', []],
  ])('refuses %s and stores nothing', async (_, members, code, pointers) => {
    const body = { ...LIMIT, item: 'REFUSED', ...members };
    expect(await problemOf(body)).toEqual({ status: 400, code, pointers });
    const rows = await deployment.query("SELECT id FROM orders WHERE item = 'REFUSED'");
    expect(rows).toEqual([]);
  });

  it('does not fix tick and lot for an order that it refuses', async () => {
    await problemOf({ ...LIMIT, item: 'UNTOUCHED', price: '1.001' });
    expect(await deployment.query("SELECT item FROM markets WHERE item = 'UNTOUCHED'")).toEqual([]);
    await placeBookOrder(url, { item: 'UNTOUCHED' });
    const rows = await deployment.query(
      "SELECT tick_size, lot_size, in_use FROM markets WHERE item = 'UNTOUCHED'",
    );
    expect(rows).toEqual([{ tick_size: '0.01', lot_size: '0.0001', in_use: 1 }]);
  });

  it('lists book orders beside plain ones, from the cache too', async () => {
    const user = 500;
    const plain = await placeOrder(url, { user_id: user, item: 'LISTED' });
    const book = await placeBookOrder(url, { user_id: user, item: 'LISTED' });
    await eventually(async () => {
      const first = await getUserOrders(url, user);
      const second = await getUserOrders(url, user);
      expect(second.cache).toBe('HIT');
      expect(second.orders).toEqual(first.orders);
    });
    const { orders } = await getUserOrders(url, user);
    expect(orders).toMatchObject([plain, { id: book.id, price: '100.00', quantity: '10' }]);
    expect(Object.keys(orders[0]!)).toEqual(['id', 'user_id', 'item', 'amount', 'status']);
    expect(Object.keys(orders[1]!)).toEqual(KEYS);
    const listed = await send(url, 'GET', '/orders?item=LISTED');
    expect(listed.json).toEqual(orders);
  });

  it('trades, and shows filled, remaining and average price that go together', async () => {
    const item = 'TRADES';
    const ask = await placeBookOrder(url, {
      user_id: 2,
      item,
      side: 'SELL',
      price: '100.00',
      quantity: 1,
    });
    const next = await placeBookOrder(url, {
      user_id: 3,
      item,
      side: 'SELL',
      price: '100.01',
      quantity: 2,
    });
    const bid = await placeBookOrder(url, { user_id: 4, item, price: '101.00', quantity: '5' });
    await orderBecomes(url, bid.id, {
      status: 'PARTIALLY_FILLED',
      filled_quantity: '3',
      remaining_quantity: '2',
      average_price: '100.00666667',
      amount: '505.00',
    });
    const filled = { status: 'FILLED', remaining_quantity: '0', reason: null };
    await orderBecomes(url, ask.id, { ...filled, average_price: '100.00' });
    await orderBecomes(url, next.id, { ...filled, average_price: '100.01' });
  });

  it.each<[string, NewBookOrder, string]>([
    ['MARKET', { type: 'MARKET' }, 'NO_LIQUIDITY'],
    ['IOC', { time_in_force: 'IOC' }, 'IOC_REMAINDER'],
  ])('cancels what is left of a %s order', async (type, members, reason) => {
    const placed = await placeBookOrder(url, { item: `LEFT ${type}`, ...members });
    await orderBecomes(url, placed.id, { status: 'CANCELLED', reason, filled_quantity: '0' });
  });

  it('rejects a FOK order that can not be filled', async () => {
    const placed = await placeBookOrder(url, { item: 'FOK', time_in_force: 'FOK' });
    await orderBecomes(url, placed.id, { status: 'REJECTED', reason: 'FOK_UNFILLABLE' });
  });

  it('amends, and shows the new total', async () => {
    const placed = await placeBookOrder(url, { item: 'AMEND' });
    expect((await amendOrder(url, placed.id, { quantity: '8', price: 99 })).id).toBe(placed.id);
    await orderBecomes(url, placed.id, {
      status: 'OPEN',
      price: '99.00',
      quantity: '8',
      remaining_quantity: '8',
      amount: '792.00',
    });
  });

  it.each<[string, NewBookOrder, NewBookOrder, number, string]>([
    ['nothing', {}, {}, 400, 'VALIDATION_FAILED'],
    ['a side', {}, { side: 'SELL', price: 1 }, 400, 'VALIDATION_FAILED'],
    ['a price between ticks', {}, { price: '1.001' }, 400, 'VALIDATION_FAILED'],
    [
      'the price of a STOP',
      { type: 'STOP', stop_price: '1000' },
      { price: 1 },
      400,
      'UNSUPPORTED_COMBINATION',
    ],
    ['too much', {}, { price: '99999999', quantity: '99999999' }, 400, 'NOTIONAL_TOO_LARGE'],
  ])('refuses to amend %s', async (_, order, amend, status, code) => {
    const placed = await placeBookOrder(url, { item: 'NO AMEND', ...order });
    const answer = await send(url, 'PATCH', `/orders/${placed.id}`, { body: amend });
    expect([answer.status, (answer.json as { code: string }).code]).toEqual([status, code]);
  });

  it('refuses to amend what is final, plain or unknown', async () => {
    const placed = await placeBookOrder(url, { item: 'FINAL' });
    await cancelOrder(url, placed.id);
    await orderBecomes(url, placed.id, { status: 'CANCELLED', reason: 'USER' });
    const plain = await placeOrder(url);
    const codeOf = async (id: number) => {
      const answer = await send(url, 'PATCH', `/orders/${id}`, { body: { quantity: 1 } });
      return [answer.status, (answer.json as { code: string }).code];
    };
    expect(await codeOf(placed.id)).toEqual([409, 'ORDER_FINAL']);
    expect(await codeOf(plain.id)).toEqual([409, 'NOT_AMENDABLE']);
    expect(await codeOf(987_654_321)).toEqual([404, 'ORDER_NOT_FOUND']);
  });

  it("cancels all of a user's orders, or those of one item", async () => {
    const user = 600;
    const orders: BookOrder[] = [];
    for (const item of ['ALL A', 'ALL A', 'ALL B']) {
      orders.push(await placeBookOrder(url, { user_id: user, item }));
    }
    const plain = await placeOrder(url, { user_id: user, item: 'ALL B' });
    const other = await placeBookOrder(url, { user_id: 601, item: 'ALL A' });
    const cancelAll = async (query: string) => {
      const answer = await send(url, 'DELETE', `/orders?${query}`);
      return [answer.status, answer.json];
    };
    expect(await cancelAll(`user_id=${user}&item=ALL%20A`)).toEqual([202, { requested: 2 }]);
    for (const { id } of orders.slice(0, 2)) {
      await orderBecomes(url, id, { status: 'CANCELLED', reason: 'USER' });
    }
    expect((await getBookOrder(url, orders[2]!.id)).status).toBe('OPEN');
    expect(await cancelAll(`user_id=${user}`)).toEqual([202, { requested: 2 }]);
    await orderBecomes(url, orders[2]!.id, { status: 'CANCELLED' });
    await orderBecomes(url, plain.id, { status: 'CANCELLED' });
    expect(await cancelAll(`user_id=${user}`)).toEqual([202, { requested: 0 }]);
    expect((await getBookOrder(url, other.id)).status).toBe('OPEN');
  });

  it('gives an order for a self-trade prevention that ends it its reason', async () => {
    const item = 'SELF';
    const resting = await placeBookOrder(url, { item, side: 'SELL' });
    const incoming = await placeBookOrder(url, { item, self_trade_prevention: 'CANCEL_OLDEST' });
    await orderBecomes(url, resting.id, { status: 'CANCELLED', reason: 'SELF_TRADE' });
    expect((await getBookOrder(url, incoming.id)).status).toBe('OPEN');
  });
});
