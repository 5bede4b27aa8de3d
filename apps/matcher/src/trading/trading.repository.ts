import {
  DEFAULT_LOT_SIZE,
  DEFAULT_TICK_SIZE,
  MARKET_STATES,
  parseUnit,
  type Unit,
} from '@app/contracts';
import type { MarketRules, MarketState } from '@app/matching';
import {
  placeholders,
  type SqlValue,
  type Transaction,
  Transactions,
  type UpdateEach,
  type Upsert,
  valuesList,
} from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { BOOK_ORDER_COLUMNS, type BookOrder, type BookOrderRow, toBookOrder } from './book-order';
import type { Candle } from './candle';
import type { Position } from './position';
import type {
  BookChange,
  OrderChange,
  PositionChange,
  TradeRow,
  TradingPlan,
} from './trading-plan';

type Integer = string | number;

/** A row of `books`. */
export interface StoredBook {
  sequence: number;
  tradeId: number;
  lastPriceTicks: number;
  clockMs: number;
  state: MarketState;
  rules: MarketRules;
  commandSequence: number;
}

/** Everything of a market that the store has. */
export interface StoredMarket {
  item: string;
  tick: Unit;
  lot: Unit;
  book: StoredBook | null;
  orders: BookOrder[];
}

export interface PositionKey {
  userId: number;
  item: string;
}

interface PositionRow {
  user_id: Integer;
  item: string;
  net_lots: string;
  cost: string;
  realised: string;
}

interface BookRow {
  item: string;
  sequence: Integer;
  trade_id: Integer;
  last_price_ticks: Integer;
  clock_ms: Integer;
  state: string;
  min_price_ticks: Integer;
  max_price_ticks: Integer;
  min_quantity_lots: Integer;
  max_quantity_lots: Integer;
  command_sequence: Integer;
}

/** Another process has written the book: the books in memory are not the store's any more. */
export class StaleBooksError extends Error {
  constructor() {
    super('the books were changed by another process');
    this.name = 'StaleBooksError';
  }
}

const ROWS_PER_STATEMENT = 1000;
const ORDERS_PER_QUERY = 5000;
const MARKETS_PER_QUERY = 500;
const POSITIONS_PER_QUERY = 500;
/** A market may have a million live orders. */
const LOAD_TIMEOUT_MS = 60_000;

/** Reads books, and writes what batches change in them. */
@Injectable()
export class TradingRepository {
  constructor(private readonly transactions: Transactions) {}

  /** @returns the book orders among these ids. Whoever has claimed the partition is the only one to change them. */
  async readOrders(ids: readonly number[]): Promise<Map<number, BookOrder>> {
    const orders = new Map<number, BookOrder>();
    for (const some of chunks(ids, ORDERS_PER_QUERY)) {
      const rows = await this.read<BookOrderRow>(
        `SELECT ${BOOK_ORDER_COLUMNS} FROM orders
         WHERE id IN (${placeholders(some.length)}) AND side IS NOT NULL`,
        some,
      );
      for (const row of rows) orders.set(Number(row.id), toBookOrder(row));
    }
    return orders;
  }

  /** @returns each of the items, with all that lives in it. */
  async readMarkets(items: readonly string[]): Promise<StoredMarket[]> {
    const markets: StoredMarket[] = [];
    for (const some of chunks(items, MARKETS_PER_QUERY)) {
      const books = await this.readBooks(some);
      const units = await this.readUnits(some);
      const orders = await this.readLiveOrders(some);
      for (const item of some) {
        markets.push({
          item,
          ...(units.get(item) ?? defaultUnits()),
          book: books.get(item) ?? null,
          orders: orders.get(item) ?? [],
        });
      }
    }
    return markets;
  }

