import type { OrdersRepository } from '../orders/orders.repository';
import type { StoredOrder } from '../orders/stored-order';
import { OrdersChannel } from './orders-channel';
import type { OrdersWatch } from './orders-watch';
import { RecordingClient, settled, silentLog, subscriberOf } from './stream-fixtures';

const USER = 7;

function setup() {
  const rows = new Map<number, StoredOrder>();
  const put = (id: number, change: Partial<StoredOrder> = {}): void => {
    const base: StoredOrder = {
      id,
      userId: USER,
      item: 'AAPL',
      amount: '1.00',
      status: 'OPEN',
      reason: null,
      clientOrderId: null,
      book: null,
      filledLots: 0,
      notional: 0n,
      createdAtMs: Date.now() - 10_000,
      updatedAtMs: Date.now() - 10_000,
    };
    rows.set(id, { ...(rows.get(id) ?? base), ...change });
  };
  const own = () => [...rows.values()].filter(({ userId }) => userId === USER);
  const calls = { failing: false };
  const orders = {
    findByIds: (ids: readonly number[]) =>
      Promise.resolve(ids.flatMap((id) => rows.get(id) ?? []).sort((a, b) => a.id - b.id)),
    findWorking: (_user: number, _item: null, cursor: number, limit: number) =>
      calls.failing
        ? Promise.reject(new Error('away'))
        : Promise.resolve(
            own()
              .filter(({ id, status }) => id > cursor && status === 'OPEN')
              .slice(0, limit),
          ),
    findRecent: (_user: number, sinceMs: number, cursor: number, limit: number) =>
      Promise.resolve(
        own()
          .filter(({ id, updatedAtMs }) => id > cursor && updatedAtMs >= sinceMs)
          .slice(0, limit),
      ),
  } as unknown as OrdersRepository;
  const watch = {
    newestBefore: () => Promise.resolve(0),
    idsBehind: () => Promise.resolve(own().map(({ id }) => ({ userId: USER, id }))),
  } as unknown as OrdersWatch;
  const channel = new OrdersChannel('orders:7', USER, orders, watch, silentLog());
  const join = (seq: number | null = null) => {
    const client = new RecordingClient();
    const subscriber = subscriberOf(client, seq);
    channel.join(subscriber);
    return { client, subscriber };
  };
  return { put, channel, join, calls, orders };
}

interface Told {
  id: number;
  status: string;
}

/** What a client was told, each message following the one before. */
function told(client: RecordingClient, from: number | null = null): [number, string][] {
  const orders: [number, string][] = [];
  let at = from;
  for (const { type, prev_seq, seq, orders: some } of client.received) {
    if (type === 'delta') expect(prev_seq).toBe(at);
    if (at !== null) expect(seq).toBeGreaterThanOrEqual(at);
    at = seq!;
    orders.push(...(some as Told[]).map(({ id, status }) => [id, status] as [number, string]));
  }
  return orders;
}

