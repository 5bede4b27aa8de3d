import { type EventLevel, parseUnit, type StreamLevel } from '@app/contracts';
import { eventually } from '../../../../test/support/eventually';
import { Random } from '../../../../test/support/random';
import type { StoredBook } from '../book/book-reader';
import { bookChecksum } from './book-checksum';
import { BookChannel, CHECKSUM_EVERY } from './book-channel';
import type { FrameBody } from './frame';
import {
  fanOut,
  marketUpdate,
  RecordingClient,
  settled,
  silentLog,
  subscriberOf,
} from './stream-fixtures';

const UNITS = { tick: parseUnit('0.01')!, lot: parseUnit('1')! };
const BEHIND = 1024 * 1024;

const level = (side: 'BUY' | 'SELL', price: string, quantity: number): EventLevel => ({
  side,
  price,
  quantity: String(quantity),
  orders: quantity === 0 ? 0 : 1,
});

/** A client's own book, by the rules of the documentation. */
class OwnBook {
  seq = -1;
  checksums = 0;
  readonly bids = new Map<string, StreamLevel>();
  readonly asks = new Map<string, StreamLevel>();

  take(frame: FrameBody): void {
    if (frame.type === 'snapshot') {
      this.bids.clear();
      this.asks.clear();
    } else {
      expect(frame.prev_seq).toBe(this.seq);
    }
    this.seq = frame.seq!;
    for (const [levels, own] of [
      [frame.bids as StreamLevel[], this.bids],
      [frame.asks as StreamLevel[], this.asks],
    ] as const) {
      for (const entry of levels) {
        if (entry[1] === '0') own.delete(entry[0]);
        else own.set(entry[0], entry);
      }
    }
    if (frame.checksum === undefined) return;
    this.checksums += 1;
    expect(bookChecksum(...this.sides())).toBe(frame.checksum);
  }

  sides(): [StreamLevel[], StreamLevel[]] {
    const sorted = (side: Map<string, StreamLevel>, direction: number) =>
      [...side.values()].sort((a, b) => (Number(a[0]) - Number(b[0])) * direction);
    return [sorted(this.bids, -1), sorted(this.asks, 1)];
  }
}

function setup(stored: Omit<StoredBook, 'state'> = { sequence: 0, bids: [], asks: [] }) {
  const store = {
    snapshot: { state: 'TRADING', ...stored } as StoredBook,
    reads: 0,
    failing: false,
  };
  const read = () => {
    store.reads += 1;
    return store.failing
      ? Promise.reject(new Error('away'))
      : Promise.resolve({ snapshot: store.snapshot, units: UNITS });
  };
  const channel = new BookChannel('book:AAPL', 'AAPL', read, fanOut(), silentLog());
  const join = (seq: number | null = null) => {
    const client = new RecordingClient();
    const subscriber = subscriberOf(client, seq);
    channel.join(subscriber);
    return { client, subscriber };
  };
  return { channel, store, join };
}