  /** @returns those of these positions that there are. */
  async readPositions(keys: readonly PositionKey[]): Promise<(PositionKey & Position)[]> {
    const positions: (PositionKey & Position)[] = [];
    for (const some of chunks(keys, POSITIONS_PER_QUERY)) {
      const rows = await this.read<PositionRow>(
        `SELECT user_id, item, CAST(net_lots AS CHAR) AS net_lots, CAST(cost AS CHAR) AS cost,
           CAST(realised AS CHAR) AS realised
         FROM positions WHERE ${some.map(() => '(user_id = ? AND item = ?)').join(' OR ')}`,
        some.flatMap(({ userId, item }) => [userId, item]),
      );
      for (const row of rows) {
        positions.push({
          userId: Number(row.user_id),
          item: row.item,
          netLots: BigInt(row.net_lots),
          cost: BigInt(row.cost),
          realised: BigInt(row.realised),
        });
      }
    }
    return positions;
  }

  /** @returns items with live orders whose time has come, each with the latest of those times. */
  async readExpired(nowMs: number, limit: number): Promise<{ item: string; timeMs: number }[]> {
    const rows = await this.read<{ item: string; time_ms: Integer }>(
      `SELECT item, MAX(expires_at_ms) AS time_ms FROM orders
       WHERE status IN ('OPEN', 'PARTIALLY_FILLED') AND expires_at_ms <= ?
       GROUP BY item LIMIT ?`,
      [nowMs, limit],
    );
    return rows.map((row) => ({ item: row.item, timeMs: Number(row.time_ms) }));
  }

  /** @throws StaleBooksError when a book is not what the plan was made for; the transaction must then be given up. */
  async write(tx: Transaction, plan: TradingPlan, nowMs: number): Promise<void> {
    await writeBooks(tx, plan.books);
    for (const some of chunks(plan.orders, ROWS_PER_STATEMENT)) {
      await updateEach(
        tx,
        ORDERS,
        some.map((change) => orderValues(change, nowMs)),
      );
    }
    for (const some of chunks(plan.trades, ROWS_PER_STATEMENT)) await insertTrades(tx, some);
    for (const some of chunks(plan.positions, ROWS_PER_STATEMENT)) {
      await upsert(
        tx,
        POSITIONS,
        some.map((change) => positionValues(change, nowMs)),
      );
    }
    const candles = candlesUpsert(tx.dialect.greatest, tx.dialect.least);
    for (const some of chunks(plan.candles, ROWS_PER_STATEMENT)) {
      await upsert(tx, candles, some.map(candleValues));
    }
  }

  private async readBooks(items: readonly string[]): Promise<Map<string, StoredBook>> {
    const rows = await this.read<BookRow>(
      `SELECT * FROM books WHERE item IN (${placeholders(items.length)})`,
      items,
    );
    return new Map(rows.map((row) => [row.item, toStoredBook(row)]));
  }

  private async readUnits(
    items: readonly string[],
  ): Promise<Map<string, { tick: Unit; lot: Unit }>> {
    const rows = await this.read<{ item: string; tick_size: string; lot_size: string }>(
      `SELECT item, tick_size, lot_size FROM markets WHERE item IN (${placeholders(items.length)})`,
      items,
    );
    return new Map(rows.map((row) => [row.item, unitsOf(row.tick_size, row.lot_size)]));
  }

  private async readLiveOrders(items: readonly string[]): Promise<Map<string, BookOrder[]>> {
    const rows = await this.read<BookOrderRow>(
      `SELECT ${BOOK_ORDER_COLUMNS} FROM orders
       WHERE item IN (${placeholders(items.length)}) AND status IN ('OPEN', 'PARTIALLY_FILLED')
         AND side IN ('BUY', 'SELL') AND accepted_sequence IS NOT NULL`,
      items,
    );
    const orders = new Map<string, BookOrder[]>();
    for (const row of rows) {
      const order = toBookOrder(row);
      const known = orders.get(order.item);
      if (known === undefined) orders.set(order.item, [order]);
      else known.push(order);
    }
    return orders;
  }

  private read<Row>(sql: string, parameters: readonly SqlValue[]): Promise<Row[]> {
    return this.transactions.read(
      (manager) => manager.query<Row[]>(sql, [...parameters]),
      LOAD_TIMEOUT_MS,
    );
  }
}

