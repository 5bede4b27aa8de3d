import {
  formatAmount,
  type OrderReason,
  type OrderSide,
  type OrderStatus,
  type OrderType,
  type SelfTradePrevention,
  type TimeInForce,
  type Units,
} from '@app/contracts';
import type { SqlValue } from '@app/persistence';
import { toBigInt } from '../sql-numbers';
import { clientOrderIdOf } from './new-order/request-identity';
import type { BookTerms, NewOrder, StoredOrder } from './stored-order';

/** An order as the drivers give it: BIGINT is text on MySQL. */
export interface OrderRow {
  id: string | number;
  user_id: string | number;
  item: string;
  amount: string | number | null;
  status: OrderStatus;
  reason: OrderReason | null;
  created_at_ms: string | number;
  updated_at_ms: string | number;
  request_key: string | null;
  side: OrderSide | null;
  type: OrderType | null;
  time_in_force: TimeInForce | null;
  self_trade_prevention: SelfTradePrevention | null;
  post_only: number | null;
  price_ticks: string | number | null;
  quantity_lots: string | number | null;
  budget: string | number | null;
  stop_ticks: string | number | null;
  display_lots: string | number | null;
  expires_at_ms: string | number | null;
  filled_lots: string | number;
  notional: string;
}

/** What an `OrderRow` is selected with. */
export const ORDER_COLUMNS =
  'id, user_id, item, amount, status, reason, created_at_ms, updated_at_ms, request_key, side, type, ' +
  'time_in_force, self_trade_prevention, post_only, price_ticks, quantity_lots, budget, stop_ticks, ' +
  'display_lots, expires_at_ms, filled_lots, CAST(notional AS CHAR) AS notional';

/** @param unitsOf has the units of every item that has a book order. */
export function toStoredOrder(row: OrderRow, unitsOf: ReadonlyMap<string, Units>): StoredOrder {
  return {
    id: Number(row.id),
    userId: Number(row.user_id),
    item: row.item,
    amount: row.amount === null ? null : formatAmount(row.amount),
    status: row.status,
    reason: row.reason,
    clientOrderId: clientOrderIdOf(row.request_key),
    book: toBookTerms(row, unitsOf),
    filledLots: Number(row.filled_lots),
    notional: toBigInt(row.notional),
    createdAtMs: Number(row.created_at_ms),
    updatedAtMs: Number(row.updated_at_ms),
  };
}

function toBookTerms(row: OrderRow, unitsOf: ReadonlyMap<string, Units>): BookTerms | null {
  if (row.side === null) return null;
  const units = unitsOf.get(row.item);
  if (units === undefined) throw new Error(`the market of order ${row.id} is missing`);
  return {
    units,
    side: row.side,
    type: row.type ?? 'LIMIT',
    timeInForce: row.time_in_force ?? 'GTC',
    selfTradePrevention: row.self_trade_prevention ?? 'NONE',
    postOnly: row.post_only === 1,
    priceTicks: toNumber(row.price_ticks),
    quantityLots: toNumber(row.quantity_lots),
    budget: toNumber(row.budget),
    stopTicks: toNumber(row.stop_ticks),
    displayLots: toNumber(row.display_lots),
    expiresAtMs: toNumber(row.expires_at_ms),
  };
}

function toNumber(stored: string | number | null): number | null {
  return stored === null ? null : Number(stored);
}

const PLAIN_COLUMNS =
  'user_id, item, amount, status, created_at_ms, updated_at_ms, request_key, request_hash';
const BOOK_COLUMNS =
  'side, type, time_in_force, self_trade_prevention, post_only, price_ticks, quantity_lots, budget, ' +
  'stop_ticks, display_lots, expires_at_ms';

/** Names of the columns of new orders and how many they are; fewer where all orders are plain. */
export function insertColumns(orders: readonly NewOrder[]): { names: string; count: number } {
  return orders.some((order) => order.book !== null)
    ? { names: `${PLAIN_COLUMNS}, ${BOOK_COLUMNS}`, count: 19 }
    : { names: PLAIN_COLUMNS, count: 8 };
}

/** The values of these columns, order by order. */
export function insertValues(
  orders: readonly NewOrder[],
  columns: number,
  nowMs: number,
): SqlValue[] {
  const values: SqlValue[] = [];
  for (const { userId, item, amount, request, book } of orders) {
    values.push(userId, item, amount, 'OPEN', nowMs, nowMs);
    values.push(request === null ? null : request.key, request === null ? null : request.hash);
    if (columns === 8) continue;
    if (book === null) {
      for (let column = 8; column < columns; column += 1) values.push(null);
    } else {
      values.push(book.side, book.type, book.timeInForce, book.selfTradePrevention);
      values.push(book.postOnly ? 1 : 0, book.priceTicks, book.quantityLots, book.budget);
      values.push(book.stopTicks, book.displayLots, book.expiresAtMs);
    }
  }
  return values;
}
