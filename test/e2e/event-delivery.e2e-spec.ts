import { deadLetters, publish, takesAnyBytes } from '../support/event-log';
import {
  createDeployment,
  type Deployment,
  eventually,
  getOrder,
  type Order,
  placeOrder,
} from '../support/processes';

const NO_SUCH_ORDER = 987_654_321;

describe('delivery of events', () => {
  let deployment: Deployment;
  let url: string;

  beforeAll(async () => {
    deployment = await createDeployment({ env: { MATCH_DELAY_MS: '500' } });
    url = deployment.baseUrl;
  }, 60_000);

  afterAll(() => deployment.dispose());

  it('sets aside what it can not read, with the reason, and goes on behind it', async () => {
    const broken: [string | null, string][] = [
      ['[]', 'NOT_AN_OBJECT'],
      ['{"type":"ORDER_EATEN","order":{"id":1}}', 'UNKNOWN_TYPE'],
      ['{"type":"ORDER_PLACED"}', 'INVALID_ORDER'],
      ['{"type":"ORDER_PLACED","order":{"id":-1}}', 'INVALID_ORDER'],
      ['{"type":"ORDER_PLACED","order":{"id":1,"created_at":"yesterday"}}', 'INVALID_TIME'],
      [JSON.stringify(event('ORDER_PLACED', { id: NO_SUCH_ORDER })), 'UNKNOWN_ORDER'],
      [JSON.stringify({ type: 'X', filler: 'x'.repeat(100_000) }), 'UNKNOWN_TYPE'],
    ];
    if (takesAnyBytes(deployment)) broken.push(['{not json', 'NOT_JSON'], [null, 'NOT_JSON']);
    const before = await placeOrder(url, { item: 'poison' });
    await publish(
      deployment,
      broken.map(([value]) => ({ key: 'poison', value })),
    );
    const after = await placeOrder(url, { item: 'poison' });
    await eventually(
      async () => {
        expect((await getOrder(url, before.id)).status).toBe('FILLED');
        expect((await getOrder(url, after.id)).status).toBe('FILLED');
        const reasons = (await deadLetters(deployment)).map((letter) => letter.reason);
        expect(reasons.toSorted()).toEqual(broken.map(([, reason]) => reason).toSorted());
      },
      { timeoutMs: 20_000, everyMs: 500 },
    );
    const letter = (await deadLetters(deployment)).find((each) => each.reason === 'UNKNOWN_ORDER');
    expect(letter).toMatchObject({ type: 'EVENT_DEAD_LETTERED', value: broken[5]?.[0] });
  }, 60_000);

  it('changes nothing when events come again, also behind the end of their order', async () => {
    const filled = await placeOrder(url, { item: 'again' });
    const cancelled = await placeOrder(url, { item: 'again' });
    await publish(deployment, [
      { key: 'again', value: JSON.stringify(event('ORDER_CANCEL_REQUESTED', cancelled)) },
    ]);
    await eventually(async () => {
      expect((await getOrder(url, filled.id)).status).toBe('FILLED');
      expect((await getOrder(url, cancelled.id)).status).toBe('CANCELLED');
    });
    const rowsBefore = await deployment.query('SELECT * FROM orders ORDER BY id');
    await publish(deployment, [
      { key: 'again', value: JSON.stringify(event('ORDER_PLACED', filled)) },
      { key: 'again', value: JSON.stringify(event('ORDER_CANCEL_REQUESTED', filled)) },
      { key: 'again', value: JSON.stringify(event('ORDER_PLACED', cancelled)) },
      { key: 'again', value: JSON.stringify(event('ORDER_CANCEL_REQUESTED', cancelled)) },
    ]);
    const last = await placeOrder(url, { item: 'again' });
    await eventually(async () => {
      expect((await getOrder(url, last.id)).status).toBe('FILLED');
    });
    const rowsAfter = await deployment.query('SELECT * FROM orders WHERE id <> ? ORDER BY id', [
      last.id,
    ]);
    expect(rowsAfter).toEqual(rowsBefore);
  }, 60_000);

  it('cancels an order whose cancel came before the event of the order', async () => {
    const placed = await placeOrder(url, { item: 'overtaken' });
    await publish(deployment, [
      { key: 'overtaken', value: JSON.stringify(event('ORDER_CANCEL_REQUESTED', placed)) },
      { key: 'overtaken', value: JSON.stringify(event('ORDER_PLACED', placed)) },
    ]);
    await eventually(async () => {
      expect((await getOrder(url, placed.id)).status).toBe('CANCELLED');
    });
    await eventually(async () => {
      expect(await deployment.query('SELECT order_id FROM scheduled_fills')).toEqual([]);
    });
    expect((await getOrder(url, placed.id)).status).toBe('CANCELLED');
  }, 60_000);
});

function event(type: string, order: Partial<Order>): object {
  return {
    type,
    event_id: `test-${type}-${order.id}`,
    occurred_at: new Date().toISOString(),
    order,
    a_member_added_later: true,
  };
}