function defaultUnits(): { tick: Unit; lot: Unit } {
  return unitsOf(DEFAULT_TICK_SIZE, DEFAULT_LOT_SIZE);
}

function unitsOf(tickSize: string, lotSize: string): { tick: Unit; lot: Unit } {
  const tick = parseUnit(tickSize);
  const lot = parseUnit(lotSize);
  if (tick === null || lot === null) throw new Error(`${tickSize} or ${lotSize} is no unit`);
  return { tick, lot };
}

function toStoredBook(row: BookRow): StoredBook {
  return {
    sequence: Number(row.sequence),
    tradeId: Number(row.trade_id),
    lastPriceTicks: Number(row.last_price_ticks),
    clockMs: Number(row.clock_ms),
    state: MARKET_STATES.findIndex((state) => state === row.state) as MarketState,
    rules: {
      minPriceTicks: Number(row.min_price_ticks),
      maxPriceTicks: Number(row.max_price_ticks),
      minQuantityLots: Number(row.min_quantity_lots),
      maxQuantityLots: Number(row.max_quantity_lots),
    },
    commandSequence: Number(row.command_sequence),
  };
}

const BOOK_VALUES = [
  'item',
  'sequence',
  'trade_id',
  'last_price_ticks',
  'clock_ms',
  'state',
  'min_price_ticks',
  'max_price_ticks',
  'min_quantity_lots',
  'max_quantity_lots',
  'command_sequence',
];

const BOOKS: UpdateEach = {
  table: 'books',
  values: [...BOOK_VALUES, 'expected'],
  key: 'item',
  set: Object.fromEntries(BOOK_VALUES.slice(1).map((column) => [column, `v.${column}`])),
  where: 'o.sequence = v.expected',
};

function bookValues(book: BookChange): SqlValue[] {
  const { rules } = book;
  return [
    book.item,
    book.sequence,
    book.tradeId,
    book.lastPriceTicks,
    book.clockMs,
    MARKET_STATES[book.state],
    rules.minPriceTicks,
    rules.maxPriceTicks,
    rules.minQuantityLots,
    rules.maxQuantityLots,
    book.commandSequence,
  ];
}

/** By compare-and-set: a book that another process has written meanwhile is never written over. */
async function writeBooks(tx: Transaction, books: readonly BookChange[]): Promise<void> {
  const known = books.filter((book) => book.expectedSequence !== null);
  for (const some of chunks(known, ROWS_PER_STATEMENT)) {
    const rows = some.map((book) => [...bookValues(book), book.expectedSequence]);
    if ((await updateEach(tx, BOOKS, rows)) !== some.length) throw new StaleBooksError();
  }
  const made = books.filter((book) => book.expectedSequence === null);
  for (const some of chunks(made, ROWS_PER_STATEMENT)) {
    const inserted = await tx.execute(
      `${tx.dialect.insertIgnore} books (${BOOK_VALUES.join(', ')})
       VALUES ${valuesList(some.length, BOOK_VALUES.length)}`,
      some.flatMap(bookValues),
    );
    if (inserted !== some.length) throw new StaleBooksError();
  }
}

const ORDERS: UpdateEach = {
  table: 'orders',
  values: [
    'id',
    'status',
    'reason',
    'filled_lots',
    'notional',
    'price_ticks',
    'quantity_lots',
    'quantity_change',
    'visible_lots',
    'accepted_sequence',
    'queue_sequence',
    'triggered',
    'command_sequence',
    'updated_at_ms',
  ],
  key: 'id',
  set: {
    status: 'COALESCE(v.status, o.status)',
    reason: 'COALESCE(v.reason, o.reason)',
    filled_lots: 'o.filled_lots + v.filled_lots',
    notional: 'o.notional + v.notional',
    price_ticks: 'COALESCE(v.price_ticks, o.price_ticks)',
    quantity_lots: 'COALESCE(v.quantity_lots, o.quantity_lots) + v.quantity_change',
    visible_lots: 'v.visible_lots',
    accepted_sequence: 'COALESCE(v.accepted_sequence, o.accepted_sequence)',
    queue_sequence: 'COALESCE(v.queue_sequence, o.queue_sequence)',
    triggered: 'CASE WHEN v.triggered = 1 THEN 1 ELSE o.triggered END',
    command_sequence: 'COALESCE(v.command_sequence, o.command_sequence)',
    updated_at_ms: 'v.updated_at_ms',
  },
};

