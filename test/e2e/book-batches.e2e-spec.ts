import {
  type Answer,
  type BookOrder,
  createDeployment,
  type Deployment,
  eventually,
  orderBecomes,
  send,
} from '../support/processes';

interface Result {
  status: number;
  order?: BookOrder;
  problem?: { code: string; status: number; errors?: { pointer: string }[] };
}

const LIMIT = { user_id: 1, item: 'BATCH', side: 'BUY', price: '10.00', quantity: '1' };
const PLAIN = { user_id: 1, item: 'BATCH', amount: '1.00' };

describe('batches of orders', () => {
  let deployment: Deployment;
  let url: string;
  let nextUser = 1;

  beforeAll(async () => {
    deployment = await createDeployment({ env: { MATCH_DELAY_MS: '60000' } });
    url = deployment.baseUrl;
  }, 60_000);

  afterAll(() => deployment.dispose());

  const post = (body: unknown): Promise<Answer> => send(url, 'POST', '/orders/batch', { body });
  const resultsOf = (answer: Answer): Result[] => {
    expect(answer.status).toBe(200);
    return (answer.json as { results: Result[] }).results;
  };
  const countOf = async (userId: number): Promise<number> => {
    const rows = await deployment.query('SELECT id FROM orders WHERE user_id = ?', [userId]);
    return rows.length;
  };

  it('answers each order at its place; a bad one does not spoil its neighbours', async () => {
    const user_id = nextUser++;
    const results = resultsOf(
      await post({
        orders: [
          { ...LIMIT, user_id },
          { ...LIMIT, user_id, price: '10.005' },
          { ...PLAIN, user_id },
          'nonsense',
          { ...LIMIT, user_id, type: 'MARKET' },
          null,
          { ...LIMIT, user_id, item: 'BATCH 2', side: 'SELL' },
        ],
      }),
    );
    expect(results.map(({ status }) => status)).toEqual([201, 400, 201, 400, 400, 400, 201]);
    expect(results.map(({ order }) => order?.item)).toEqual([
      'BATCH',
      undefined,
      'BATCH',
      undefined,
      undefined,
      undefined,
      'BATCH 2',
    ]);
    expect(results[1]!.problem).toMatchObject({
      code: 'VALIDATION_FAILED',
      status: 400,
      errors: [{ pointer: '/price' }],
    });
    expect(results[4]!.problem?.code).toBe('UNSUPPORTED_COMBINATION');
    expect(Object.keys(results[2]!.order!)).toHaveLength(5);
    expect(await countOf(user_id)).toBe(3);
    const ids = results.flatMap(({ order }) => (order === undefined ? [] : [order.id]));
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  });

  it('matches the orders of a batch in their order', async () => {
    const item = 'IN ORDER';
    const sells = [3, 2, 1].map((quantity) => ({ ...LIMIT, item, side: 'SELL', quantity }));
    const results = resultsOf(await post([...sells, { ...LIMIT, item, quantity: 4 }]));
    const ids = results.map(({ order }) => order!.id);
    await orderBecomes(url, ids[0]!, { status: 'FILLED' });
    await orderBecomes(url, ids[1]!, { filled_quantity: '1' });
    await orderBecomes(url, ids[2]!, { filled_quantity: '0' });
    await orderBecomes(url, ids[3]!, { status: 'FILLED' });
  });

  it('takes a thousand orders, each with the longest item', async () => {
    const user_id = nextUser++;
    const item = '💰'.repeat(255);
    const rich = {
      ...LIMIT,
      user_id,
      item,
      type: 'STOP_LIMIT',
      stop_price: '9.00',
      time_in_force: 'GTD',
      expires_at: '2099-01-01T00:00:00.000Z',
      post_only: true,
      display_quantity: '0.5',
      self_trade_prevention: 'CANCEL_NEWEST',
    };
    const orders = Array.from({ length: 1000 }, (_, index) => ({
      ...rich,
      client_order_id: String(index).padStart(64, 'x'),
    }));
    const results = resultsOf(await post({ orders }));
    expect(results.filter(({ status }) => status === 201)).toHaveLength(1000);
    expect(new Set(results.map(({ order }) => order!.id)).size).toBe(1000);
    expect(await countOf(user_id)).toBe(1000);
    const again = resultsOf(await post({ orders }));
    expect(again.map(({ status, order }) => [status, order!.id])).toEqual(
      results.map(({ order }) => [200, order!.id]),
    );
    expect(await countOf(user_id)).toBe(1000);
  }, 30_000);

  it.each([
    ['nothing', {}],
    ['no orders', { orders: [] }],
    ['an empty list', []],
    ['1001 orders', Array.from({ length: 1001 }, () => PLAIN)],
    ['orders that are no list', { orders: PLAIN }],
    ['a member that nobody knows', { orders: [PLAIN], dry_run: true }],
    ['an atomic that is text', { orders: [PLAIN], atomic: 'true' }],
  ])('refuses a batch with %s', async (_, body) => {
    const answer = await post(body);
    expect([answer.status, answer.json]).toMatchObject([400, { code: 'VALIDATION_FAILED' }]);
  });

  it('stores all of an atomic batch', async () => {
    const user_id = nextUser++;
    const orders = [
      { ...LIMIT, user_id },
      { ...PLAIN, user_id },
    ];
    const results = resultsOf(await post({ orders, atomic: true }));
    expect(results.map(({ status }) => status)).toEqual([201, 201]);
    expect(await countOf(user_id)).toBe(2);
  });

  it('stores nothing of an atomic batch with a bad order, and points at it', async () => {
    const user_id = nextUser++;
    const orders = [
      { ...LIMIT, user_id },
      { ...LIMIT, user_id, price: '0.001' },
      { ...PLAIN, user_id },
      7,
    ];
    const answer = await post({ orders, atomic: true });
    expect([answer.status, answer.json]).toMatchObject([
      409,
      { code: 'BATCH_REFUSED', errors: [{ pointer: '/orders/1/price' }, { pointer: '/orders/3' }] },
    ]);
    expect(await countOf(user_id)).toBe(0);
  });

  it('stores nothing of an atomic batch that takes a name of another order', async () => {
    const user_id = nextUser++;
    const named = { ...LIMIT, user_id, client_order_id: 'taken' };
    await post([named]);
    const orders = [
      { ...LIMIT, user_id, client_order_id: 'free' },
      { ...named, price: '11.00' },
    ];
    const answer = await post({ orders, atomic: true });
    expect([answer.status, answer.json]).toMatchObject([
      409,
      { code: 'BATCH_REFUSED', errors: [{ pointer: '/orders/1' }] },
    ]);
    expect(await countOf(user_id)).toBe(1);
    const again = resultsOf(await post({ orders: [named, orders[0]], atomic: true }));
    expect(again.map(({ status }) => status)).toEqual([200, 201]);
  });

  it('gives equal orders of a batch under one name one order', async () => {
    const user_id = nextUser++;
    const named = { ...LIMIT, user_id, client_order_id: 'twice' };
    const results = resultsOf(await post([named, named, { ...named, quantity: 2 }]));
    expect(results.map(({ status }) => status)).toEqual([201, 200, 409]);
    expect(results[1]!.order!.id).toBe(results[0]!.order!.id);
    expect(await countOf(user_id)).toBe(1);
  });

  it('never mixes up batches that come together', async () => {
    const user_id = nextUser++;
    const batches = Array.from({ length: 12 }, (_, batch) =>
      Array.from({ length: 50 }, (_, index) => ({
        ...LIMIT,
        user_id,
        item: `MIX ${batch}`,
        quantity: index + 1,
      })),
    );
    const answers = await Promise.all(batches.map((orders) => post({ orders })));
    for (const [batch, answer] of answers.entries()) {
      const results = resultsOf(answer);
      expect(results.map(({ order }) => [order!.item, order!.quantity])).toEqual(
        batches[batch]!.map(({ item, quantity }) => [item, String(quantity)]),
      );
    }
    await eventually(async () => {
      const rows = await deployment.query(
        'SELECT id FROM orders WHERE user_id = ? AND visible_lots > 0',
        [user_id],
      );
      expect(rows).toHaveLength(600);
    });
  });

  it('answers a full queue with 503 and Retry-After, and loses nothing it has answered', async () => {
    const env = { ACCEPT_QUEUE_LIMIT: '25', ACCEPT_BATCH_LIMIT: '10', MATCH_DELAY_MS: '60000' };
    const small = await createDeployment({ env });
    const orders = Array.from({ length: 10 }, () => LIMIT);
    const answers: Answer[] = [];
    const codes = (): unknown[] => answers.map(({ json }) => (json as { code?: string }).code);
    // How many wait at the same time is up to the machine: so often until some found the queue full.
    for (let round = 0; round < 20 && !codes().includes('OVERLOADED'); round += 1) {
      const sent = Array.from({ length: 200 }, () =>
        send(small.baseUrl, 'POST', '/orders/batch', { body: orders }),
      );
      answers.push(...(await Promise.all(sent)));
    }
    const stored = answers.filter(({ status }) => status === 200).length;
    const refused = answers.filter(({ status }) => status === 503);
    expect(stored + refused.length).toBe(answers.length);
    expect(stored).toBeGreaterThan(0);
    expect(codes()).toContain('OVERLOADED');
    for (const { headers, json } of refused) {
      expect(json).toMatchObject({ code: 'OVERLOADED' });
      expect(headers['retry-after']).toBe('1');
    }
    const rows = await small.query('SELECT id FROM orders');
    expect(rows).toHaveLength(stored * 10);
    await small.dispose();
  }, 60_000);
});
