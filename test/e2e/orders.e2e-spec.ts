import {
  createDeployment,
  type Deployment,
  eventually,
  getOrder,
  getUserOrders,
  type Order,
  placeOrder,
  send,
} from '../support/processes';

const MATCH_DELAY_MS = 1000;
const KEYS = ['id', 'user_id', 'item', 'amount', 'status'];

describe('orders', () => {
  let deployment: Deployment;
  let url: string;

  beforeAll(async () => {
    deployment = await createDeployment({ env: { MATCH_DELAY_MS: String(MATCH_DELAY_MS) } });
    url = deployment.baseUrl;
  }, 60_000);

  afterAll(() => deployment.dispose());

  it('answers a new order with 201 and exactly the five keys', async () => {
    const body = { user_id: 1, item: 'AAPL', amount: 150.5 };
    const answer = await send(url, 'POST', '/orders', { body });
    expect(answer.status).toBe(201);
    expect(Object.keys(answer.json as object)).toEqual(KEYS);
    expect(answer.json).toEqual({
      id: expect.any(Number) as number,
      user_id: 1,
      item: 'AAPL',
      amount: '150.50',
      status: 'OPEN',
    });
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
  });

  it.each([
    [1, '1.00'],
    [0.01, '0.01'],
    ['0.1', '0.10'],
    ['99999999.99', '99999999.99'],
    [99999999.99, '99999999.99'],
    ['007.5', '7.50'],
    [1e3, '1000.00'],
  ])('stores the amount %p and returns it as "%s"', async (amount, expected) => {
    const placed = await placeOrder(url, { amount });
    expect(placed.amount).toBe(expected);
    expect((await getOrder(url, placed.id)).amount).toBe(expected);
  });

  it.each([
    'A',
    'Ünïcödé 株式 🚀',
    "Robert'); DROP TABLE orders;--",
    ' padded ',
    'a/b?c=d&e',
    '🚀'.repeat(255),
  ])('keeps the item %p as it was sent', async (item) => {
    const placed = await placeOrder(url, { item });
    expect((await getOrder(url, placed.id)).item).toBe(item);
    const answer = await send(url, 'GET', `/orders?item=${encodeURIComponent(item)}`);
    expect((answer.json as Order[]).map((order) => order.id)).toContain(placed.id);
  });

  it('tells items apart that differ in case or in a space', async () => {
    await placeOrder(url, { user_id: 900, item: 'Case' });
    await placeOrder(url, { user_id: 900, item: 'case' });
    await placeOrder(url, { user_id: 900, item: 'case ' });
    const answer = await send(url, 'GET', '/orders?user_id=900&item=case');
    expect(answer.json).toHaveLength(1);
  });

  it('fills an order when its delay is over, not before', async () => {
    const placed = await placeOrder(url, { user_id: 2 });
    expect(placed.status).toBe('OPEN');
    await eventually(async () => {
      expect((await getOrder(url, placed.id)).status).toBe('FILLED');
    });
    const [row] = await deployment.query<{ created_at_ms: number; updated_at_ms: number }>(
      'SELECT created_at_ms, updated_at_ms FROM orders WHERE id = ?',
      [placed.id],
    );
    const waitedMs = Number(row?.updated_at_ms) - Number(row?.created_at_ms);
    expect(waitedMs).toBeGreaterThanOrEqual(MATCH_DELAY_MS);
    expect(waitedMs).toBeLessThan(MATCH_DELAY_MS + 1500);
  });

  it("lists a user's orders sorted by id, with their present state", async () => {
    const first = await placeOrder(url, { user_id: 3, item: 'A' });
    const second = await placeOrder(url, { user_id: 3, item: 'B' });
    expect((await getUserOrders(url, 3)).orders).toEqual([first, second]);
    await eventually(async () => {
      const { orders } = await getUserOrders(url, 3);
      expect(orders.map((order) => order.status)).toEqual(['FILLED', 'FILLED']);
    });
  });

  it('answers an empty list for a user without orders', async () => {
    expect((await getUserOrders(url, 424242)).orders).toEqual([]);
  });

  it('answers 404 with problem details for an unknown order', async () => {
    const answer = await send(url, 'GET', '/orders/999999999');
    expect(answer.status).toBe(404);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.json).toMatchObject({ status: 404, code: 'ORDER_NOT_FOUND', title: 'Not Found' });
  });

  it('pages through all orders in both directions without losing or repeating one', async () => {
    const placed = await Promise.all(
      Array.from({ length: 25 }, () => placeOrder(url, { user_id: 4 })),
    );
    const ids = placed.map((order) => order.id).toSorted((a, b) => a - b);
    expect(await idsByPages(url, '/orders?user_id=4&limit=10')).toEqual(ids);
    expect(await idsByPages(url, '/orders?user_id=4&limit=7&order=desc')).toEqual(ids.toReversed());
  });

  it('filters by status', async () => {
    const placed = await placeOrder(url, { user_id: 5 });
    const open = await send(url, 'GET', '/orders?status=OPEN&user_id=5');
    expect(open.json).toEqual([placed]);
    await eventually(async () => {
      const filled = await send(url, 'GET', '/orders?status=FILLED&user_id=5');
      expect(filled.json).toEqual([{ ...placed, status: 'FILLED' }]);
    });
  });

  it('gives concurrent orders different ids and keeps each as it was sent', async () => {
    const wanted = Array.from({ length: 300 }, (_, index) => ({
      user_id: 6,
      item: `item-${index}`,
      amount: `${index + 1}.00`,
    }));
    const placed = await Promise.all(wanted.map((order) => placeOrder(url, order)));
    expect(new Set(placed.map((order) => order.id)).size).toBe(300);
    const stored = await deployment.query<{ id: number; item: string; amount: string | number }>(
      'SELECT id, item, amount FROM orders WHERE user_id = 6',
    );
    const amountOf = new Map(stored.map((row) => [`${row.id} ${row.item}`, Number(row.amount)]));
    for (const [index, order] of placed.entries()) {
      expect(amountOf.get(`${order.id} item-${index}`)).toBe(index + 1);
    }
  });

  it('carries the id of the request into the answer and the logs of both apps', async () => {
    const other = await createDeployment({ env: { MATCH_DELAY_MS: '0', LOG_LEVEL: 'info' } });
    const requestId = 'trace-me-4711';
    const answer = await send(other.baseUrl, 'POST', '/orders', {
      body: { user_id: 1, item: 'A', amount: 1 },
      headers: { 'x-request-id': requestId },
    });
    expect(answer.headers['x-request-id']).toBe(requestId);
    await eventually(() => {
      const lines = Object.values(other.processes)
        .flatMap((each) => each.output().split('\n'))
        .filter((line) => line.includes(requestId))
        .map((line) => (JSON.parse(line) as { msg: string }).msg);
      expect(lines).toEqual(expect.arrayContaining(['order placed', 'orders filled']));
    });
    await other.dispose();
  }, 60_000);
});

async function idsByPages(url: string, first: string): Promise<number[]> {
  const ids: number[] = [];
  for (let path: string | undefined = first; path !== undefined;) {
    const answer = await send(url, 'GET', path);
    ids.push(...(answer.json as Order[]).map((order) => order.id));
    path = /<([^>]+)>; rel="next"/.exec(String(answer.headers.link))?.[1];
  }
  return ids;
}
