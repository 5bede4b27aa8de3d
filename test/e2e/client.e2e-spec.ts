import { type BookView, type components, createClient, type TradeFlowClient } from '@app/client';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { WebSocket } from 'ws';
import {
  createDeployment,
  type Deployment,
  eventually,
  getAllPages,
  getBookOrder,
  getJson,
  orderBecomes,
  placeBookOrder,
  putMarket,
  send,
} from '../support/processes';
import { Random } from '../support/random';

type Trade = components['schemas']['TradeDto'];
type Book = components['schemas']['OrderBookDto'];

const ROOT = resolve(__dirname, '../..');
/** A client that waits may have doubled its pause a few times while a server started. */
const PATIENCE = { timeoutMs: 60_000 };
const USERS = 4;

const clients: TradeFlowClient[] = [];
const children: ChildProcess[] = [];

function connect(baseUrl: string): TradeFlowClient & { errors: { code: string }[] } {
  const client = createClient({ baseUrl, WebSocket });
  clients.push(client);
  const errors: { code: string }[] = [];
  client.stream.onError((error) => errors.push(error));
  return { ...client, errors };
}

/** A program of Node; ends with the test. @returns it, and what it has written so far. */
function run(...parameters: string[]): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, parameters, { cwd: ROOT });
  children.push(child);
  let written = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => {
      written += data.toString('utf8');
    });
  }
  return { child, output: () => written };
}

async function exitOf({ child, output }: ReturnType<typeof run>): Promise<string> {
  const [code] = (await once(child, 'exit')) as [number | null];
  return `${String(code)} ${output()}`;
}

