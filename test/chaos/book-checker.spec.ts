import Database from 'libsql';
import { join } from 'node:path';
import { Random } from '../support/random';
import { sqliteReader, type StoreReader } from '../support/stores';
import { type BookReport, checkBooks } from './book-checker';
import { readOutbox } from './book-checker/book-source';
import { BOOK_ITEMS, randomBookOrder, randomPrice, randomQuantity } from './book-orders';
import type { SeenBook } from './book-checker/market-events-check';
import { EmbeddedBooks } from './embedded-books';

const NOW_MS = 1_800_000_000_000;
const BATCHES = 100;

function report(directory: string, seen: SeenBook[] = []): Promise<BookReport> {
  const reader = sqliteReader(directory);
  const query: StoreReader['query'] = (sql, parameters) => reader.query(sql, parameters);
  return checkBooks(
    {
      query,
      orderEvents: () => readOutbox(query, 'order.events'),
      marketEvents: () => readOutbox(query, 'market.events'),
    },
    seen,
  );
}

/** One batch: orders, changes of earlier ones, copies of what was told before, and time that goes on. */
async function batch(
  books: EmbeddedBooks,
  random: Random,
  known: Record<string, unknown>[],
  nowMs: number,
): Promise<void> {
  const bodies = Array.from({ length: random.between(4, 20) }, () =>
    randomBookOrder(random, nowMs),
  );
  known.push(...(await books.place(bodies, nowMs)));
  const changes = Array.from({ length: random.between(1, 14) }, () => {
    const order = random.chance(0.8) ? random.pick(known.slice(-60)) : random.pick(known);
    if (random.chance(0.5)) return { type: 'ORDER_CANCEL_REQUESTED', order };
    const price =
      order.price === undefined ? {} : { price: randomPrice(random, order.side as 'BUY' | 'SELL') };
    const quantity = { quantity: random.chance(0.3) ? '0.0001' : randomQuantity(random) };
    const amend = random.pick([quantity, { ...price, ...quantity }]);
    return { type: 'ORDER_AMEND_REQUESTED', order, amend };
  });
  await books.tell(changes, nowMs);
  const time = new Date(nowMs).toISOString();
  const item = random.pick(BOOK_ITEMS);
  await books.tell([{ type: 'MARKET_TIME_REACHED', market: { item }, time }], nowMs);
  if (random.chance(0.1)) await books.tell([marketChange(random)], nowMs);
  if (random.chance(0.5)) await books.tellAgain(random.between(1, books.next), 6);
  await books.match(nowMs);
}

function marketChange(random: Random): { type: string; market: object } {
  const state = random.pick(['TRADING', 'TRADING', 'POST_ONLY', 'HALTED', 'CANCEL_ONLY']);
  const bounds = random.chance(0.5) ? { min_price: '9.93', max_quantity: '8' } : {};
  const item = random.pick(BOOK_ITEMS);
  return {
    type: 'MARKET_CHANGED',
    market: { item, tick_size: '0.01', lot_size: '0.0001', state, ...bounds },
  };
}

const TRADED = `SELECT item FROM trades GROUP BY item HAVING COUNT(*) > 20 LIMIT 1`;
const A_TRADE = `SELECT id FROM trades WHERE item = (${TRADED}) AND trade_id = 10`;
const LAST_TRADE = `SELECT MAX(id) FROM trades WHERE item = (${TRADED})`;
const RESTING = `SELECT MIN(id) FROM orders WHERE visible_lots > 0`;
const FILLED = `SELECT MIN(id) FROM orders WHERE status = 'FILLED' AND side IS NOT NULL`;
const ENDED = `SELECT MIN(id) FROM orders WHERE status = 'CANCELLED' AND filled_lots = 0`;
const LAST_ENTRY = (topic: string): string =>
  `SELECT MAX(seq) FROM outbox_entries WHERE topic = '${topic}'`;