function orderValues(change: OrderChange, nowMs: number): SqlValue[] {
  return [
    change.orderId,
    change.status,
    change.reason,
    change.filledLots,
    String(change.notional),
    change.priceTicks,
    change.quantityLots,
    change.quantityChange,
    change.visibleLots,
    change.acceptedSequence,
    change.queueSequence,
    change.triggered ? 1 : 0,
    change.commandSequence,
    nowMs,
  ];
}

async function insertTrades(tx: Transaction, trades: readonly TradeRow[]): Promise<void> {
  await tx.execute(
    `INSERT INTO trades (item, trade_id, sequence, price_ticks, quantity_lots, maker_order_id,
       taker_order_id, maker_user_id, taker_user_id, taker_side, executed_at_ms)
     VALUES ${valuesList(trades.length, 11)}`,
    trades.flatMap((trade) => [
      trade.item,
      trade.tradeId,
      trade.sequence,
      trade.priceTicks,
      trade.quantityLots,
      trade.makerOrderId,
      trade.takerOrderId,
      trade.makerUserId,
      trade.takerUserId,
      trade.takerSide,
      trade.executedAtMs,
    ]),
  );
}

const POSITIONS: Upsert = {
  table: 'positions',
  key: ['user_id', 'item'],
  columns: ['user_id', 'item', 'net_lots', 'cost', 'realised', 'updated_at_ms'],
  set: (given) => ({
    net_lots: given('net_lots'),
    cost: given('cost'),
    realised: given('realised'),
    updated_at_ms: given('updated_at_ms'),
  }),
};

function positionValues(change: PositionChange, nowMs: number): SqlValue[] {
  const { userId, item, netLots, cost, realised } = change;
  return [userId, item, String(netLots), String(cost), String(realised), nowMs];
}

function candlesUpsert(greatest: string, least: string): Upsert {
  return {
    table: 'candles',
    key: ['item', 'seconds', 'start_ms'],
    columns: [
      'item',
      'seconds',
      'start_ms',
      'open_ticks',
      'high_ticks',
      'low_ticks',
      'close_ticks',
      'volume_lots',
      'notional',
      'trades',
    ],
    set: (given) => ({
      high_ticks: `${greatest}(candles.high_ticks, ${given('high_ticks')})`,
      low_ticks: `${least}(candles.low_ticks, ${given('low_ticks')})`,
      close_ticks: given('close_ticks'),
      volume_lots: `candles.volume_lots + ${given('volume_lots')}`,
      notional: `candles.notional + ${given('notional')}`,
      trades: `candles.trades + ${given('trades')}`,
    }),
  };
}

function candleValues(candle: Candle): SqlValue[] {
  return [
    candle.item,
    candle.seconds,
    candle.startMs,
    candle.openTicks,
    candle.highTicks,
    candle.lowTicks,
    candle.closeTicks,
    String(candle.volumeLots),
    String(candle.notional),
    candle.trades,
  ];
}

function updateEach(tx: Transaction, update: UpdateEach, rows: SqlValue[][]): Promise<number> {
  return tx.execute(tx.dialect.updateEach(update, rows.length), rows.flat());
}

function upsert(tx: Transaction, into: Upsert, rows: SqlValue[][]): Promise<number> {
  return tx.execute(tx.dialect.upsert(into, rows.length), rows.flat());
}

/** Slices of at most `size`; none of an empty list. */
function* chunks<T>(list: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < list.length; start += size) yield list.slice(start, start + size);
}