afterEach(() => {
  for (const { stream } of clients.splice(0)) stream.close();
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

describe('the client', () => {
  let deployment: Deployment;
  let url: string;

  beforeAll(async () => {
    deployment = await createDeployment({ env: { MATCH_DELAY_MS: '0' } });
    url = deployment.baseUrl;
  }, 60_000);

  afterAll(() => deployment.dispose());

  it('places, reads and cancels orders, and tells why it could not', async () => {
    const { rest } = connect(url);
    const body = {
      user_id: 1,
      item: 'REST a/b',
      side: 'BUY',
      price: '10.50',
      quantity: '2',
    } as const;
    const { data: placed, response } = await rest.POST('/orders', { body });
    expect([response.status, placed?.status]).toEqual([201, 'OPEN']);
    const id = placed?.id ?? 0;
    await eventually(async () => {
      const path = { item: body.item };
      const { data: book } = await rest.GET('/markets/{item}/book', { params: { path } });
      expect(book?.bids).toEqual([{ price: '10.50', quantity: '2', orders: 1 }]);
    });
    const path = { params: { path: { id } } };
    await rest.DELETE('/orders/{id}', path);
    await eventually(async () => {
      const { data: order } = await rest.GET('/orders/{id}', path);
      expect(order).toMatchObject({ status: 'CANCELLED', reason: 'USER' });
    });
    const { error } = await rest.POST('/orders', { body: { ...body, price: '-1' } });
    expect(error).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' });
    const missing = await rest.GET('/orders/{id}', { params: { path: { id: 999_999 } } });
    expect(missing.error?.code).toBe('ORDER_NOT_FOUND');
  }, 30_000);

  it('knows the state of a market from the first', async () => {
    const item = 'STATE';
    await putMarket(url, item, { state: 'HALTED' });
    await eventually(async () => {
      const { sequence } = await getJson<Book>(url, `/markets/${item}/book`);
      expect(sequence).toBeGreaterThan(0);
    });
    const states: string[] = [];
    connect(url).stream.book(item, ({ state }) => states.push(state));
    await eventually(() => expect(states).toEqual(['HALTED']), PATIENCE);
    await putMarket(url, item, { state: 'TRADING' });
    await eventually(() => expect(states.at(-1)).toBe('TRADING'), PATIENCE);
  }, 30_000);

  it('shows candles, ticker and trades to who comes late as to who was there', async () => {
    const item = 'LATE';
    const { stream } = connect(url);
    const seen = { first: new Map<string, unknown>(), late: new Map<string, unknown>() };
    const follow = (into: Map<string, unknown>) => {
      stream.ticker(item, (ticker) => into.set('ticker', ticker));
      stream.candles(item, '1d', (candles) => into.set('candles', candles));
      const trades: Trade[] = [];
      stream.trades(item, (more, reset) => {
        if (reset) trades.length = 0;
        trades.push(...more);
        into.set('trades', trades);
      });
    };
    follow(seen.first);
    for (const price of ['10.00', '11.00']) {
      await placeBookOrder(url, { user_id: 1, item, side: 'SELL', price, quantity: 1 });
      const taker = await placeBookOrder(url, { user_id: 2, item, price, quantity: 1 });
      await orderBecomes(url, taker.id, { status: 'FILLED' });
    }
    await eventually(async () => {
      expect(seen.first.get('ticker')).toEqual(await getJson(url, `/markets/${item}/ticker`));
      const candles = await getJson(url, `/markets/${item}/candles?interval=1d`);
      expect(seen.first.get('candles')).toEqual(candles);
      expect(seen.first.get('trades')).toEqual(await getJson(url, `/markets/${item}/trades`));
    }, PATIENCE);
    follow(seen.late);
    await eventually(() => expect(seen.late).toEqual(seen.first));
  }, 90_000);

  it('has the types of the document that the api serves', async () => {
    expect(await exitOf(run('scripts/client.mjs', 'check', '--url', url))).toBe('0 ');
  }, 60_000);

  it('is a package whose example shows the best prices', async () => {
    const item = 'EXAMPLE';
    const directory = 'dist/packages/client';
    expect(await exitOf(run('scripts/client.mjs', 'build'))).toMatch(/^0 /);
    await placeBookOrder(url, { item, price: '99.50', quantity: '2.5' });
    const example = run(join(directory, 'examples/best-prices.mjs'), item, url);
    await eventually(
      () => expect(example.output()).toMatch(/^EXAMPLE \d+: bid 2.5 at 99.50, ask none$/m),
      PATIENCE,
    );
    example.child.kill('SIGINT');
    expect(await exitOf(example)).toMatch(/^0 [^]*\(closed\)\n$/);
  }, 120_000);
});

describe('the client of a server that is killed', () => {
  it('has every trade once, the orders as they are, and the book as it is, at each sequence', async () => {
    const deployment = await createDeployment({ env: { MATCH_DELAY_MS: '0' } });
    const url = deployment.baseUrl;
    const front = deployment.process(deployment.wiring === 'stack' ? 'api' : 'hybrid');
    const item = 'KILLED:a "b"';
    const path = `/markets/${encodeURIComponent(item)}`;
    const random = new Random(8);
    const { stream, errors } = connect(url);

    let book: BookView | null = null;
    const trades: Trade[] = [];
    let resets = 0;
    const told = new Map<number, unknown>();
    stream.book(item, (view) => {
      book = view;
    });
    stream.trades(item, (more, reset) => {
      if (reset) resets += 1;
      trades.push(...more);
    });
    for (let user = 1; user <= USERS; user += 1) {
      stream.orders(user, (orders) => {
        for (const order of orders) told.set(order.id, order);
      });
    }
    // All that comes from here on comes by deltas, or by resuming.
    await eventually(() => expect([book?.seq, resets]).toEqual([0, 1]), PATIENCE);

    const placed: number[] = [];
    const place = async (): Promise<void> => {
      const side = random.pick(['BUY', 'SELL']);
      const ticks = 10_000 + random.between(-12, 12) + (side === 'BUY' ? -4 : 4);
      const order = { item, side, price: (ticks / 100).toFixed(2), quantity: random.between(1, 5) };
      placed.push((await placeBookOrder(url, { ...order, user_id: random.between(1, USERS) })).id);
      if (random.chance(0.15)) await send(url, 'DELETE', `/orders/${random.pick(placed)}`);
    };
    /** The copy is what REST shows, at the very same sequence. */
    const agrees = () =>
      eventually(async () => {
        const { sequence, bids, asks } = await getJson<Book>(url, `${path}/book?depth=1000`);
        const levels = (side: Book['bids']) =>
          side.map(({ price, quantity, orders }) => [price, quantity, orders]);
        expect(book).toEqual({
          item,
          seq: sequence,
          state: 'TRADING',
          bids: levels(bids),
          asks: levels(asks),
        });
      }, PATIENCE);

    const statuses: string[] = [];
    stream.onStatus((status) => statuses.push(status));
    for (let round = 0; round < 6; round += 1) {
      for (let count = 0; count < 25; count += 1) await place();
      // Twice without waiting for what is on its way.
      if (round === 2 || round === 4) {
        await front.kill();
        await front.start();
      } else {
        await agrees();
      }
    }
    const all = await eventually(async () => {
      const stored = await getAllPages<Trade>(url, `${path}/trades?order=asc&limit=1000`);
      expect(trades).toEqual(stored);
      return stored;
    }, PATIENCE);
    expect(all.length).toBeGreaterThan(30);
    expect(all.map(({ trade_id: id }) => id)).toEqual(all.map((_, index) => index + 1));
    await eventually(async () => {
      for (const id of placed) expect(told.get(id)).toEqual(await getBookOrder(url, id));
    }, PATIENCE);
    expect([resets, errors]).toEqual([1, []]);
    expect(statuses).toEqual(['reconnecting', 'open', 'reconnecting', 'open']);
    await deployment.dispose();
  }, 300_000);
});