/** Ways to break a store, and a part of what the checker must say to it. */
const BREAKS: [what: string, sql: string, fault: RegExp][] = [
  ['a trade is lost', `DELETE FROM trades WHERE id = (${A_TRADE})`, /gap in the trade numbers/],
  [
    'the last trade is lost',
    `DELETE FROM trades WHERE id = (${LAST_TRADE})`,
    /trade \d+ of .* is missing/,
  ],
  [
    'a trade is doubled under the next number',
    `INSERT INTO trades SELECT NULL, item, (SELECT MAX(trade_id) + 1 FROM trades AS t WHERE t.item = trades.item),
       sequence, price_ticks, quantity_lots, maker_order_id, taker_order_id, maker_user_id, taker_user_id,
       taker_side, executed_at_ms FROM trades WHERE id = (${A_TRADE})`,
    /trade \d+ of .* should not be/,
  ],
  [
    'a trade is larger',
    `UPDATE trades SET quantity_lots = quantity_lots + 1 WHERE id = (${A_TRADE})`,
    /fills are not its trades/,
  ],
  [
    'a trade has another price',
    `UPDATE trades SET price_ticks = price_ticks + 1 WHERE id = (${A_TRADE})`,
    /trade 10 of .*: priceTicks is/,
  ],
  [
    'two trades have changed places',
    `UPDATE trades SET trade_id = CASE trade_id WHEN 10 THEN -11 ELSE -10 END
       WHERE item = (${TRADED}) AND trade_id IN (10, 11);
     UPDATE trades SET trade_id = -trade_id WHERE trade_id < 0`,
    /trade 1[01] of .*: sequence is/,
  ],
  [
    'maker and taker are swapped',
    `UPDATE trades SET maker_order_id = taker_order_id, taker_order_id = maker_order_id WHERE id = (${A_TRADE})`,
    /not there, or of another user, item or side/,
  ],
  [
    'a trade has another time',
    `UPDATE trades SET executed_at_ms = executed_at_ms + 1 WHERE id = (${A_TRADE})`,
    /executedAtMs is/,
  ],
  ['an order is lost', `DELETE FROM orders WHERE id = (${ENDED})`, /order \d+ is missing/],
  [
    'an order is invented',
    `INSERT INTO orders (user_id, item, status, created_at_ms, updated_at_ms, side, type, time_in_force,
       price_ticks, quantity_lots, accepted_sequence) SELECT user_id, item, status, created_at_ms, updated_at_ms, side,
       type, time_in_force, price_ticks, quantity_lots, 999999 FROM orders WHERE id = (${ENDED})`,
    /order \d+ should not be/,
  ],
  [
    'a fill is counted twice in an order',
    `UPDATE orders SET filled_lots = filled_lots * 2 WHERE id = (${FILLED})`,
    /filled beyond its quantity/,
  ],
  [
    'the notional of an order is off by one',
    `UPDATE orders SET notional = notional + 1 WHERE id = (${FILLED})`,
    /notional is/,
  ],
  [
    'an order has another status',
    `UPDATE orders SET status = 'CANCELLED', reason = 'USER' WHERE id = (${FILLED})`,
    /order \d+: status is CANCELLED, not FILLED/,
  ],
  [
    'an order has another reason',
    `UPDATE orders SET reason = 'SELF_TRADE' WHERE id = (SELECT MIN(id) FROM orders WHERE reason = 'USER')`,
    /reason is SELF_TRADE, not USER/,
  ],
  [
    'an ended order is still shown',
    `UPDATE orders SET visible_lots = 1 WHERE id = (${ENDED})`,
    /ended order in the public book/,
  ],
  [
    'a resting order shows less',
    `UPDATE orders SET visible_lots = visible_lots - 1 WHERE id = (${RESTING})`,
    /level .* lots is/,
  ],
  [
    'a resting order has lost its place',
    `UPDATE orders SET queue_sequence = queue_sequence + 100000 WHERE id = (${RESTING})`,
    /queueSequence is/,
  ],
  [
    'an order was never answered',
    `UPDATE orders SET accepted_sequence = NULL WHERE id = (${FILLED})`,
    /never answered/,
  ],
  [
    'a position is off by a lot',
    'UPDATE positions SET net_lots = net_lots + 1 WHERE user_id = 1',
    /more bought than sold/,
  ],
  [
    'two users have each other’s profit',
    `UPDATE positions SET realised = realised + CASE user_id WHEN 1 THEN 1 ELSE -1 END WHERE user_id IN (1, 2)`,
    /position 1 .*: realised is/,
  ],
  ['a position is lost', 'DELETE FROM positions WHERE user_id = 3', /position 3 .* is missing/],
  [
    'a candle counts a trade twice',
    'UPDATE candles SET volume_lots = volume_lots + 1, trades = trades + 1 WHERE seconds = 60',
    /candle .* 60 .*: volumeLots is/,
  ],
  [
    'a candle closes elsewhere',
    'UPDATE candles SET close_ticks = close_ticks + 1',
    /closeTicks is/,
  ],
  ['a book is behind', 'UPDATE books SET sequence = sequence - 1', /the book of .*: sequence is/],
  [
    'a book is ahead of time',
    'UPDATE books SET clock_ms = clock_ms + 1',
    /the book of .*: clockMs is/,
  ],
  [
    'an update is lost',
    `DELETE FROM outbox_entries WHERE topic = 'market.events' AND seq = 20`,
    /an update of .* begins at/,
  ],
  [
    'the last update is lost',
    `DELETE FROM outbox_entries WHERE topic = 'market.events' AND seq = (${LAST_ENTRY('market.events')})`,
    /updates of .* end at/,
  ],
  [
    'an update shows a level that is not there',
    `UPDATE outbox_entries SET payload = json_insert(payload, '$[0].value.levels[#]',
       json('{"side":"BUY","price":"1.00","quantity":"3","orders":1}'))
     WHERE topic = 'market.events' AND seq = 20`,
    /level BUY 100 should not be/,
  ],
  [
    'an order was never told',
    `DELETE FROM outbox_entries WHERE topic = 'order.events' AND seq = (SELECT MIN(seq) FROM outbox_entries
       WHERE topic = 'order.events' AND seq > 20 AND created_at_ms > 0 AND payload LIKE '%ORDER_PLACED%')`,
    /order \d+ should not be|comes first behind/,
  ],
  [
    'a command comes first behind a later one',
    `UPDATE outbox_entries SET seq = -seq WHERE topic = 'order.events' AND seq IN (13, 25);
     UPDATE outbox_entries SET seq = CASE seq WHEN -13 THEN 25 ELSE 13 END WHERE seq < 0`,
    /comes first behind/,
  ],
  [
    'a command is a dead letter',
    `INSERT INTO outbox_entries (topic, seq, payload, created_at_ms) VALUES ('order.events.dlq', 1, '[]', 0)`,
    /a dead letter/,
  ],
];

