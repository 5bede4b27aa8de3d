import {
  createDeployment,
  type Deployment,
  eventually,
  getOrder,
  getUserOrders,
  placeOrder,
  send,
} from '../support/processes';

const USER = 1;
const READERS = 50;
const WRITERS = 10;
const ORDERS_PER_WRITER = 25;

describe("the cache of users' orders", () => {
  let deployment: Deployment;
  let url: string;

  beforeAll(async () => {
    deployment = await createDeployment({ env: { MATCH_DELAY_MS: '200' } });
    url = deployment.baseUrl;
  }, 60_000);

  afterAll(() => deployment.dispose());

  it('answers the second of two reads from the cache', async () => {
    await getUserOrders(url, 5);
    expect((await getUserOrders(url, 5)).cache).toBe('HIT');
  });

  it('is invalid after a new order, a fill and a cancel', async () => {
    const placed = await placeOrder(url, { user_id: 6 });
    expect((await getUserOrders(url, 6)).orders).toEqual([placed]);
    await eventually(async () => {
      expect((await getOrder(url, placed.id)).status).toBe('FILLED');
    });
    expect((await getUserOrders(url, 6)).orders).toEqual([{ ...placed, status: 'FILLED' }]);
  });

  it('never misses an order whose 201 came before the read began, nor shows an older state', async () => {
    const acknowledged = new Set<number>();
    const final = new Map<number, string>();
    let writing = true;
    let hits = 0;

    const write = async (): Promise<void> => {
      for (let index = 0; index < ORDERS_PER_WRITER; index += 1) {
        const { id } = await placeOrder(url, { user_id: USER });
        acknowledged.add(id);
        if (index % 5 === 0) await send(url, 'DELETE', `/orders/${id}`);
      }
    };
    const violations: string[] = [];
    const read = async (): Promise<void> => {
      while (writing) {
        const known = [...acknowledged];
        const knownFinal = [...final];
        const { orders, cache } = await getUserOrders(url, USER);
        if (cache === 'HIT') hits += 1;
        const statusOf = new Map(orders.map((order) => [order.id, order.status]));
        for (const id of known) if (!statusOf.has(id)) violations.push(`order ${id} is missing`);
        for (const [id, status] of knownFinal) {
          if (statusOf.get(id) !== status) violations.push(`order ${id} was ${status} before`);
        }
        for (const [id, status] of statusOf) if (status !== 'OPEN') final.set(id, status);
      }
    };
    const watchFills = async (): Promise<void> => {
      while (writing) {
        const open = [...acknowledged].find((id) => !final.has(id));
        const order = open === undefined ? null : await getOrder(url, open);
        if (order !== null && order.status !== 'OPEN') final.set(order.id, order.status);
        await new Promise((resolve) => setImmediate(resolve));
      }
    };

    const others = [...Array.from({ length: READERS }, read), watchFills()];
    await Promise.all(Array.from({ length: WRITERS }, write));
    await eventually(() => {
      expect([...acknowledged].filter((id) => !final.has(id))).toEqual([]);
    });
    writing = false;
    await Promise.all(others);
    expect(violations).toEqual([]);
    expect(acknowledged.size).toBe(WRITERS * ORDERS_PER_WRITER);
    expect(hits).toBeGreaterThan(0);
  }, 60_000);
});
