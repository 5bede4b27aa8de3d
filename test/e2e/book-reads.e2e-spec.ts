import {
  createDeployment,
  type Deployment,
  eventually,
  getAllPages,
  getBookOrder,
  getJson,
  orderBecomes,
  placeBookOrder,
  placeOrder,
  putMarket,
  send,
} from '../support/processes';

interface Trade {
  item: string;
  trade_id: number;
  price: string;
  quantity: string;
  taker_side: string;
  maker_order_id: number;
  taker_order_id: number;
  executed_at: string;
  order_id?: number;
  side?: string;
  role?: string;
}

interface Book {
  item: string;
  sequence: number;
  bids: { price: string; quantity: string; orders: number }[];
  asks: { price: string; quantity: string; orders: number }[];
}

interface Candle {
  start: string;
  open: string;
  high: string;
  low: string;
  close: string;
  volume: string;
  notional: string;
  trades: number;
}

const MAKER = 10;
const TAKER = 20;
/** Price and quantity of each trade, in their order. */
const FILLS = [
  ['10.00', '1'],
  ['10.50', '2.5'],
  ['9.75', '0.5'],
  ['10.25', '1'],
] as const;

describe('reads of markets', () => {
  let deployment: Deployment;
  let url: string;
  const orders: { maker: number; taker: number }[] = [];

  beforeAll(async () => {
    deployment = await createDeployment({ env: { MATCH_DELAY_MS: '0' } });
    url = deployment.baseUrl;
    for (const [index, [price, quantity]] of FILLS.entries()) {
      const side = index % 2 === 0 ? 'SELL' : 'BUY';
      const other = side === 'SELL' ? 'BUY' : 'SELL';
      const order = { item: 'READS', price, quantity };
      const maker = await placeBookOrder(url, { ...order, user_id: MAKER, side });
      const taker = await placeBookOrder(url, { ...order, user_id: TAKER, side: other });
      await orderBecomes(url, taker.id, { status: 'FILLED' });
      orders.push({ maker: maker.id, taker: taker.id });
    }
  }, 60_000);

  afterAll(() => deployment.dispose());

  const codeOf = async (path: string) => {
    const answer = await send(url, 'GET', path);
    return [answer.status, (answer.json as { code: string }).code];
  };

  it('lists the trades of an item, without saying whose they are', async () => {
    const trades = await getJson<Trade[]>(url, '/markets/READS/trades');
    expect(trades).toEqual(
      FILLS.map(([price, quantity], index) => ({
        item: 'READS',
        trade_id: index + 1,
        price,
        quantity,
        taker_side: index % 2 === 0 ? 'BUY' : 'SELL',
        maker_order_id: orders[index]!.maker,
        taker_order_id: orders[index]!.taker,
        executed_at: expect.stringMatching(/^20\d\d-.*Z$/) as string,
      })),
    );
    expect(await getJson(url, '/trades?item=READS')).toEqual(trades);
  });

  it("lists a user's trades from the side of its orders", async () => {
    const views = (rows: Trade[]) => rows.map(({ order_id, side, role }) => [order_id, side, role]);
    const made = await getJson<Trade[]>(url, `/trades?user_id=${MAKER}`);
    expect(views(made)).toEqual(
      orders.map(({ maker }, index) => [maker, index % 2 === 0 ? 'SELL' : 'BUY', 'MAKER']),
    );
    const taken = await getJson<Trade[]>(url, `/trades?user_id=${TAKER}&item=READS`);
    expect(views(taken)).toEqual(
      orders.map(({ taker }, index) => [taker, index % 2 === 0 ? 'BUY' : 'SELL', 'TAKER']),
    );
    expect(await getJson(url, `/trades?user_id=${TAKER}&item=OTHER`)).toEqual([]);
    expect(JSON.stringify(made)).not.toContain('user');
  });

  it('lists the trades of an order', async () => {
    const [trade, ...more] = await getJson<Trade[]>(url, `/orders/${orders[1]!.taker}/trades`);
    expect(more).toEqual([]);
    expect(trade).toMatchObject({ trade_id: 2, role: 'TAKER', side: 'SELL', price: '10.50' });
    const plain = await placeOrder(url, {});
    expect(await getJson(url, `/orders/${plain.id}/trades`)).toEqual([]);
    expect(await codeOf('/orders/987654321/trades')).toEqual([404, 'ORDER_NOT_FOUND']);
  });

  it.each([
    ['/markets/READS/trades', [1, 2, 3, 4]],
    [`/trades?user_id=${MAKER}`, [1, 2, 3, 4]],
    ['/trades?item=READS', [1, 2, 3, 4]],
  ])('pages through %s in both directions', async (path, ids) => {
    const join = path.includes('?') ? '&' : '?';
    for (const limit of [1, 3]) {
      const up = await getAllPages<Trade>(url, `${path}${join}limit=${limit}`);
      expect(up.map(({ trade_id }) => trade_id)).toEqual(ids);
      const down = await getAllPages<Trade>(url, `${path}${join}limit=${limit}&order=desc`);
      expect(down.map(({ trade_id }) => trade_id)).toEqual(ids.toReversed());
    }
  });

  it('shows a trade of a user with itself once for each of its orders, on pages too', async () => {
    const user_id = 30;
    for (let round = 0; round < 3; round += 1) {
      await placeBookOrder(url, { user_id, item: 'ITSELF', quantity: 1 });
      const sell = await placeBookOrder(url, {
        user_id,
        item: 'ITSELF',
        side: 'SELL',
        quantity: 1,
      });
      await orderBecomes(url, sell.id, { status: 'FILLED' });
    }
    const expected = [1, 2, 3].flatMap((id) => [
      [id, 'MAKER', 'BUY'],
      [id, 'TAKER', 'SELL'],
    ]);
    for (const limit of [1, 2, 3, 1000]) {
      const path = `/trades?user_id=${user_id}&limit=${limit}`;
      const up = await getAllPages<Trade>(url, path);
      expect(up.map(({ trade_id, role, side }) => [trade_id, role, side])).toEqual(expected);
      const down = await getAllPages<Trade>(url, `${path}&order=desc`);
      expect(down).toEqual(up.toReversed());
    }
  });

  it('shows the book at one moment, best prices first', async () => {
    const item = 'BOOK';
    const bids = [
      ['9.00', 1],
      ['9.50', 2],
      ['9.50', '0.5'],
      ['8.00', 3],
    ];
    const asks = [
      ['11.00', 1],
      ['10.50', 4],
    ];
    for (const [price, quantity] of bids) await placeBookOrder(url, { item, price, quantity });
    for (const [price, quantity] of asks) {
      await placeBookOrder(url, { item, side: 'SELL', price, quantity });
    }
    const iceberg = { price: '12.00', quantity: 100, display_quantity: '2.5' };
    await placeBookOrder(url, { item, side: 'SELL', ...iceberg });
    await placeBookOrder(url, { item, type: 'STOP', stop_price: '20' });
    const book = await eventually(async () => {
      const read = await getJson<Book>(url, `/markets/${item}/book`);
      expect(read.asks).toHaveLength(3);
      return read;
    });
    expect(book).toEqual({
      item,
      sequence: expect.any(Number) as number,
      bids: [
        { price: '9.50', quantity: '2.5', orders: 2 },
        { price: '9.00', quantity: '1', orders: 1 },
        { price: '8.00', quantity: '3', orders: 1 },
      ],
      asks: [
        { price: '10.50', quantity: '4', orders: 1 },
        { price: '11.00', quantity: '1', orders: 1 },
        { price: '12.00', quantity: '2.5', orders: 1 },
      ],
    });
    const top = await getJson<Book>(url, `/markets/${item}/book?depth=1`);
    expect(top.bids).toEqual(book.bids.slice(0, 1));
    expect(top.asks).toEqual(book.asks.slice(0, 1));
    const taker = await placeBookOrder(url, { item, type: 'MARKET', quantity: '4' });
    await orderBecomes(url, taker.id, { status: 'FILLED' });
    const after = await getJson<Book>(url, `/markets/${item}/book`);
    expect(after.asks[0]).toMatchObject({ price: '11.00' });
    expect(after.sequence).toBeGreaterThan(book.sequence);
  });

  it('has an empty book for an item that nobody has traded', async () => {
    expect(await getJson(url, '/markets/NOTHING/book')).toEqual({
      item: 'NOTHING',
      sequence: 0,
      bids: [],
      asks: [],
    });
  });

  it('never shows a book that is crossed, however often it is asked while orders come', async () => {
    const item = 'BUSY';
    let done = false;
    const trade = async () => {
      for (let round = 0; round < 60; round += 1) {
        const price = (10 + (round % 7) / 100).toFixed(2);
        await placeBookOrder(url, {
          item,
          side: round % 2 === 0 ? 'BUY' : 'SELL',
          price,
          quantity: 1,
        });
      }
      done = true;
    };
    let sequence = 0;
    const read = async () => {
      while (!done) {
        const book = await getJson<Book>(url, `/markets/${item}/book`);
        expect(book.sequence).toBeGreaterThanOrEqual(sequence);
        sequence = book.sequence;
        const [bid, ask] = [book.bids[0]?.price ?? '0', book.asks[0]?.price ?? '99'];
        expect(Number(bid)).toBeLessThan(Number(ask));
      }
    };
    await Promise.all([trade(), read()]);
    expect(sequence).toBeGreaterThan(0);
  });

  it.each(['1s', '1m', '5m', '15m', '30m', '1h', '4h', '1d'])(
    'adds trades up to candles of %s',
    async (interval) => {
      const candles = await getJson<Candle[]>(url, `/markets/READS/candles?interval=${interval}`);
      // The trades may lie on both sides of a boundary.
      expect(candles[0]?.open).toBe('10.00');
      expect(candles.at(-1)?.close).toBe('10.25');
      const total = (of: (candle: Candle) => number) =>
        candles.reduce((sum, each) => sum + of(each), 0);
      expect(total(({ trades }) => trades)).toBe(4);
      expect(total(({ volume }) => Number(volume))).toBe(5);
      expect(total(({ notional }) => Number(notional))).toBeCloseTo(51.375, 9);
      expect(Math.max(...candles.map(({ high }) => Number(high)))).toBe(10.5);
      expect(Math.min(...candles.map(({ low }) => Number(low)))).toBe(9.75);
      const starts = candles.map(({ start }) => start);
      expect(starts).toEqual([...new Set(starts)].toSorted());
    },
  );

  it('keeps candles to what was asked for', async () => {
    const all = await getJson<Candle[]>(url, '/markets/READS/candles?interval=1s');
    const last = all.at(-1)!;
    const path = '/markets/READS/candles?interval=1s';
    expect(await getJson(url, `${path}&limit=1`)).toEqual([last]);
    expect(await getJson(url, `${path}&from=${last.start}`)).toEqual([last]);
    expect(await getJson(url, `${path}&from=${all[0]!.start}&limit=1`)).toEqual([all[0]]);
    expect(await getJson(url, `${path}&to=${all[0]!.start}`)).toEqual([]);
    expect(
      await getJson(url, '/markets/READS/candles?interval=1m&to=2020-01-01T00:00:00Z'),
    ).toEqual([]);
    expect(await getJson(url, '/markets/READS/candles?from=2099-01-01T00:00:00Z')).toEqual([]);
  });

  it('sums up the last 24 hours', async () => {
    expect(await getJson(url, '/markets/READS/ticker')).toEqual({
      item: 'READS',
      last: '10.25',
      open: '10.00',
      high: '10.50',
      low: '9.75',
      change: '0.25',
      volume: '5',
      notional: '51.375',
      trades: 4,
    });
    expect(await getJson(url, '/markets/QUIET/ticker')).toMatchObject({ last: null, trades: 0 });
  });

  it('shows what users hold by their trades', async () => {
    // Bought 1 @ 10.00 and 0.5 @ 9.75, sold 2.5 @ 10.50 and 1 @ 10.25, in turns.
    const { positions } = await getJson<{ positions: Record<string, string>[] }>(
      url,
      `/users/${TAKER}/positions`,
    );
    expect(positions).toEqual([
      {
        item: 'READS',
        quantity: '-2',
        average_cost: '10.375',
        cost: '-20.75',
        realised_profit: '0.875',
        updated_at: expect.any(String) as string,
      },
    ]);
    expect(await getJson(url, '/users/424242/positions')).toEqual({
      user_id: 424242,
      positions: [],
    });
  });

  it('shows each item in its own units', async () => {
    await putMarket(url, 'COARSE', { tick_size: '5', lot_size: '0.5' });
    const order = { item: 'COARSE', price: 15, quantity: 2 };
    await placeBookOrder(url, { ...order, user_id: 40 });
    const taker = await placeBookOrder(url, {
      ...order,
      user_id: 40,
      side: 'SELL',
      quantity: '1.5',
    });
    await orderBecomes(url, taker.id, { status: 'FILLED', average_price: '15', amount: '22.50' });
    const [trade] = await getJson<Trade[]>(url, '/markets/COARSE/trades');
    expect(trade).toMatchObject({ price: '15', quantity: '1.5' });
    const mixed = await getJson<Trade[]>(url, '/trades?user_id=40');
    expect(mixed.map(({ price }) => price)).toEqual(['15', '15']);
    expect((await getBookOrder(url, taker.id)).price).toBe('15');
  });

  it.each([
    '/trades',
    '/trades?user_id=x',
    '/trades?user_id=1&cursor=-1',
    '/trades?user_id=1&page=2',
    '/markets/READS/trades?limit=1001',
    '/orders/1/trades?order=up',
    '/markets/READS/book?depth=0',
    '/markets/READS/book?depth=1001',
    '/markets/READS/candles?interval=2m',
    '/markets/READS/candles?limit=1001',
    '/markets/READS/candles?from=yesterday',
    '/markets/READS/candles?from=2026-01-01',
  ])('refuses %s', async (path) => {
    expect(await codeOf(path)).toEqual([400, 'INVALID_QUERY']);
  });

  it.each(['/orders/x/trades', '/users/0/positions', '/markets/%20/book'])(
    'refuses %s',
    async (path) => {
      expect(await codeOf(path)).toEqual([400, 'INVALID_ID']);
    },
  );
});