describe('a book channel', () => {
  it('begins with a snapshot and goes on without a gap, every so many deltas with a checksum', async () => {
    const { channel, join } = setup();
    const { client } = join();
    await settled();
    const random = new Random(5);
    for (let seq = 1; seq <= 10 * CHECKSUM_EVERY; seq += 1) {
      const side = random.pick(['BUY', 'SELL'] as const);
      const price = (side === 'BUY' ? 1 : 2) + random.below(60) / 100;
      const levels = [level(side, price.toFixed(2), random.below(4))];
      channel.take(marketUpdate(seq - 1, seq, { levels }));
      if (random.chance(0.7)) await settled();
    }
    await eventually(() => expect(client.received.at(-1)!.seq).toBe(10 * CHECKSUM_EVERY));
    const book = new OwnBook();
    for (const frame of client.received) book.take(frame);
    expect(client.received[0]!.type).toBe('snapshot');
    expect(book.seq).toBe(10 * CHECKSUM_EVERY);
    expect(book.checksums).toBeGreaterThan(2);
    const late = join();
    await settled();
    const own = new OwnBook();
    own.take(late.client.received[0]!);
    expect(own.sides()).toEqual(book.sides());
  });

  it('takes in what came while the store was read, and nothing twice', async () => {
    const { channel, store, join } = setup({
      sequence: 2,
      bids: [{ priceTicks: 100, quantityLots: 5n, orders: 1 }],
      asks: [],
    });
    const { client } = join();
    channel.take(marketUpdate(1, 2, { levels: [level('BUY', '1.00', 4)] }));
    channel.take(marketUpdate(2, 3, { levels: [level('BUY', '1.01', 1)] }));
    await settled();
    const book = new OwnBook();
    for (const frame of client.received) book.take(frame);
    expect(book.sides()[0]).toEqual([
      ['1.01', '1', 1],
      ['1.00', '5', 1],
    ]);
    expect(store.reads).toBe(1);
  });

  it('sends nothing of an update that comes again', async () => {
    const { channel, join } = setup();
    const { client } = join();
    await settled();
    const first = marketUpdate(0, 1, { levels: [level('BUY', '1.00', 4)] });
    channel.take(first);
    channel.take(marketUpdate(1, 2, { levels: [level('BUY', '1.00', 5)] }));
    channel.take(first);
    await settled();
    channel.take(first);
    await settled();
    expect(client.received).toHaveLength(2);
    expect(client.received[1]).toMatchObject({ seq: 2, bids: [['1.00', '5', 1]] });
  });

  it('does not resume across what it has missed itself', async () => {
    const { channel, store, join } = setup();
    join();
    await settled();
    channel.take(marketUpdate(0, 1, { levels: [level('BUY', '1.00', 4)] }));
    await settled();
    store.snapshot = { state: 'TRADING', sequence: 5, bids: [], asks: [] };
    channel.take(marketUpdate(4, 5));
    await settled();
    channel.take(marketUpdate(5, 6));
    await settled();
    const { client } = join(0);
    await settled();
    expect(client.received[0]).toMatchObject({ type: 'snapshot', seq: 6, bids: [] });
  });

  it('leaves out a client that is behind, and gives it all it missed as one delta', async () => {
    const { channel, join } = setup();
    const slow = join();
    const fast = join();
    await settled();
    slow.client.buffered = BEHIND;
    for (let seq = 1; seq <= 50; seq += 1) {
      channel.take(marketUpdate(seq - 1, seq, { levels: [level('BUY', '1.00', seq)] }));
      await settled();
    }
    expect(slow.client.received).toHaveLength(1);
    slow.client.drain();
    channel.resume(slow.subscriber);
    expect(slow.client.received).toHaveLength(2);
    expect(slow.client.received[1]).toMatchObject({
      prev_seq: 0,
      seq: 50,
      bids: [['1.00', '50', 1]],
    });
    channel.take(marketUpdate(50, 51, { levels: [level('BUY', '1.00', 0)] }));
    await settled();
    expect(slow.client.received.at(-1)).toEqual(fast.client.received.at(-1));
  });

  it('gives a client that missed more than is kept a snapshot', async () => {
    const { channel, join } = setup();
    const { client, subscriber } = join();
    await settled();
    client.buffered = BEHIND;
    const levels = Array.from({ length: 900 }, (_, index) =>
      level('BUY', ((index + 1) / 100).toFixed(2), 1),
    );
    for (let seq = 1; seq <= 60; seq += 1) {
      channel.take(marketUpdate(seq - 1, seq, { levels }));
      await settled();
    }
    client.drain();
    channel.resume(subscriber);
    await eventually(() =>
      expect(client.received.map(({ type }) => type)).toEqual(['snapshot', 'snapshot']),
    );
    expect(client.received[1]!.seq).toBe(60);
    channel.take(marketUpdate(60, 61, { levels: [level('BUY', '0.01', 0)] }));
    await eventually(() =>
      expect(client.received.at(-1)).toMatchObject({ type: 'delta', prev_seq: 60, seq: 61 }),
    );
  });

  it('resumes from a sequence that is kept, and starts anew from any other', async () => {
    const { channel, join } = setup();
    join();
    await settled();
    for (let seq = 1; seq <= 5; seq += 1) {
      channel.take(marketUpdate(seq - 1, seq, { levels: [level('BUY', `${seq}.00`, 1)] }));
      await settled();
    }
    const [known, same, unknown] = [join(3), join(5), join(99)];
    await settled();
    expect(known.client.received).toHaveLength(1);
    expect(known.client.received[0]).toMatchObject({ type: 'delta', prev_seq: 3, seq: 5 });
    expect(known.client.received[0]!.bids).toHaveLength(2);
    expect(same.client.received).toEqual([]);
    expect(unknown.client.received[0]).toMatchObject({ type: 'snapshot', seq: 5 });
  });

  it('leads who resumes across changes that no price shows', async () => {
    const { channel, join } = setup();
    join();
    await settled();
    channel.take(marketUpdate(0, 1));
    await settled();
    const { client } = join(0);
    await settled();
    channel.take(marketUpdate(1, 2, { levels: [level('BUY', '1.00', 1)] }));
    await settled();
    expect(client.received).toMatchObject([
      { type: 'delta', prev_seq: 0, seq: 1, bids: [], asks: [] },
      { type: 'delta', prev_seq: 1, seq: 2 },
    ]);
  });

  it("says in every message what the market's state is", async () => {
    const { channel, store, join } = setup();
    store.snapshot = { state: 'HALTED', sequence: 4, bids: [], asks: [] };
    const { client } = join();
    await settled();
    channel.take(marketUpdate(4, 5, { state: 'CANCEL_ONLY' }));
    await settled();
    const late = join();
    await settled();
    expect(client.received.map(({ state }) => state)).toEqual(['HALTED', 'CANCEL_ONLY']);
    expect(late.client.received).toMatchObject([{ type: 'snapshot', state: 'CANCEL_ONLY' }]);
  });

  it('reads the store anew when an update is missing, and tells everybody', async () => {
    const { channel, store, join } = setup();
    const { client } = join();
    await settled();
    store.snapshot = {
      state: 'TRADING',
      sequence: 6,
      bids: [{ priceTicks: 200, quantityLots: 1n, orders: 1 }],
      asks: [],
    };
    channel.take(marketUpdate(4, 5));
    channel.take(marketUpdate(6, 7, { levels: [level('SELL', '3.00', 2)] }));
    await settled();
    const book = new OwnBook();
    for (const frame of client.received) book.take(frame);
    expect(book.seq).toBe(7);
    expect(book.sides()).toEqual([[['2.00', '1', 1]], [['3.00', '2', 1]]]);
  });

  it('reads the store anew where an update does not fit its units', async () => {
    const { channel, store, join } = setup();
    const { client } = join();
    // The first one comes while the store is read, the other one later.
    channel.take(marketUpdate(0, 1, { levels: [level('BUY', '1.0005', 1)] }));
    await settled();
    await eventually(() => expect(store.reads).toBe(2));
    await settled();
    channel.take(marketUpdate(0, 1, { levels: [{ ...level('BUY', '1.00', 1), quantity: '0.5' }] }));
    await settled();
    expect(store.reads).toBe(3);
    expect(client.received.map(({ type }) => type)).toEqual(['snapshot', 'snapshot']);
  });

  it('notices within two looks that an update is lost', async () => {
    const { channel, store, join } = setup();
    const { client } = join();
    await settled();
    store.snapshot = { state: 'TRADING', sequence: 4, bids: [], asks: [] };
    channel.look({ sequence: 4, tradeId: 0 });
    await settled();
    expect(store.reads).toBe(1);
    channel.look({ sequence: 4, tradeId: 0 });
    await settled();
    expect(client.received.map(({ seq }) => seq)).toEqual([0, 4]);
  });

  it('does not read the store for an update that is only late', async () => {
    const { channel, store, join } = setup();
    join();
    await settled();
    channel.look({ sequence: 1, tradeId: 0 });
    channel.take(marketUpdate(0, 1));
    channel.look({ sequence: 2, tradeId: 0 });
    channel.take(marketUpdate(1, 2));
    channel.look({ sequence: 2, tradeId: 0 });
    await settled();
    expect(store.reads).toBe(1);
  });

  it('tells those who wait that the store is away', async () => {
    const { channel, store, join } = setup();
    store.failing = true;
    const { subscriber, client } = join();
    await settled();
    expect(subscriber.errors).toHaveLength(1);
    expect(client.received).toEqual([]);
    expect(channel.isEmpty).toBe(true);
  });

  it('sends nothing to those who have left', async () => {
    const { channel, join } = setup();
    const { client, subscriber } = join();
    await settled();
    channel.leave(subscriber);
    channel.take(marketUpdate(0, 1, { levels: [level('BUY', '1.00', 1)] }));
    await settled();
    expect(client.received).toHaveLength(1);
    expect(channel.isEmpty).toBe(true);
  });
});
