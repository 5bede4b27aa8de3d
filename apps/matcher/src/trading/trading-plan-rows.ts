import { MARKET_STATES } from '@app/contracts';
import {
  type SqlValue,
  type Transaction,
  type UpdateEach,
  type Upsert,
  valuesList,
} from '@app/persistence';
import type { Candle } from './candle';
import { chunks } from './chunks';
import type {
  BookChange,
  OrderChange,
  PositionChange,
  TradeRow,
  TradingPlan,
} from './trading-plan';

/** Another process has written the book: the books in memory are not the store's any more. */
export class StaleBooksError extends Error {
  constructor() {
    super('the books were changed by another process');
    this.name = 'StaleBooksError';
  }
}

const ROWS_PER_STATEMENT = 1000;

/**
 * Writes what a batch changed: books, orders, trades, positions and candles, one row each.
 * @throws StaleBooksError when a book is not what the plan was made for; the transaction must then be given up.
 */
export async function writePlan(tx: Transaction, plan: TradingPlan, nowMs: number): Promise<void> {
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
