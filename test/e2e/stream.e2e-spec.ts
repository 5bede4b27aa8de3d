import { connect } from 'node:net';
import { crc32 } from 'node:zlib';
import {
  createDeployment,
  type Deployment,
  eventually,
  getBookOrder,
  getJson,
  getOrder,
  orderBecomes,
  placeBookOrder,
  placeOrder,
  send,
} from '../support/processes';
import { Random } from '../support/random';
import { EventStream, StreamedBook, type StreamFrame, StreamSocket } from '../support/stream';

interface Book {
  sequence: number;
  bids: { price: string; quantity: string; orders: number }[];
  asks: { price: string; quantity: string; orders: number }[];
}

const RANK: Record<string, number> = { OPEN: 0, PARTIALLY_FILLED: 1 };
/** How far an order has come; every end is the end. */
const rankOf = (status: string): number => RANK[status] ?? 2;

describe('live streams', () => {
  let deployment: Deployment;
  let url: string;
  /** Another process of the api, where there is one. */
  let otherUrl: string;
  const sockets: StreamSocket[] = [];

  beforeAll(async () => {
    deployment = await createDeployment({ env: { MATCH_DELAY_MS: '300' }, apis: 2 });
    url = deployment.baseUrl;
    otherUrl = deployment.baseUrls.at(-1)!;
  }, 60_000);

  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.cut();
  });

  afterAll(() => deployment.dispose());

  const open = async (at = url): Promise<StreamSocket> => {
    const socket = await StreamSocket.open(at);
    sockets.push(socket);
    return socket;
  };

  const trade = async (item: string, price: string, quantity: number | string = 1) => {
    const order = { item, price, quantity };
    await placeBookOrder(url, { ...order, user_id: 901, side: 'SELL' });
    const taker = await placeBookOrder(otherUrl, { ...order, user_id: 902, side: 'BUY' });
    await orderBecomes(url, taker.id, { status: 'FILLED' });
    return taker;
  };

  /** The trades of a channel so far, each message following the one before. */
  const tradeIds = (frames: readonly StreamFrame[], from: number): number[] => {
    const ids: number[] = [];
    let at = from;
    for (const frame of frames) {
      if (frame.type === 'resumed') continue;
      if (frame.type === 'delta') expect(frame.prev_seq).toBe(at);
      at = frame.seq!;
      ids.push(...frame.trades!.map(({ trade_id }) => trade_id));
    }
    return ids;
  };

  it('keeps a copy of a book right, whatever its item is called', async () => {
    const item = 'a:b "c" %41:1m';
    const channel = `book:${item}`;
    const [early, other] = [await open(), await open(otherUrl)];
    expect(await early.begin(channel)).toMatchObject({
      seq: 0,
      bids: [],
      asks: [],
      checksum: crc32('|'),
    });
    await other.begin(channel);
    const random = new Random(3);
    for (let count = 0; count < 60; count += 1) {
      const side = random.pick(['BUY', 'SELL']);
      const price = (side === 'BUY' ? 9.8 : 9.9) + random.between(-15, 15) / 100;
      const order = { item, side, price: price.toFixed(2), quantity: random.between(1, 5) };
      await placeBookOrder(random.chance(0.5) ? url : otherUrl, {
        ...order,
        user_id: 1000 + count,
      });
    }
    await send(url, 'DELETE', '/orders?user_id=1007');
    // Orders that come in a crowd may be told in one delta; one at a time they are told in as many, so that checksums come.
    for (let count = 0; count < 25; count += 1) {
      const price = (9 - count / 100).toFixed(2);
      await placeBookOrder(url, { item, side: 'BUY', price, quantity: 1, user_id: 2000 });
      for (const socket of [early, other]) {
        const tells = ({ bids }: StreamFrame) => bids?.some(([at]) => at === price) ?? false;
        await socket.find((frame) => frame.channel === channel && tells(frame), `price ${price}`);
      }
    }
    await eventually(async () => {
      const { sequence, bids, asks } = await getJson<Book>(
        url,
        `/markets/${encodeURIComponent(item)}/book?depth=1000`,
      );
      const late = await open();
      await late.begin(channel);
      for (const socket of [early, other, late]) {
        const book = new StreamedBook(crc32);
        for (const frame of socket.of(channel)) book.take(frame);
        expect(book.seq).toBe(sequence);
        const texts = (levels: Book['bids']) =>
          levels.map(({ price, quantity, orders }) => [price, quantity, orders]);
        expect(book.sides()).toEqual({ bids: texts(bids), asks: texts(asks) });
        expect(book.checked).toBeGreaterThan(socket === late ? 0 : 1);
      }
    });
  }, 60_000);

  it('tells each trade once and in order, and any that was missed', async () => {
    const item = 'TRADES';
    const channel = `trades:${item}`;
    const first = await open();
    expect(await first.begin(channel)).toMatchObject({ type: 'snapshot', seq: 0, trades: [] });
    for (let count = 1; count <= 4; count += 1) await trade(item, `${count}.00`);
    await first.find(({ seq }) => seq === 4, 'trade 4');
    expect(tradeIds(first.of(channel), 0)).toEqual([1, 2, 3, 4]);
    const shown = first.of(channel).flatMap(({ trades }) => trades!);
    expect(shown).toEqual(await getJson(url, `/markets/${item}/trades`));
    first.cut();
    await trade(item, '5.00');
    for (const at of [url, otherUrl]) {
      const again = await open(at);
      await again.begin(channel, 2);
      await again.find(({ type, seq }) => type === 'delta' && seq === 5, 'trade 5');
      expect(tradeIds(again.of(channel), 2)).toEqual([3, 4, 5]);
    }
    const last = await open();
    const snapshot = await last.begin(channel);
    expect(snapshot.trades).toHaveLength(5);
  }, 30_000);

  it('tells the candles and the ticker that REST tells', async () => {
    const item = 'CANDLES:1m';
    await trade(item, '10.00', '1.5');
    const socket = await open();
    const channels = [
      `ticker:${item}`,
      ...['1s', '1m', '1h', '1d'].map((i) => `candles:${item}:${i}`),
    ];
    for (const channel of channels) {
      expect(await socket.begin(channel)).toMatchObject({ type: 'snapshot', seq: 1 });
    }
    await trade(item, '12.00', 2);
    await trade(item, '9.00', '0.5');
    const path = `/markets/${encodeURIComponent(item)}`;
    for (const channel of channels) {
      await socket.find((frame) => frame.channel === channel && frame.seq === 3, channel);
      const frames = socket.of(channel);
      if (channel.startsWith('ticker')) {
        expect(frames.at(-1)!.ticker).toEqual(await getJson(url, `${path}/ticker`));
        continue;
      }
      const interval = channel.slice(channel.lastIndexOf(':') + 1);
      const candles = new Map<string, unknown>();
      for (const { candles: changed } of frames) {
        for (const candle of changed!) candles.set(candle.start, candle);
      }
      const expected = await getJson(url, `${path}/candles?interval=${interval}`);
      expect([...candles.values()]).toEqual(expected);
    }
  }, 30_000);

  it("tells of a user's orders, never an older state after a newer one", async () => {
    const user_id = 51;
    const channel = `orders:${user_id}`;
    const before = await placeBookOrder(url, { user_id, item: 'OWN', quantity: 10 });
    // Until it rests its row may still change.
    await eventually(async () => {
      expect(await getJson(url, '/markets/OWN/book')).toMatchObject({ bids: [{ orders: 1 }] });
    });
    const sockets = [await open(), await open(otherUrl)];
    for (const socket of sockets) {
      const snapshot = await socket.begin(channel);
      expect(snapshot.type).toBe('snapshot');
      expect(snapshot.orders).toEqual([await getBookOrder(url, before.id)]);
    }
    const placed = await placeBookOrder(url, { user_id, item: 'OWN', price: 99, quantity: 5 });
    const plain = await placeOrder(otherUrl, { user_id, item: 'PLAIN' });
    for (const quantity of [4, 6]) {
      const taker = { user_id: 52, item: 'OWN', side: 'SELL', price: 100, quantity };
      const sell = await placeBookOrder(otherUrl, taker);
      await orderBecomes(url, sell.id, { status: 'FILLED' });
    }
    await send(url, 'DELETE', `/orders/${placed.id}`);
    for (const socket of sockets) {
      const untilEnded = (id: number, status: string) =>
        socket.find(
          ({ orders }) =>
            orders?.some((order) => order.id === id && order.status === status) ?? false,
          `order ${id} as ${status}`,
        );
      await untilEnded(before.id, 'FILLED');
      await untilEnded(placed.id, 'CANCELLED');
      await untilEnded(plain.id, 'FILLED');
      const ranks = new Map<number, number>();
      let at: number | null = null;
      for (const frame of socket.of(channel)) {
        if (frame.type === 'delta') expect(frame.prev_seq).toBe(at);
        if (at !== null) expect(frame.seq).toBeGreaterThanOrEqual(at);
        at = frame.seq!;
        for (const { id, status } of frame.orders!) {
          expect(rankOf(status)).toBeGreaterThanOrEqual(ranks.get(id) ?? 0);
          ranks.set(id, rankOf(status));
        }
      }
      const told = new Map(
        socket
          .of(channel)
          .flatMap(({ orders }) => orders!.map((order) => [order.id, order] as const)),
      );
      expect(told.get(before.id)).toEqual(await getBookOrder(url, before.id));
      expect(told.get(plain.id)).toEqual(await getOrder(url, plain.id));
    }
  }, 30_000);

  it('tells of what happened to orders while nobody listened', async () => {
    const user_id = 61;
    const channel = `orders:${user_id}`;
    const ends = await placeBookOrder(url, { user_id, item: 'AWAY', quantity: 1 });
    const first = await open();
    const { seq } = await first.begin(channel);
    first.cut();
    await send(url, 'DELETE', `/orders/${ends.id}`);
    await orderBecomes(url, ends.id, { status: 'CANCELLED' });
    const placed = await placeBookOrder(url, { user_id, item: 'AWAY', price: 1, quantity: 1 });
    const again = await open(otherUrl);
    await again.begin(channel, seq);
    const answer = await again.find(({ type }) => type === 'delta', 'what was missed');
    expect(answer.prev_seq).toBe(seq);
    const states = Object.fromEntries(answer.orders!.map(({ id, status }) => [id, status]));
    expect(states).toEqual({ [ends.id]: 'CANCELLED', [placed.id]: 'OPEN' });
    const late = await open();
    const snapshot = await late.begin(channel);
    expect(snapshot.orders!.map(({ id }) => id)).toEqual([placed.id]);
  }, 30_000);

  it('cancels the orders of a user whose connection breaks', async () => {
    const guarded = await open();
    guarded.send({ op: 'cancel_on_disconnect', user_ids: [71, 72] });
    await guarded.find(({ type }) => type === 'cancel_on_disconnect', 'the confirmation');
    const changed = await open();
    changed.send({ op: 'cancel_on_disconnect', user_ids: [73] });
    changed.send({ op: 'cancel_on_disconnect', user_ids: [] });
    await changed.find(({ user_ids }) => user_ids?.length === 0, 'that it is off');
    const orders = [];
    for (const user_id of [71, 72, 73]) {
      orders.push(await placeBookOrder(url, { user_id, item: 'GUARDED', quantity: 1 }));
    }
    guarded.cut();
    changed.cut();
    await orderBecomes(url, orders[0]!.id, { status: 'CANCELLED', reason: 'USER' });
    await orderBecomes(url, orders[1]!.id, { status: 'CANCELLED' });
    expect((await getBookOrder(url, orders[2]!.id)).status).toBe('OPEN');
  }, 30_000);

  it.each([
    ['{', 'MALFORMED_JSON'],
    ['[]', 'INVALID_MESSAGE'],
    ['null', 'INVALID_MESSAGE'],
    ['{}', 'UNKNOWN_OP'],
    ['{"op":"constructor"}', 'UNKNOWN_OP'],
    ['{"op":"subscribe"}', 'INVALID_MESSAGE'],
    ['{"op":"subscribe","channel":7}', 'INVALID_MESSAGE'],
    ['{"op":"subscribe","channel":"book"}', 'UNKNOWN_CHANNEL'],
    ['{"op":"subscribe","channel":"candles:A:2m"}', 'UNKNOWN_CHANNEL'],
    ['{"op":"subscribe","channel":"orders:x"}', 'UNKNOWN_CHANNEL'],
    ['{"op":"subscribe","channel":"__proto__:x"}', 'UNKNOWN_CHANNEL'],
    ['{"op":"subscribe","channel":"book:A","from_seq":-1}', 'INVALID_FROM_SEQ'],
    ['{"op":"subscribe","channel":"book:A","from_seq":"1"}', 'INVALID_FROM_SEQ'],
    ['{"op":"unsubscribe","channel":"book:A"}', 'NOT_SUBSCRIBED'],
    ['{"op":"cancel_on_disconnect"}', 'INVALID_MESSAGE'],
    ['{"op":"cancel_on_disconnect","user_ids":[0]}', 'INVALID_MESSAGE'],
    ['{"op":"cancel_on_disconnect","user_ids":[1.5]}', 'INVALID_MESSAGE'],
  ])('answers %s with %s and goes on', async (message, code) => {
    const socket = await open();
    socket.send(message);
    const error = await socket.find(({ type }) => type === 'error', 'an error');
    expect(error.code).toBe(code);
    socket.send({ op: 'ping' });
    await socket.find(({ type }) => type === 'pong', 'a pong');
  });

  it('takes a channel once, and has done with it when it is told', async () => {
    const socket = await open();
    await socket.begin('book:TWICE');
    socket.subscribe('book:TWICE');
    await socket.find(({ code }) => code === 'ALREADY_SUBSCRIBED', 'the refusal');
    socket.send({ op: 'unsubscribe', channel: 'book:TWICE' });
    await socket.find(({ type }) => type === 'unsubscribed', 'the end');
    await placeBookOrder(url, { item: 'TWICE', quantity: 1 });
    const other = await open();
    await eventually(async () => {
      const { sequence } = await getJson<Book>(url, '/markets/TWICE/book');
      expect(sequence).toBeGreaterThan(0);
    });
    await other.begin('book:TWICE');
    expect(socket.of('book:TWICE').filter(({ type }) => type === 'delta')).toEqual([]);
    socket.webSocket.send(Buffer.from([1, 2, 3]));
    await socket.find(({ code }) => code === 'INVALID_MESSAGE', 'the refusal of bytes');
    for (let count = 0; count <= 200; count += 1) other.subscribe(`book:MANY${count}`);
    await other.find(({ code }) => code === 'TOO_MANY_SUBSCRIPTIONS', 'the limit');
  });

  it('ends a connection whose message is too large with 1009', async () => {
    const socket = await open();
    socket.send({ op: 'ping', padding: 'x'.repeat(20_000) });
    expect(await socket.closed).toBe(1009);
  });

  it('gives the same by server-sent events, and resumes where they ended', async () => {
    const item = 'EVENTS:a b';
    await trade(item, '1.00');
    const stream = await EventStream.open(url, { channel: `trades:${item}` });
    expect(stream.response.statusCode).toBe(200);
    expect(stream.response.headers['content-type']).toBe('text/event-stream');
    await stream.find(({ seq }) => seq === 1, 'the snapshot');
    await trade(item, '2.00');
    await stream.find(({ seq }) => seq === 2, 'trade 2');
    expect(stream.events).toEqual(['snapshot', 'delta']);
    expect(stream.ids).toEqual(['1', '2']);
    stream.close();
    await trade(item, '3.00');
    const again = await EventStream.open(
      otherUrl,
      { channel: `trades:${item}`, from_seq: '0' },
      { 'Last-Event-ID': stream.ids.at(-1)! },
    );
    await again.find(({ type, seq }) => type === 'delta' && seq === 3, 'trade 3');
    expect(tradeIds(again.frames, 2)).toEqual([3]);
    again.close();
  }, 30_000);

  it.each(['/stream', '/stream?channel=book', '/stream?channel=book:A&from_seq=x', '/stream?x=1'])(
    'refuses %s',
    async (path) => {
      const answer = await send(url, 'GET', path);
      expect(answer.status).toBe(400);
      expect(answer.json).toMatchObject({ code: 'INVALID_QUERY' });
    },
  );

  it('has done with requests that wait behind another one when their connection breaks', async () => {
    const connections = async (): Promise<number | undefined> => {
      const { samples } = await getJson<{ samples: { stream_connections: number }[] }>(
        url,
        '/operations',
      );
      return samples.at(-1)?.stream_connections;
    };
    await eventually(async () => expect(await connections()).toBe(0));
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write('GET /stream?channel=book:PIPE HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(5));
    await eventually(async () => expect(await connections()).toBe(5));
    socket.destroy();
    await eventually(async () => expect(await connections()).toBe(0));
  }, 30_000);

  it('goes on when the units of a market change before its first order', async () => {
    const item = 'UNITS';
    const channels = ['book', 'trades', 'ticker'].map((kind) => `${kind}:${item}`);
    const socket = await open();
    for (const channel of channels) await socket.begin(channel);
    const settings = (tick: string, lot: string) =>
      send(url, 'PUT', `/markets/${item}`, { body: { tick_size: tick, lot_size: lot } });
    // Halted and opened again: then it has a sequence although it never had an order.
    await send(url, 'PUT', `/markets/${item}`, { body: { state: 'HALTED' } });
    await eventually(async () => {
      expect((await getJson<Book>(url, `/markets/${item}/book`)).sequence).toBeGreaterThan(0);
    });
    await settings('0.01', '1');
    await eventually(async () => {
      await getJson<Book>(url, `/markets/${item}/book`);
      expect(socket.frames.at(-1)).toMatchObject({ type: 'delta', state: 'TRADING' });
    });
    await settings('0.0005', '0.1');
    await placeBookOrder(url, { user_id: 901, item, side: 'SELL', price: '1.00', quantity: 5 });
    await placeBookOrder(url, {
      user_id: 902,
      item,
      side: 'BUY',
      price: '1.0015',
      quantity: '0.1',
    });
    await socket.find(
      ({ channel, seq }) => channel === `ticker:${item}` && seq === 1,
      'the first trade in the ticker',
    );
    const level = { price: '1.0000', quantity: '4.9', orders: 1 };
    await eventually(async () => {
      expect(await getJson<Book>(url, `/markets/${item}/book`)).toMatchObject({ asks: [level] });
      const book = new StreamedBook(crc32);
      const frames = socket.frames.filter(({ channel }) => channel === `book:${item}`);
      for (const frame of frames) book.take(frame);
      expect(book.sides().asks).toEqual([['1.0000', '4.9', 1]]);
    });
  }, 30_000);

  it('answers nobody but WebSockets where they are, and goes on', async () => {
    const answer = await send(url, 'HEAD', '/stream?channel=book:HEAD');
    expect(answer.status).toBe(200);
    expect((await send(url, 'GET', '/health')).status).toBe(200);
  });
});

