import { setTimeout as delay } from 'node:timers/promises';
import {
  cancelOrder,
  createDeployment,
  type Deployment,
  eventually,
  getOrder,
  getUserOrders,
  type Order,
  placeOrder,
  send,
} from '../support/processes';

const MATCH_DELAY_MS = 600;

describe('cancelling', () => {
  let deployment: Deployment;
  let url: string;

  beforeAll(async () => {
    deployment = await createDeployment({
      env: { MATCH_DELAY_MS: String(MATCH_DELAY_MS) },
    });
    url = deployment.baseUrl;
  }, 60_000);

  afterAll(() => deployment.dispose());

  it('cancels an order that still waits, and it is never filled', async () => {
    const placed = await placeOrder(url, { user_id: 1 });
    expect(await cancelOrder(url, placed.id)).toEqual(placed);
    await eventually(async () => {
      expect((await getOrder(url, placed.id)).status).toBe('CANCELLED');
    });
    expect((await getUserOrders(url, 1)).orders).toEqual([{ ...placed, status: 'CANCELLED' }]);
    await eventually(async () => {
      const waiting = await deployment.query('SELECT order_id FROM scheduled_fills');
      expect(waiting).toEqual([]);
    });
    expect((await getOrder(url, placed.id)).status).toBe('CANCELLED');
    const [row] = await deployment.query('SELECT reason FROM orders WHERE id = ?', [placed.id]);
    expect(row?.reason).toBe('USER');
  });

  it('refuses to cancel a filled or a cancelled order with 409', async () => {
    const filled = await placeOrder(url);
    const cancelled = await placeOrder(url);
    await cancelOrder(url, cancelled.id);
    await eventually(async () => {
      expect((await getOrder(url, filled.id)).status).toBe('FILLED');
      expect((await getOrder(url, cancelled.id)).status).toBe('CANCELLED');
    });
    for (const order of [filled, cancelled]) {
      const answer = await send(url, 'DELETE', `/orders/${order.id}`);
      expect(answer.status).toBe(409);
      expect(answer.json).toMatchObject({ code: 'ORDER_FINAL' });
    }
  });

  it('answers 404 when there is no such order', async () => {
    const answer = await send(url, 'DELETE', '/orders/987654321');
    expect(answer.status).toBe(404);
    expect(answer.json).toMatchObject({ code: 'ORDER_NOT_FOUND' });
  });

  it('accepts the same cancel again while it is under way', async () => {
    const placed = await placeOrder(url);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => send(url, 'DELETE', `/orders/${placed.id}`)),
    );
    for (const answer of answers) expect([202, 409]).toContain(answer.status);
    expect(answers[0]?.status).toBe(202);
    await eventually(async () => {
      expect((await getOrder(url, placed.id)).status).toBe('CANCELLED');
    });
  });

  it('ends each order once when cancels race with fills', async () => {
    const raceOne = async (_: unknown, index: number): Promise<Order> => {
      const placed = await placeOrder(url, { user_id: 77 });
      await delay(MATCH_DELAY_MS - 150 + index);
      const answer = await send(url, 'DELETE', `/orders/${placed.id}`);
      expect([202, 409]).toContain(answer.status);
      return placed;
    };
    const placed = await Promise.all(Array.from({ length: 200 }, raceOne));
    const ids = placed.map((order) => order.id);
    const statuses = await eventually(async () => {
      const { orders } = await getUserOrders(url, 77);
      expect(orders.map((order) => order.id)).toEqual(ids.toSorted((a, b) => a - b));
      for (const order of orders) expect(order.status).not.toBe('OPEN');
      return new Map(orders.map((order) => [order.id, order.status]));
    });
    expect(new Set(statuses.values())).toEqual(new Set(['FILLED', 'CANCELLED']));
    await eventually(async () => {
      expect(await deployment.query('SELECT order_id FROM scheduled_fills')).toEqual([]);
    });
    const { orders } = await getUserOrders(url, 77);
    for (const order of orders) expect(order.status).toBe(statuses.get(order.id));
  }, 30_000);
});
