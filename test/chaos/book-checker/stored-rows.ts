import type { BookSource } from './book-source';

/** A book order as its row has it. */
export interface OrderRow {
  id: number;
  userId: number;
  item: string;
  status: string;
  reason: string | null;
  createdAtMs: number;
  side: string;
  priceTicks: number | null;
  quantityLots: number | null;
  budget: number | null;
  filledLots: number;
  notional: bigint;
  visibleLots: number;
  acceptedSequence: number | null;
  queueSequence: number | null;
  triggered: boolean;
  commandSequence: number;
}

export interface TradeRow {
  item: string;
  tradeId: number;
  sequence: number;
  priceTicks: number;
  quantityLots: number;
  makerOrderId: number;
  takerOrderId: number;
  makerUserId: number;
  takerUserId: number;
  takerSide: string;
  executedAtMs: number;
}

export interface BookRow {
  item: string;
  sequence: number;
  tradeId: number;
  lastPriceTicks: number;
  clockMs: number;
  state: string;
  minPriceTicks: number;
  maxPriceTicks: number;
  minQuantityLots: number;
  maxQuantityLots: number;
  commandSequence: number;
}

export interface PositionRow {
  userId: number;
  item: string;
  netLots: bigint;
  cost: bigint;
  realised: bigint;
}

export interface CandleRow {
  item: string;
  seconds: number;
  startMs: number;
  openTicks: number;
  highTicks: number;
  lowTicks: number;
  closeTicks: number;
  volumeLots: bigint;
  notional: bigint;
  trades: number;
}

/** Tick and lot of an item, as decimals. */
export interface Units {
  tick: string;
  lot: string;
}

/** Every table of the books, read at once. */
export interface StoredBooks {
  orders: OrderRow[];
  /** By item, then by number. */
  trades: TradeRow[];
  books: Map<string, BookRow>;
  positions: PositionRow[];
  candles: CandleRow[];
  units: Map<string, Units>;
}

export async function readBooks({ query }: BookSource): Promise<StoredBooks> {
  const text = (column: string): string => `CAST(${column} AS CHAR) AS ${column}_text`;
  const orders = await query(
    `SELECT orders.*, ${text('notional')} FROM orders WHERE side IS NOT NULL ORDER BY id`,
  );
  const trades = await query('SELECT * FROM trades ORDER BY item, trade_id, id');
  const books = await query('SELECT * FROM books');
  const positions = await query(
    `SELECT user_id, item, ${text('net_lots')}, ${text('cost')}, ${text('realised')} FROM positions`,
  );
  const candles = await query(
    `SELECT candles.*, ${text('volume_lots')}, ${text('notional')} FROM candles`,
  );
  const markets = await query('SELECT item, tick_size, lot_size FROM markets');
  return {
    orders: orders.map(toOrder),
    trades: trades.map(toTrade),
    books: new Map(books.map((row) => [String(row.item), toBook(row)])),
    positions: positions.map(toPosition),
    candles: candles.map(toCandle),
    units: new Map(
      markets.map((row) => [
        String(row.item),
        { tick: String(row.tick_size), lot: String(row.lot_size) },
      ]),
    ),
  };
}

type Row = Record<string, string | number | null>;

function toOrder(row: Row): OrderRow {
  return {
    id: Number(row.id),
    userId: Number(row.user_id),
    item: String(row.item),
    status: String(row.status),
    reason: row.reason === null ? null : String(row.reason),
    createdAtMs: Number(row.created_at_ms),
    side: String(row.side),
    priceTicks: numberOrNull(row.price_ticks),
    quantityLots: numberOrNull(row.quantity_lots),
    budget: numberOrNull(row.budget),
    filledLots: Number(row.filled_lots),
    notional: integer(row.notional_text),
    visibleLots: Number(row.visible_lots),
    acceptedSequence: numberOrNull(row.accepted_sequence),
    queueSequence: numberOrNull(row.queue_sequence),
    triggered: Number(row.triggered) === 1,
    commandSequence: Number(row.command_sequence),
  };
}

function toTrade(row: Row): TradeRow {
  return {
    item: String(row.item),
    tradeId: Number(row.trade_id),
    sequence: Number(row.sequence),
    priceTicks: Number(row.price_ticks),
    quantityLots: Number(row.quantity_lots),
    makerOrderId: Number(row.maker_order_id),
    takerOrderId: Number(row.taker_order_id),
    makerUserId: Number(row.maker_user_id),
    takerUserId: Number(row.taker_user_id),
    takerSide: String(row.taker_side),
    executedAtMs: Number(row.executed_at_ms),
  };
}

function toBook(row: Row): BookRow {
  return {
    item: String(row.item),
    sequence: Number(row.sequence),
    tradeId: Number(row.trade_id),
    lastPriceTicks: Number(row.last_price_ticks),
    clockMs: Number(row.clock_ms),
    state: String(row.state),
    minPriceTicks: Number(row.min_price_ticks),
    maxPriceTicks: Number(row.max_price_ticks),
    minQuantityLots: Number(row.min_quantity_lots),
    maxQuantityLots: Number(row.max_quantity_lots),
    commandSequence: Number(row.command_sequence),
  };
}

function toPosition(row: Row): PositionRow {
  return {
    userId: Number(row.user_id),
    item: String(row.item),
    netLots: integer(row.net_lots_text),
    cost: integer(row.cost_text),
    realised: integer(row.realised_text),
  };
}

function toCandle(row: Row): CandleRow {
  return {
    item: String(row.item),
    seconds: Number(row.seconds),
    startMs: Number(row.start_ms),
    openTicks: Number(row.open_ticks),
    highTicks: Number(row.high_ticks),
    lowTicks: Number(row.low_ticks),
    closeTicks: Number(row.close_ticks),
    volumeLots: integer(row.volume_lots_text),
    notional: integer(row.notional_text),
    trades: Number(row.trades),
  };
}

function numberOrNull(value: string | number | null | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}

function integer(text: string | number | null | undefined): bigint {
  return BigInt(String(text));
}
