import {
  type DecodedOrderEvent,
  DEFAULT_LOT_SIZE,
  DEFAULT_TICK_SIZE,
  formatMultiple,
  parseUnit,
} from '@app/contracts';
import { type SqlValue, valuesList } from '@app/persistence';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../../../libs/persistence/src/data-source';
import { migrate } from '../../../../libs/persistence/src/migrate';
import { SqliteTransactions } from '../../../../libs/persistence/src/sqlite-transactions';
import { Random } from '../../../../test/support/random';
import { type BookEvent, TradingSession } from './trading-session';
import { TradingRepository } from './trading.repository';

const ITEMS = ['AAPL', 'GOOG', 'a "quoted" item'];
const USERS = 6;
const NOW_MS = 1_800_000_000_000;
const TIMEOUT_MS = 10_000;
const TICK = parseUnit(DEFAULT_TICK_SIZE)!;
const LOT = parseUnit(DEFAULT_LOT_SIZE)!;

interface NewOrder {
  userId: number;
  item: string;
  columns: Record<string, SqlValue>;
}

const COLUMNS = [
  'side',
  'type',
  'time_in_force',
  'self_trade_prevention',
  'post_only',
  'price_ticks',
  'quantity_lots',
  'budget',
  'stop_ticks',
  'display_lots',
  'expires_at_ms',
];

/** Any order that the rules take. */
function randomOrder(random: Random): NewOrder {
  const type = random.pick(['LIMIT', 'LIMIT', 'LIMIT', 'LIMIT', 'MARKET', 'STOP', 'STOP_LIMIT']);
  const hasPrice = type === 'LIMIT' || type === 'STOP_LIMIT';
  const timeInForce =
    type === 'MARKET'
      ? random.pick(['IOC', 'FOK'])
      : random.pick(['GTC', 'GTC', 'GTC', 'GTD', 'DAY', 'IOC', 'FOK']);
  const rests = hasPrice && ['GTC', 'GTD', 'DAY'].includes(timeInForce);
  const byAmount = type === 'MARKET' && timeInForce === 'IOC' && random.chance(0.3);
  const quantity = random.between(1, 40);
  return {
    userId: random.between(1, USERS),
    item: random.pick(ITEMS),
    columns: {
      side: random.pick(['BUY', 'SELL']),
      type,
      time_in_force: timeInForce,
      self_trade_prevention: byAmount
        ? 'CANCEL_OLDEST'
        : random.pick(['NONE', 'CANCEL_NEWEST', 'CANCEL_OLDEST', 'CANCEL_BOTH', 'DECREMENT']),
      post_only: rests && random.chance(0.1) ? 1 : 0,
      price_ticks: hasPrice ? random.between(90, 110) : null,
      quantity_lots: byAmount ? null : quantity,
      budget: byAmount ? random.between(50, 4000) : null,
      stop_ticks: type.startsWith('STOP') ? random.between(90, 110) : null,
      display_lots:
        rests && quantity > 1 && random.chance(0.2) ? random.between(1, quantity - 1) : null,
      expires_at_ms: ['GTD', 'DAY'].includes(timeInForce) ? NOW_MS + random.between(1, 50) : null,
    },
  };
}