describe('an orders channel', () => {
  it('begins with the orders that can still change, and goes on with each that does', async () => {
    const { put, channel, join } = setup();
    put(1);
    put(2, { status: 'FILLED' });
    const { client } = join();
    await settled();
    put(1, { status: 'FILLED', updatedAtMs: Date.now() });
    channel.hint(1);
    await settled();
    put(3);
    channel.hint(3);
    await settled();
    expect(told(client)).toEqual([
      [1, 'OPEN'],
      [1, 'FILLED'],
      [3, 'OPEN'],
    ]);
  });

  it.each([
    ['a snapshot', null],
    ['what was missed', Date.now() * 1000],
  ])('stops telling %s to who has left', async (_, seq) => {
    const { put, channel, join } = setup();
    for (let id = 1; id <= 1600; id += 1) put(id);
    const { client, subscriber } = join(seq);
    const send = client.send.bind(client);
    jest.spyOn(client, 'send').mockImplementation((frame) => {
      send(frame);
      channel.leave(subscriber);
    });
    await settled();
    expect(client.received).toHaveLength(1);
    expect(client.received[0]).toMatchObject({ more: true });
  });

  it('tells nothing again that it has told', async () => {
    const { put, channel, join } = setup();
    put(1);
    const { client } = join();
    await settled();
    channel.hint(1);
    await settled();
    put(1, { status: 'CANCELLED' });
    for (let count = 0; count < 3; count += 1) {
      channel.hint(1);
      channel.found(1);
      await settled();
    }
    expect(told(client)).toEqual([
      [1, 'OPEN'],
      [1, 'CANCELLED'],
    ]);
  });

  it('tells what happens to an order while it is read', async () => {
    const { put, channel, join, orders } = setup();
    put(1);
    const { client } = join();
    await settled();
    const read = orders.findByIds.bind(orders);
    jest.spyOn(orders, 'findByIds').mockImplementationOnce(async (ids) => {
      const rows = await read(ids);
      put(1, { status: 'FILLED', updatedAtMs: Date.now() });
      channel.hint(1);
      return rows;
    });
    channel.hint(1);
    await settled();
    expect(told(client)).toEqual([
      [1, 'OPEN'],
      [1, 'FILLED'],
    ]);
  });

  it('reads again what could not be read', async () => {
    const { put, channel, join, orders } = setup();
    const { client } = join();
    await settled();
    jest.spyOn(orders, 'findByIds').mockRejectedValueOnce(new Error('away'));
    put(1);
    channel.hint(1);
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(told(client)).toEqual([[1, 'OPEN']]);
  });

  it('is not led so far ahead that who resumes from there would miss something', async () => {
    const { put, channel, join } = setup();
    const here = join();
    await settled();
    for (const aheadMs of [50_000, 110_000, 3_000_000]) {
      join((Date.now() + aheadMs) * 1000);
      await settled();
    }
    here.subscriber.seq = here.client.received.at(-1)!.seq!;
    channel.leave(here.subscriber);
    put(1, { status: 'FILLED', updatedAtMs: Date.now() });
    channel.hint(1);
    await settled();
    const again = join(here.subscriber.seq);
    await settled();
    expect(told(again.client, here.subscriber.seq)).toEqual([[1, 'FILLED']]);
  });

  it('finds by looking what no event has told of', async () => {
    const { put, channel, join } = setup();
    put(1);
    const { client } = join();
    await settled();
    expect([...channel.watched(false)]).toEqual([1]);
    expect(channel.behind(false)).toBe(1);
    put(1, { status: 'FILLED' });
    put(2);
    channel.looked({ id: 1, status: 'FILLED', filledLots: 0, updatedAtMs: 0 });
    channel.found(2);
    await settled();
    expect(told(client).slice(1)).toEqual([
      [1, 'FILLED'],
      [2, 'OPEN'],
    ]);
    expect([...channel.watched(true)]).toEqual([2]);
  });

  it("never tells of another user's orders", async () => {
    const { put, channel, join } = setup();
    const { client } = join();
    await settled();
    put(9, { userId: 8 });
    channel.hint(9);
    await settled();
    expect(told(client)).toEqual([]);
  });

  it('tells one who comes again what was changed since, late commits included', async () => {
    const { put, join } = setup();
    const first = join();
    await settled();
    const { seq } = first.client.received[0]!;
    put(1, { status: 'FILLED', updatedAtMs: seq! / 1000 - 60_000 });
    put(2, { status: 'FILLED', updatedAtMs: seq! / 1000 - 600_000 });
    put(3, { updatedAtMs: seq! / 1000 + 1 });
    const again = join(seq);
    await settled();
    expect(told(again.client, seq)).toEqual([
      [1, 'FILLED'],
      [3, 'OPEN'],
    ]);
  });

  it('sends long answers in parts, of which the last one says where it ends', async () => {
    const { put, join } = setup();
    for (let id = 1; id <= 1201; id += 1) put(id);
    const snapshot = join();
    await settled();
    const { received } = snapshot.client;
    expect(received.map(({ type, more }) => [type, more])).toEqual([
      ['snapshot', true],
      ['delta', true],
      ['delta', undefined],
    ]);
    expect(told(snapshot.client)).toHaveLength(1201);
    const from = received[0]!.seq! - 1_000_000;
    const again = join(from);
    await settled();
    expect(told(again.client, from)).toHaveLength(1201);
    expect(again.client.received.map(({ seq }) => seq! - from)).toEqual([0, 0, 1_000_000]);
  });

  it('goes on from a later sequence that another process has given', async () => {
    const { put, channel, join } = setup();
    const here = join();
    await settled();
    const ahead = here.client.received[0]!.seq! + 5_000_000;
    const moved = join(ahead);
    await settled();
    put(1);
    channel.hint(1);
    await settled();
    expect(told(here.client)).toEqual([[1, 'OPEN']]);
    expect(told(moved.client, ahead).at(-1)).toEqual([1, 'OPEN']);
  });

  it('tells those who wait that the store is away, and works when it is back', async () => {
    const { put, join, calls } = setup();
    put(1);
    calls.failing = true;
    const { subscriber } = join();
    await settled();
    expect(subscriber.errors).toHaveLength(1);
    calls.failing = false;
    const { client } = join();
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(told(client)).toEqual([[1, 'OPEN']]);
  });
});