describe('live streams of a process that stops', () => {
  it('end with 1001, and what was asked for that case is done', async () => {
    const deployment = await createDeployment({ env: { MATCH_DELAY_MS: '0' } });
    const url = deployment.baseUrl;
    const socket = await StreamSocket.open(url);
    await socket.begin('book:STOP');
    socket.send({ op: 'cancel_on_disconnect', user_ids: [1] });
    await socket.find(({ type }) => type === 'cancel_on_disconnect', 'the confirmation');
    const order = await placeBookOrder(url, { user_id: 1, item: 'STOP', quantity: 1 });
    await socket.find(({ seq }) => (seq ?? 0) > 0, 'the order in the book');
    const events = await EventStream.open(url, { channel: 'book:STOP' });
    await events.find(({ type }) => type === 'snapshot', 'the snapshot');
    const front = deployment.process(deployment.wiring === 'stack' ? 'api' : 'hybrid');
    const beganMs = Date.now();
    const stopped = front.stop();
    expect(await socket.closed).toBe(1001);
    await events.ended;
    expect(events.frames.at(-1)).toMatchObject({ type: 'close', code: 1001 });
    expect(await stopped).toBe(0);
    expect(Date.now() - beganMs).toBeLessThan(4000);
    await front.start();
    await orderBecomes(url, order.id, { status: 'CANCELLED' });
    await deployment.dispose();
  }, 60_000);
});

