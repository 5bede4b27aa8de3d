import {
  type Answer,
  type BookOrder,
  createDeployment,
  type Deployment,
  eventually,
  orderBecomes,
  placeOrder,
  send,
} from '../support/processes';

const BODIES: Record<string, Record<string, unknown>> = {
  plain: { item: 'PLAIN', amount: '1.00' },
  LIMIT: { item: 'BOOK', side: 'BUY', price: '10.00', quantity: '1' },
  MARKET: { item: 'BOOK', side: 'SELL', type: 'MARKET', quantity: '1' },
  'MARKET by amount': { item: 'BOOK', side: 'BUY', type: 'MARKET', amount: '5' },
  STOP: { item: 'BOOK', side: 'BUY', type: 'STOP', stop_price: '999', quantity: '1' },
  STOP_LIMIT: {
    item: 'BOOK',
    side: 'SELL',
    type: 'STOP_LIMIT',
    stop_price: '1',
    price: '999',
    quantity: '1',
  },
};

type Placed = BookOrder & { code?: string };

describe('retries', () => {
  let deployment: Deployment;
  let url: string;
  let nextUser = 1;

  beforeAll(async () => {
    deployment = await createDeployment({ env: { MATCH_DELAY_MS: '60000' }, apis: 2 });
    url = deployment.baseUrl;
  }, 60_000);

  afterAll(() => deployment.dispose());

  const post = (body: unknown, key?: string, baseUrl = url): Promise<Answer> =>
    send(baseUrl, 'POST', '/orders', {
      body,
      ...(key === undefined ? {} : { headers: { 'Idempotency-Key': key } }),
    });

  const countOf = async (userId: number): Promise<number> => {
    const rows = await deployment.query('SELECT id FROM orders WHERE user_id = ?', [userId]);
    return rows.length;
  };

  describe.each(Object.entries(BODIES))('of a %s order', (_, order) => {
    it.each([
      ['client_order_id', { client_order_id: 'mine' }, undefined],
      ['Idempotency-Key', {}, 'key-1'],
    ])('place it once under one %s, for each user', async (_, name, key) => {
      const users = [nextUser++, nextUser++];
      for (const user_id of users) {
        const body = { user_id, ...order, ...name };
        const first = await post(body, key);
        expect(first.status).toBe(201);
        const again = await post(body, key);
        expect(again.status).toBe(200);
        expect((again.json as Placed).id).toBe((first.json as Placed).id);
        expect(await countOf(user_id)).toBe(1);
      }
    });

    it('do not place another one under the same name', async () => {
      const user_id = nextUser++;
      const body = { user_id, ...order, client_order_id: 'mine' };
      expect((await post(body)).status).toBe(201);
      for (const other of [
        { ...body, item: 'OTHER' },
        { user_id, item: 'PLAIN', amount: '7.00', client_order_id: 'mine' },
        { ...BODIES.LIMIT, user_id, price: '10.01', client_order_id: 'mine' },
      ]) {
        const answer = await post(other);
        expect([answer.status, (answer.json as Placed).code]).toEqual([409, 'DUPLICATE_REQUEST']);
      }
      expect(await countOf(user_id)).toBe(1);
    });

    it('place it once when they come at the same time, in every process', async () => {
      const user_id = nextUser++;
      const body = { user_id, ...order, client_order_id: 'race' };
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, index) =>
          post(body, undefined, deployment.baseUrls[index % deployment.baseUrls.length]),
        ),
      );
      const statuses = answers.map(({ status }) => status).sort();
      expect(statuses).toEqual([...Array.from({ length: 39 }, () => 200), 201]);
      expect(new Set(answers.map(({ json }) => (json as Placed).id)).size).toBe(1);
      expect(await countOf(user_id)).toBe(1);
    });
  });

  it('take another spelling of the same order for the same', async () => {
    const user_id = nextUser++;
    const base = { user_id, item: 'BOOK', side: 'BUY', client_order_id: 'spelled' };
    expect((await post({ ...base, price: '10.00', quantity: 1 })).status).toBe(201);
    const again = { ...base, type: 'LIMIT', price: 10, quantity: '1.0000', post_only: false };
    expect((await post({ ...again, time_in_force: 'GTC', stop_price: null })).status).toBe(200);
  });

  it('get the order as it is now', async () => {
    const user_id = nextUser++;
    const body = { ...BODIES.LIMIT, user_id, item: 'NOW', client_order_id: 'now' };
    const { id } = (await post(body)).json as Placed;
    await send(url, 'DELETE', `/orders/${id}`);
    await orderBecomes(url, id, { status: 'CANCELLED' });
    const again = await post(body);
    expect([again.status, again.json]).toMatchObject([200, { id, status: 'CANCELLED' }]);
  });

  it('get the order after its time has passed, but nobody places one then', async () => {
    const user_id = nextUser++;
    const expires_at = new Date(Date.now() + 700).toISOString();
    const gtd = { ...BODIES.LIMIT, user_id, time_in_force: 'GTD', expires_at };
    const body = { ...gtd, client_order_id: 'gtd' };
    expect((await post(body)).status).toBe(201);
    await eventually(() => expect(Date.now()).toBeGreaterThan(Date.parse(expires_at)));
    expect((await post(body)).status).toBe(200);
    expect((await post({ ...body, client_order_id: 'late' })).status).toBe(400);
  });

  it('emit no second event', async () => {
    const user_id = nextUser++;
    const body = { ...BODIES.LIMIT, user_id, item: 'ONE EVENT', client_order_id: 'once' };
    for (let round = 0; round < 3; round += 1) await post(body);
    await send(url, 'POST', '/orders/batch', { body: [body, body] });
    const answer = await placeOrder(url, { user_id, item: 'ONE EVENT' });
    const rows = await deployment.query(
      'SELECT id, queue_sequence FROM orders WHERE user_id = ? AND id < ?',
      [user_id, answer.id],
    );
    expect(rows).toHaveLength(1);
    await eventually(async () => {
      const [market] = await deployment.query(
        "SELECT sequence FROM books WHERE item = 'ONE EVENT'",
      );
      // Accepted, rested, level.
      expect(Number(market?.sequence)).toBe(3);
    });
  });

  it('keep an Idempotency-Key and a client_order_id apart', async () => {
    const user_id = nextUser++;
    const order = { user_id, ...BODIES.plain };
    expect((await post({ ...order, client_order_id: 'same' })).status).toBe(201);
    expect((await post(order, 'same')).status).toBe(201);
    expect((await post({ ...order, client_order_id: 'same' }, 'other')).status).toBe(200);
    expect(await countOf(user_id)).toBe(2);
  });

  it.each(['', 'a b', 'x'.repeat(65)])('refuse the Idempotency-Key %p', async (key) => {
    const answer = await post({ user_id: 1, ...BODIES.plain }, key);
    expect([answer.status, (answer.json as Placed).code]).toEqual([400, 'INVALID_HEADER']);
  });

  it('of a batch place each of its orders once', async () => {
    const user_id = nextUser++;
    const orders = Object.values(BODIES).map((order) => ({ user_id, ...order }));
    const batch = (bodies: unknown[], key: string) =>
      send(url, 'POST', '/orders/batch', { body: bodies, headers: { 'Idempotency-Key': key } });
    const idsOf = (answer: Answer) =>
      (answer.json as { results: { order: Placed }[] }).results.map(({ order }) => order.id);
    const statusesOf = (answer: Answer) =>
      (answer.json as { results: { status: number }[] }).results.map(({ status }) => status);
    const first = await batch(orders, 'batch-1');
    const again = await batch(orders, 'batch-1');
    expect(idsOf(again)).toEqual(idsOf(first));
    expect(statusesOf(again)).toEqual(orders.map(() => 200));
    const changed = await batch([orders[0], { ...orders[1], price: '9.99' }], 'batch-1');
    expect(statusesOf(changed)).toEqual([200, 409]);
    expect(statusesOf(await batch(orders, 'batch-2'))).toEqual(orders.map(() => 201));
  });

  it('find an order by the name that its client gave it', async () => {
    const user_id = nextUser++;
    const name = 'a/b?c#d%';
    const path = `/orders/by-client-id/${user_id}/${encodeURIComponent(name)}`;
    expect((await send(url, 'GET', path)).json).toMatchObject({ code: 'ORDER_NOT_FOUND' });
    const placed = await post({ user_id, ...BODIES.LIMIT, client_order_id: name });
    const { id } = placed.json as Placed;
    expect((await send(url, 'GET', path)).json).toMatchObject({ id, client_order_id: name });
    const cancel = await send(url, 'DELETE', path);
    expect([cancel.status, cancel.json]).toMatchObject([202, { id }]);
    await orderBecomes(url, id, { status: 'CANCELLED', reason: 'USER' });
    expect((await send(url, 'DELETE', path)).status).toBe(409);
    const plain = { user_id, ...BODIES.plain, client_order_id: 'plain' };
    const order = (await post(plain)).json as Placed;
    expect(order).toEqual({
      id: order.id,
      user_id,
      item: 'PLAIN',
      amount: '1.00',
      status: 'OPEN',
      client_order_id: 'plain',
    });
    const found = await send(url, 'GET', `/orders/by-client-id/${user_id}/plain`);
    expect(found.json).toEqual(order);
    for (const bad of ['/orders/by-client-id/x/plain', '/orders/by-client-id/1/%20']) {
      expect((await send(url, 'GET', bad)).status).toBe(400);
    }
  });

  it('place each order once when the process dies before it answers', async () => {
    const user_id = nextUser++;
    const front = deployment.processes.hybrid ?? deployment.process('api');
    const bodyOf = (index: number) => ({
      user_id,
      ...Object.values(BODIES)[index % 6],
      client_order_id: `crash-${index}`,
    });
    let answered = 0;
    const indexes = Array.from({ length: 600 }, (_, index) => index);
    const first = indexes.map(async (index) => {
      const path = index % 50 === 0 ? '/orders/batch' : '/orders';
      const body = index % 50 === 0 ? [bodyOf(index)] : bodyOf(index);
      const answer = await send(url, 'POST', path, { body });
      expect(answer.status).toBeLessThan(300);
      answered += 1;
    });
    const settled = Promise.allSettled(first);
    await eventually(() => expect(answered).toBeGreaterThan(20));
    await front.kill();
    const lost = (await settled).filter(({ status }) => status === 'rejected').length;
    expect(lost).toBeGreaterThan(0);
    await front.start();
    const answers = await Promise.all(indexes.map((index) => post(bodyOf(index))));
    expect(answers.filter(({ status }) => status !== 200 && status !== 201)).toEqual([]);
    expect(await countOf(user_id)).toBe(600);
    expect(new Set(answers.map(({ json }) => (json as Placed).id)).size).toBe(600);
  }, 60_000);
});
