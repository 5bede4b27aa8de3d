import {
  createDeployment,
  type Deployment,
  getAllPages,
  getBookOrder,
  getJson,
  orderBecomes,
  placeBookOrder,
  placeOrder,
  putMarket,
  send,
} from '../support/processes';

interface Market {
  item: string;
  sequence: number;
  last_price: string | null;
}

const DEFAULTS = {
  tick_size: '0.01',
  lot_size: '0.0001',
  min_price: null,
  max_price: null,
  min_quantity: null,
  max_quantity: null,
  state: 'TRADING',
  last_price: null,
  sequence: 0,
};

describe('markets', () => {
  let deployment: Deployment;
  let url: string;

  beforeAll(async () => {
    deployment = await createDeployment({ env: { MATCH_DELAY_MS: '60000' } });
    url = deployment.baseUrl;
  }, 60_000);

  afterAll(() => deployment.dispose());

  const refusalOf = async (method: string, path: string, body?: unknown) => {
    const answer = await send(url, method, path, body === undefined ? {} : { body });
    return [answer.status, (answer.json as { code: string }).code];
  };

  it.each(['UNKNOWN', 'a/b?c=d', 'Ünïcödé 🚀'])('gives %p the defaults', async (item) => {
    const path = `/markets/${encodeURIComponent(item)}`;
    expect(await getJson(url, path)).toEqual({ item, ...DEFAULTS });
  });

  it('keeps what an operator sets', async () => {
    const set = {
      tick_size: '0.5',
      lot_size: 2,
      min_price: 10,
      max_price: '100.5',
      min_quantity: '2',
      max_quantity: 1000,
      state: 'POST_ONLY',
    };
    const market = await putMarket(url, 'SET', set);
    expect(market).toEqual({
      item: 'SET',
      tick_size: '0.5',
      lot_size: '2',
      min_price: '10.0',
      max_price: '100.5',
      min_quantity: '2',
      max_quantity: '1000',
      state: 'POST_ONLY',
      last_price: null,
      sequence: expect.any(Number) as number,
    });
    expect(await getJson(url, '/markets/SET')).toMatchObject({
      ...market,
      sequence: expect.any(Number),
    });
    const replaced = await putMarket(url, 'SET', { max_price: 50 });
    expect(replaced).toMatchObject({
      ...DEFAULTS,
      tick_size: '0.5',
      lot_size: '2',
      max_price: '50.0',
      sequence: expect.any(Number) as number,
    });
  });

  it.each([
    ['a tick of 0', { tick_size: 0 }],
    ['nine decimals', { lot_size: '0.000000001' }],
    ['a bound between ticks', { min_price: '0.001' }],
    ['bounds the wrong way round', { min_quantity: 2, max_quantity: 1 }],
    ['an unknown state', { state: 'CLOSED' }],
    ['an unknown member', { fee: 1 }],
    ['a list', []],
  ])('refuses %s', async (_, body) => {
    expect(await refusalOf('PUT', '/markets/BAD', body)).toEqual([400, 'VALIDATION_FAILED']);
    expect(await getJson(url, '/markets/BAD')).toEqual({ item: 'BAD', ...DEFAULTS });
  });

  it('reads prices and quantities in the units that were set', async () => {
    await putMarket(url, 'UNITS', { tick_size: '0.25', lot_size: '10' });
    const placed = await placeBookOrder(url, { item: 'UNITS', price: '1.750', quantity: 30 });
    expect(placed).toMatchObject({ price: '1.75', quantity: '30', amount: '52.50' });
    const limit = { user_id: 1, item: 'UNITS', side: 'BUY' };
    for (const members of [
      { price: '1.80', quantity: 30 },
      { price: '1.75', quantity: 35 },
    ]) {
      const refused = await refusalOf('POST', '/orders', { ...limit, ...members });
      expect(refused).toEqual([400, 'VALIDATION_FAILED']);
    }
  });

  it('fixes tick and lot with the first book order, not with a plain one', async () => {
    await placeOrder(url, { item: 'FIXED' });
    await putMarket(url, 'FIXED', { tick_size: '0.1', lot_size: '1' });
    await placeBookOrder(url, { item: 'FIXED', price: '1.5', quantity: 1 });
    for (const body of [{ tick_size: '0.01' }, { lot_size: '0.1' }]) {
      expect(await refusalOf('PUT', '/markets/FIXED', body)).toEqual([409, 'MARKET_IN_USE']);
    }
    const same = await putMarket(url, 'FIXED', { tick_size: '0.10', lot_size: 1, max_price: 9 });
    expect(same).toMatchObject({ tick_size: '0.1', lot_size: '1', max_price: '9.0' });
  });

  it('lists markets by item, page by page', async () => {
    for (const item of ['P3', 'P1', 'p1', 'P2']) await putMarket(url, item, {});
    const items = (await getAllPages<Market>(url, '/markets?limit=2')).map(({ item }) => item);
    expect(items).toEqual(items.toSorted());
    expect(items.filter((item) => /^p\d$/i.test(item))).toEqual(['P1', 'P2', 'P3', 'p1']);
    expect(await refusalOf('GET', '/markets?limit=0')).toEqual([400, 'INVALID_QUERY']);
    expect(await refusalOf('GET', '/markets?page=2')).toEqual([400, 'INVALID_QUERY']);
  });

  it('shows the last price and how far the market is', async () => {
    await placeBookOrder(url, { item: 'LAST', price: '7.00', quantity: 1 });
    const sell = { item: 'LAST', side: 'SELL', price: '6.00', quantity: 1 };
    const taker = await placeBookOrder(url, { ...sell, user_id: 2 });
    await orderBecomes(url, taker.id, { status: 'FILLED', average_price: '7.00' });
    const market = await getJson<Market>(url, '/markets/LAST');
    expect(market.last_price).toBe('7.00');
    expect(market.sequence).toBeGreaterThan(3);
  });

  it.each([
    [{ min_price: 10 }, { price: '9.99' }, 'PRICE_OUT_OF_BAND'],
    [{ max_price: 10 }, { price: '10.01' }, 'PRICE_OUT_OF_BAND'],
    [{ min_quantity: 2 }, { quantity: '1.9999' }, 'QUANTITY_TOO_SMALL'],
    [{ max_quantity: 2 }, { quantity: '2.0001' }, 'QUANTITY_TOO_LARGE'],
    [{ state: 'HALTED' }, {}, 'HALTED'],
    [{ state: 'CANCEL_ONLY' }, {}, 'CANCEL_ONLY'],
    [{ state: 'POST_ONLY' }, { time_in_force: 'IOC' }, 'POST_ONLY'],
  ])('with %j rejects an order with %j', async (market, members, reason) => {
    const item = `RULE ${reason} ${JSON.stringify(market)}`;
    await putMarket(url, item, market);
    const limit = { item, price: '10.00', quantity: 2 };
    const placed = await placeBookOrder(url, { ...limit, ...members });
    expect(placed.status).toBe('OPEN');
    await orderBecomes(url, placed.id, { status: 'REJECTED', reason, filled_quantity: '0' });
  });

  it('takes effect between the orders before it and those after it', async () => {
    const item = 'ORDERLY';
    const ids: number[] = [];
    const place = async () => ids.push((await placeBookOrder(url, { item })).id);
    await place();
    await putMarket(url, item, { state: 'HALTED' });
    await place();
    await putMarket(url, item, { state: 'TRADING' });
    await place();
    await orderBecomes(url, ids[2]!, { status: 'OPEN' });
    await orderBecomes(url, ids[1]!, { status: 'REJECTED', reason: 'HALTED' });
    expect((await getBookOrder(url, ids[0]!)).status).toBe('OPEN');
  });

  it('tells a client at once that a halted market takes no cancel and no amend', async () => {
    const item = 'HALT';
    const { id } = await placeBookOrder(url, { user_id: 700, item });
    await putMarket(url, item, { state: 'HALTED' });
    expect(await refusalOf('DELETE', `/orders/${id}`)).toEqual([409, 'MARKET_HALTED']);
    expect(await refusalOf('PATCH', `/orders/${id}`, { quantity: 1 })).toEqual([
      409,
      'MARKET_HALTED',
    ]);
    const all = await send(url, 'DELETE', '/orders?user_id=700');
    expect([all.status, all.json]).toEqual([202, { requested: 0, halted: 1 }]);
    await putMarket(url, item, { state: 'CANCEL_ONLY' });
    expect(await refusalOf('PATCH', `/orders/${id}`, { quantity: 1 })).toEqual([
      409,
      'MARKET_HALTED',
    ]);
    expect((await send(url, 'DELETE', `/orders/${id}`)).status).toBe(202);
    await orderBecomes(url, id, { status: 'CANCELLED', reason: 'USER' });
  });

  it('refuses an item that is none', async () => {
    const long = encodeURIComponent('x'.repeat(256));
    for (const item of ['%20', '%00', long]) {
      expect(await refusalOf('GET', `/markets/${item}`)).toEqual([400, 'INVALID_ID']);
    }
    expect(await refusalOf('GET', '/markets/%zz')).toEqual([400, 'MALFORMED_REQUEST']);
  });
});