describe('the checker of books', () => {
  let books: EmbeddedBooks;

  beforeAll(async () => {
    books = await EmbeddedBooks.create();
    const random = new Random(7);
    const known: Record<string, unknown>[] = [];
    for (let index = 0; index < BATCHES; index += 1) {
      await batch(books, random, known, NOW_MS + index * 700);
      if (random.chance(0.2)) books.restart();
    }
    await books.close();
  }, 60_000);
  afterAll(() => books.remove());

  it('finds nothing wrong with books that are right', async () => {
    const found = await report(books.directory);
    expect(found.faults.slice(0, 10)).toEqual([]);
    expect(found.orders).toBeGreaterThan(400);
    expect(found.trades).toBeGreaterThan(200);
    expect(found.repeated).toBeGreaterThan(100);
  });

  it.each(BREAKS)('complains when %s', async (_, sql, fault) => {
    const directory = books.copy(String(BREAKS.findIndex((each) => each[1] === sql)));
    const database = new Database(join(directory, 'tradeflow.sqlite'));
    database.exec('DROP INDEX ux_trades_item');
    database.exec(sql);
    database.close();
    const { faults } = await report(directory);
    expect(faults.filter((text) => fault.test(text))).not.toEqual([]);
  });

  it('complains of a book that was shown and never was', async () => {
    const [row] = await sqliteReader(books.directory).query<{ item: string; sequence: number }>(
      'SELECT item, sequence FROM books LIMIT 1',
    );
    const { item, sequence } = row!;
    const seen = (at: number): SeenBook => ({ item, sequence: at, bids: [], asks: [] });
    const faults = async (at: number): Promise<string> =>
      (await report(books.directory, [seen(at)])).faults.join();
    expect(await faults(sequence)).toContain('level');
    expect(await faults(sequence + 1)).toContain('within an update');
    expect(await faults(0)).toBe('');
  });

  it('sees every kind of end', async () => {
    const rows = await sqliteReader(books.directory).query(
      'SELECT DISTINCT status, reason FROM orders',
    );
    const ends = new Set(rows.map(({ status, reason }) => `${status} ${reason}`));
    const expected = [
      'OPEN null',
      'PARTIALLY_FILLED null',
      'FILLED null',
      'CANCELLED USER',
      'CANCELLED IOC_REMAINDER',
      'CANCELLED SELF_TRADE',
      'CANCELLED AMENDED_BELOW_FILLED',
      'REJECTED FOK_UNFILLABLE',
      'REJECTED POST_ONLY_WOULD_CROSS',
      'EXPIRED EXPIRED',
    ];
    expect(expected.filter((end) => !ends.has(end))).toEqual([]);
  });
});
