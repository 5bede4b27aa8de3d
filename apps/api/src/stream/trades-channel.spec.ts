import type { EventTrade, TradeDto } from '@app/contracts';
import {
  fanOut,
  marketUpdate,
  RecordingClient,
  settled,
  silentLog,
  subscriberOf,
} from './stream-fixtures';
import { TradesChannel } from './trades-channel';

const trade = (id: number): TradeDto => ({
  item: 'AAPL',
  trade_id: id,
  price: '1.00',
  quantity: '1',
  taker_side: 'BUY',
  maker_order_id: 1,
  taker_order_id: 2,
  executed_at: '2026-01-02T03:04:05.678Z',
});

const eventTrade = (id: number): EventTrade => {
  const { price, quantity, taker_side, maker_order_id, taker_order_id, executed_at } = trade(id);
  const ids = { trade_id: id, sequence: id, maker_order_id, taker_order_id };
  return { ...ids, price, quantity, taker_side, executed_at };
};

const update = (from: number, to: number) =>
  marketUpdate(from - 1, to, {
    trades: Array.from({ length: to - from + 1 }, (_, index) => eventTrade(from + index)),
  });

/** @param last how many trades the store has. */
function setup(last: number) {
  const store = { last };
  const range = (from: number, to: number) =>
    Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => trade(from + index));
  const source = {
    after: (_item: string, id: number, limit: number) =>
      Promise.resolve(range(id + 1, Math.min(store.last, id + limit))),
    latest: (_item: string, limit: number) =>
      Promise.resolve(range(Math.max(1, store.last - limit + 1), store.last)),
  };
  const channel = new TradesChannel('trades:AAPL', 'AAPL', source, fanOut(), silentLog());
  const join = (seq: number | null = null) => {
    const client = new RecordingClient();
    const subscriber = subscriberOf(client, seq);
    channel.join(subscriber);
    return { client, subscriber };
  };
  return { channel, store, join };
}

/** The ids a client got, each message following the one before. */
function idsOf(client: RecordingClient, from: number): number[] {
  const ids: number[] = [];
  let at = from;
  for (const { type, prev_seq, seq, trades } of client.received) {
    if (type === 'delta') expect(prev_seq).toBe(at);
    at = seq!;
    ids.push(...(trades as TradeDto[]).map(({ trade_id }) => trade_id));
    if (type === 'delta') expect(ids.at(-1)).toBe(seq);
  }
  return ids;
}

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('a trades channel', () => {
  it('begins with the latest trades and goes on with each that comes', async () => {
    const { channel, join } = setup(80);
    const { client } = join();
    await settled();
    channel.take(update(81, 83));
    channel.take(update(81, 83));
    await settled();
    channel.take(update(84, 84));
    await settled();
    expect(client.received[0]).toMatchObject({ type: 'snapshot', seq: 80 });
    expect(idsOf(client, 0)).toEqual(numbers(31, 84));
  });

  it('resumes from any trade there ever was', async () => {
    const { channel, store, join } = setup(3456);
    const { client } = join(7);
    await settled();
    store.last = 3458;
    channel.take(update(3457, 3458));
    await settled();
    expect(idsOf(client, 7)).toEqual(numbers(8, 3458));
  });

  it.each([3404, 3405, 3406, 3407])(
    'resumes from trade %s, about the oldest that is kept',
    async (from) => {
      const { join } = setup(3456);
      join();
      await settled();
      const { client } = join(from);
      await settled();
      expect(idsOf(client, from)).toEqual(numbers(from + 1, 3456));
    },
  );

  it('reads the store no faster than a client reads', async () => {
    const { join } = setup(5000);
    const { client } = join(0);
    client.buffered = 1024 * 1024;
    await settled();
    expect(client.received).toEqual([]);
    client.drain();
    await settled();
    expect(idsOf(client, 0)).toEqual(numbers(1, 5000));
  });

  it('resumes from the last trade with what comes', async () => {
    const { channel, join } = setup(5);
    const { client } = join(5);
    await settled();
    expect(client.received).toEqual([]);
    channel.take(update(6, 6));
    await settled();
    expect(idsOf(client, 5)).toEqual([6]);
  });

  it('begins anew for a client that has seen what never was', async () => {
    const { join } = setup(5);
    const { client } = join(6);
    await settled();
    expect(client.received).toMatchObject([{ type: 'snapshot', seq: 5 }]);
  });

  it('reads what did not come from the store', async () => {
    const { channel, store, join } = setup(2);
    const { client } = join();
    await settled();
    store.last = 1400;
    channel.take(update(1399, 1400));
    store.last = 1401;
    channel.take(update(1401, 1401));
    await settled();
    expect(idsOf(client, 0)).toEqual(numbers(1, 1401));
  });

  it('leaves nothing out for a slow client, and gives it up in the end', async () => {
    const { channel, join } = setup(0);
    const { client } = join();
    await settled();
    client.buffered = 1024 * 1024;
    channel.take(update(1, 2));
    await settled();
    expect(idsOf(client, 0)).toEqual([1, 2]);
    client.buffered = 5 * 1024 * 1024;
    channel.take(update(3, 3));
    await settled();
    expect(client.closedWith).toBe(4008);
  });

  it('counts a client that is still told of the past as a listener', async () => {
    const { channel, join } = setup(5000);
    const { client, subscriber } = join(0);
    client.buffered = 1024 * 1024;
    await settled();
    expect(channel.isEmpty).toBe(false);
    channel.leave(subscriber);
    client.drain();
    await settled();
    expect(client.received).toEqual([]);
    expect(channel.isEmpty).toBe(true);
  });
});