describe('books in the store', () => {
  const store = { kind: 'sqlite' as const, directory: mkdtempSync(join(tmpdir(), 'trading-')) };
  let reader: DataSource;
  let writer: DataSource;
  let transactions: SqliteTransactions;
  let repository: TradingRepository;
  let sequence = 0;

  beforeAll(async () => {
    await migrate(store);
    reader = await new DataSource(dataSourceOptions(store)).initialize();
    writer = await new DataSource(dataSourceOptions(store)).initialize();
    transactions = new SqliteTransactions(writer, reader);
    repository = new TradingRepository(transactions);
  });
  beforeEach(async () => {
    for (const table of ['orders', 'books', 'trades', 'positions', 'candles']) {
      await writer.query(`DELETE FROM ${table}`);
    }
    sequence = 0;
  });
  afterAll(async () => {
    await transactions.onApplicationShutdown();
    await reader.destroy();
    rmSync(store.directory, { recursive: true });
  });

  const insert = (orders: readonly NewOrder[]): Promise<number[]> =>
    transactions.run(
      (tx) =>
        tx.insert(
          `INSERT INTO orders (user_id, item, status, created_at_ms, updated_at_ms, ${COLUMNS.join(', ')})
           VALUES ${valuesList(orders.length, 5 + COLUMNS.length)}`,
          orders.flatMap(({ userId, item, columns }) => [
            userId,
            item,
            'OPEN',
            NOW_MS,
            NOW_MS,
            ...COLUMNS.map((column) => columns[column] ?? null),
          ]),
          orders.length,
        ),
      TIMEOUT_MS,
    );

  const orderEvent = (
    type: DecodedOrderEvent['type'],
    orderId: number,
    amend: { price?: string; quantity?: string } = {},
  ): BookEvent => ({
    type,
    orderId,
    isBook: true,
    createdAtMs: NOW_MS,
    requestId: null,
    occurredAtMs: NOW_MS,
    sequence: (sequence += 1),
    price: amend.price ?? null,
    quantity: amend.quantity ?? null,
    index: 0,
  });

  const timeEvent = (item: string, timeMs: number): BookEvent => ({
    type: 'MARKET_TIME_REACHED',
    item,
    timeMs,
    requestId: null,
    occurredAtMs: NOW_MS,
    sequence: (sequence += 1),
    index: 0,
  });

  const marketEvent = (item: string, random: Random): BookEvent => ({
    type: 'MARKET_CHANGED',
    item,
    tick: TICK,
    lot: LOT,
    state: random.pick(['TRADING', 'TRADING', 'TRADING', 'POST_ONLY', 'HALTED', 'CANCEL_ONLY']),
    minPrice: random.chance(0.5) ? '0.92' : null,
    maxPrice: null,
    minQuantity: null,
    maxQuantity: random.chance(0.5) ? '0.0035' : null,
    requestId: null,
    occurredAtMs: NOW_MS,
    sequence: (sequence += 1),
    index: 0,
  });

  async function nextEvents(random: Random, known: number[]): Promise<BookEvent[]> {
    const ids = await insert(
      Array.from({ length: random.between(1, 12) }, () => randomOrder(random)),
    );
    const events = ids.map((id) => orderEvent('ORDER_PLACED', id));
    known.push(...ids);
    for (let count = random.between(0, 6); count > 0; count -= 1) {
      events.push(orderEvent('ORDER_CANCEL_REQUESTED', random.pick(known)));
    }
    for (let count = random.between(0, 6); count > 0; count -= 1) {
      const price = formatMultiple(random.between(90, 110), TICK);
      const quantity = formatMultiple(random.between(1, 50), LOT);
      const amend = random.pick([{ price }, { quantity }, { price, quantity }]);
      events.push(orderEvent('ORDER_AMEND_REQUESTED', random.pick(known), amend));
    }
    if (random.chance(0.3)) {
      events.push(timeEvent(random.pick(ITEMS), NOW_MS + random.between(1, 20)));
    }
    if (random.chance(0.15)) events.push(marketEvent(random.pick(ITEMS), random));
    return events;
  }

  async function carryOut(session: TradingSession, events: readonly BookEvent[]): Promise<void> {
    const { plan, deadLetters } = await session.run(events, NOW_MS);
    expect(deadLetters).toEqual([]);
    await transactions.run((tx) => repository.write(tx, plan, NOW_MS), TIMEOUT_MS);
  }

  /** Reads all books anew, without changing anything. */
  async function recovered(): Promise<TradingSession> {
    const session = new TradingSession(repository);
    const { plan } = await session.run(
      ITEMS.map((item) => ({ ...timeEvent(item, 1), occurredAtMs: NOW_MS })),
      NOW_MS,
    );
    expect(plan.books).toEqual([]);
    return session;
  }

  it.each([1, 2, 3, 4])(
    'give the same books when they are read anew, whatever happened to them (seed %i)',
    async (seed) => {
      const random = new Random(seed);
      const known: number[] = [];
      let session = new TradingSession(repository);
      await carryOut(
        session,
        ITEMS.map((item) => timeEvent(item, 1)),
      );
      for (let batch = 0; batch < 120; batch += 1) {
        const events = await nextEvents(random, known);
        await carryOut(session, events);
        const other = await recovered();
        for (const item of ITEMS)
          expect([item, other.stateHash(item)]).toEqual([item, session.stateHash(item)]);
        if (random.chance(0.2)) session = other;
        // Delivered once more, in part or as a whole, a batch changes nothing.
        const again = await session.run(events.slice(random.between(0, 3)), NOW_MS);
        expect(again.plan.orders).toEqual([]);
        expect(again.plan.trades).toEqual([]);
        expect(again.plan.books).toEqual([]);
      }
      await expectConsistent();
      const trades = await count('SELECT COUNT(*) AS n FROM trades');
      expect(trades).toBeGreaterThan(100);
    },
    120_000,
  );

  it('tell of a sweep of many orders in several updates, one after the other', async () => {
    const terms = { type: 'LIMIT', time_in_force: 'GTC', post_only: 0 };
    const maker = { ...terms, side: 'SELL', price_ticks: 100, quantity_lots: 1 };
    const makers: number[] = [];
    for (let count = 0; count < 5; count += 1) {
      const some = Array.from({ length: 500 }, () => ({ userId: 1, item: 'AAPL', columns: maker }));
      makers.push(...(await insert(some)));
    }
    const taker = { ...terms, side: 'BUY', price_ticks: 100, quantity_lots: 2500 };
    const takers = await insert([{ userId: 2, item: 'AAPL', columns: taker }]);
    const session = new TradingSession(repository);
    await carryOut(
      session,
      makers.map((id) => orderEvent('ORDER_PLACED', id)),
    );
    const { plan } = await session.run([orderEvent('ORDER_PLACED', takers[0]!)], NOW_MS);
    expect(plan.updates.map(({ trades, orders }) => [trades.length, orders.length])).toEqual([
      [1000, 1000],
      [1000, 1000],
      [500, 501],
    ]);
    let seq = 5000 + 2500;
    for (const update of plan.updates) {
      expect(update.prev_seq).toBe(seq);
      expect(update.seq).toBeGreaterThan(seq);
      seq = update.seq;
    }
    expect(seq).toBe(plan.books[0]!.sequence);
    expect(plan.updates.flatMap(({ trades }) => trades.map((trade) => trade.trade_id))).toEqual(
      Array.from({ length: 2500 }, (_, index) => index + 1),
    );
  });

  const count = async (sql: string): Promise<number> => {
    const [row]: { n: number }[] = await reader.query(sql);
    return row!.n;
  };

  /** Plain SQL over the tables: what trades say is what orders and positions say. */
  async function expectConsistent(): Promise<void> {
    const traded = `SELECT order_id, SUM(lots) AS lots, SUM(notional) AS notional FROM (
        SELECT maker_order_id AS order_id, quantity_lots AS lots, price_ticks * quantity_lots AS notional FROM trades
        UNION ALL
        SELECT taker_order_id, quantity_lots, price_ticks * quantity_lots FROM trades
      ) GROUP BY order_id`;
    const faults = {
      'orders whose fills are not their trades': `SELECT COUNT(*) AS n FROM orders
        LEFT JOIN (${traded}) AS t ON t.order_id = orders.id
        WHERE filled_lots <> COALESCE(t.lots, 0) OR orders.notional <> COALESCE(t.notional, 0)`,
      'orders filled beyond their quantity': `SELECT COUNT(*) AS n FROM orders WHERE filled_lots > quantity_lots`,
      'filled orders with a rest': `SELECT COUNT(*) AS n FROM orders
        WHERE status = 'FILLED' AND quantity_lots IS NOT NULL AND filled_lots <> quantity_lots`,
      'partly filled orders without a fill': `SELECT COUNT(*) AS n FROM orders
        WHERE status = 'PARTIALLY_FILLED' AND filled_lots = 0 OR status = 'OPEN' AND filled_lots <> 0`,
      'ended orders in the public book': `SELECT COUNT(*) AS n FROM orders
        WHERE status NOT IN ('OPEN', 'PARTIALLY_FILLED') AND visible_lots <> 0`,
      'orders without an answer': `SELECT COUNT(*) AS n FROM orders WHERE accepted_sequence IS NULL`,
      'net positions of an item that are not 0': `SELECT COUNT(*) AS n FROM
        (SELECT item FROM positions GROUP BY item HAVING SUM(net_lots) <> 0)`,
      'money made out of nothing': `SELECT COUNT(*) AS n FROM
        (SELECT item FROM positions GROUP BY item HAVING SUM(realised - cost) <> 0)`,
      'candles that are not their trades': `SELECT COUNT(*) AS n FROM candles
        WHERE volume_lots <> (SELECT SUM(quantity_lots) FROM trades WHERE trades.item = candles.item)`,
      'gaps in the trade numbers': `SELECT COUNT(*) AS n FROM
        (SELECT item FROM trades GROUP BY item HAVING MAX(trade_id) <> COUNT(*))`,
    };
    for (const [fault, sql] of Object.entries(faults))
      expect([fault, await count(sql)]).toEqual([fault, 0]);
  }
});