describe('live streams of a process that is killed', () => {
  it('go on where the client stopped, once it runs again', async () => {
    const deployment = await createDeployment({ env: { MATCH_DELAY_MS: '0' } });
    const url = deployment.baseUrl;
    const item = 'KILLED';
    const trade = async () => {
      await placeBookOrder(url, { user_id: 1, item, side: 'SELL', quantity: 1 });
      const taker = await placeBookOrder(url, { user_id: 2, item, quantity: 1 });
      await orderBecomes(url, taker.id, { status: 'FILLED' });
      return taker;
    };
    const first = await StreamSocket.open(url);
    for (const channel of [`trades:${item}`, `book:${item}`, 'orders:2'])
      await first.begin(channel);
    const seen = await trade();
    await first.find(({ channel, seq }) => channel === `trades:${item}` && seq === 1, 'trade 1');
    await first.find(({ orders }) => orders?.[0]?.id === seen.id, 'its order');
    const lastOf = (channel: string) => first.of(channel).at(-1)!.seq!;
    const front = deployment.process(deployment.wiring === 'stack' ? 'api' : 'hybrid');
    await front.kill();
    expect(await first.closed).toBe(1006);
    await front.start();
    const missed = await trade();
    const again = await StreamSocket.open(url);
    for (const channel of [`trades:${item}`, `book:${item}`, 'orders:2']) {
      await again.begin(channel, lastOf(channel));
    }
    const trades = await again.find(({ trades }) => trades !== undefined, 'what was traded');
    expect(trades).toMatchObject({ type: 'delta', prev_seq: 1, seq: 2 });
    const orders = await again.find(({ orders }) => orders !== undefined, 'what became of orders');
    expect(orders.prev_seq).toBe(lastOf('orders:2'));
    expect(orders.orders!.find(({ id }) => id === missed.id)).toMatchObject({ status: 'FILLED' });
    const book = await again.find(({ checksum }) => checksum !== undefined, 'the book');
    expect(book).toMatchObject({ type: 'snapshot', bids: [], asks: [] });
    await trade();
    await again.find(({ channel, seq }) => channel === `trades:${item}` && seq === 3, 'trade 3');
    again.cut();
    await deployment.dispose();
  }, 60_000);
});
