import {
  DEFAULT_LOT_SIZE,
  DEFAULT_TICK_SIZE,
  MARKET_STATES,
  toUnits,
  type Units,
} from '@app/contracts';
import type { MarketRules, MarketState } from '@app/matching';
import { placeholders, type SqlValue, type Transaction, Transactions } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { BOOK_ORDER_COLUMNS, type BookOrder, type BookOrderRow, toBookOrder } from './book-order';
import { chunks } from './chunks';
import type { Position } from './position';
import { writePlan } from './trading-plan-rows';
import type { TradingPlan } from './trading-plan';

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
export interface StoredMarket extends Units {
  item: string;
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
          ...(units.get(item) ?? DEFAULT_UNITS),
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
  write(tx: Transaction, plan: TradingPlan, nowMs: number): Promise<void> {
    return writePlan(tx, plan, nowMs);
  }

  private async readBooks(items: readonly string[]): Promise<Map<string, StoredBook>> {
    const rows = await this.read<BookRow>(
      `SELECT * FROM books WHERE item IN (${placeholders(items.length)})`,
      items,
    );
    return new Map(rows.map((row) => [row.item, toStoredBook(row)]));
  }

  private async readUnits(items: readonly string[]): Promise<Map<string, Units>> {
    const rows = await this.read<{ item: string; tick_size: string; lot_size: string }>(
      `SELECT item, tick_size, lot_size FROM markets WHERE item IN (${placeholders(items.length)})`,
      items,
    );
    return new Map(rows.map((row) => [row.item, toUnits(row)]));
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

const DEFAULT_UNITS = toUnits({ tick_size: DEFAULT_TICK_SIZE, lot_size: DEFAULT_LOT_SIZE });

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
