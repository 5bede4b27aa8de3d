import { divideHalfEven, parseDecimal } from '../decimal';
import { REASONS } from '../reasons';
import { type BookOrder, isBookOrder, isLive, type Order } from '../schemas';
import type { OrdersView, Tracked } from './order-log';

const TYPES: Record<BookOrder['type'], string> = {
  LIMIT: 'Limit',
  MARKET: 'Market',
  STOP: 'Stop',
  STOP_LIMIT: 'Stop-limit',
};

const STATUSES: Record<Order['status'], string> = {
  OPEN: 'Open',
  PARTIALLY_FILLED: 'Part filled',
  FILLED: 'Filled',
  CANCELLED: 'Cancelled',
  REJECTED: 'Refused',
  EXPIRED: 'Expired',
};

export function sideOf(order: Order): { word: string; className: string } | null {
  if (!isBookOrder(order)) return null;
  return order.side === 'BUY'
    ? { word: 'Buy', className: 'up' }
    : { word: 'Sell', className: 'down' };
}

export function typeOf(order: Order): string {
  return isBookOrder(order) ? TYPES[order.type] : 'Plain';
}

export function statusOf(order: Order): string {
  // A STOP never rests: while it is open it waits. Of a STOP_LIMIT nobody tells whether it has fired.
  const waits = isBookOrder(order) && order.type === 'STOP' && order.status === 'OPEN';
  return waits ? 'Waits' : STATUSES[order.status];
}

export function reasonOf(order: Order): string | null {
  return isBookOrder(order) && order.reason !== null ? REASONS[order.reason] : null;
}

/** How much of it is filled, from 0 to 1; null where the whole is not known. */
export function shareFilled(order: Order): number | null {
  if (!isBookOrder(order)) return order.status === 'FILLED' ? 1 : 0;
  const whole = parseDecimal(order.quantity ?? '');
  const filled = parseDecimal(order.filled_quantity);
  if (whole === null || filled === null || whole.digits === 0n) return null;
  const scale = 10n ** BigInt(Math.max(whole.scale, filled.scale));
  const parts = (value: { digits: bigint; scale: number }) =>
    (value.digits * scale) / 10n ** BigInt(value.scale);
  return Number(divideHalfEven(parts(filled) * 1000n, parts(whole))) / 1000;
}

/** What an order has besides type and time in force: short, with the long form beside it. */
export function flagsOf(order: Order): { short: string; long: string }[] {
  if (!isBookOrder(order)) return [];
  const flags: { short: string; long: string }[] = [];
  if (order.post_only === true) flags.push({ short: 'post', long: 'Post-only: never takes' });
  if (order.display_quantity !== undefined) {
    const shown = order.display_quantity;
    flags.push({ short: `shows ${shown}`, long: `Iceberg: shows ${shown} at a time` });
  }
  if (order.self_trade_prevention !== undefined) {
    const mode = order.self_trade_prevention.toLowerCase().replace('_', ' ');
    flags.push({ short: 'STP', long: `Self-trade prevention: ${mode}` });
  }
  return flags;
}

/** Whether it is more than an order that rests until it is cancelled. */
export function hasTerms(order: Order): boolean {
  return isBookOrder(order) && (order.time_in_force !== 'GTC' || flagsOf(order).length > 0);
}

const LINGER_MS = 3000;

/**
 * The rows of open orders: what lives, and for a moment what has just ended, in its place, so that no row moves under
 * somebody's finger and the end can be read.
 * @returns also when a row will leave next; null: none will.
 */
export function openRows(
  view: Pick<OrdersView, 'live' | 'ended'>,
  item: string | null,
  nowMs: number,
): { rows: Tracked[]; nextMs: number | null } {
  const leaving = view.ended.filter(
    ({ endedMs }) => endedMs !== null && nowMs - endedMs < LINGER_MS,
  );
  const rows = [...view.live, ...leaving]
    .filter(({ order }) => item === null || order.item === item)
    .sort((a, b) => b.order.id - a.order.id);
  const ends = leaving.map(({ endedMs }) => (endedMs ?? nowMs) + LINGER_MS);
  return { rows, nextMs: ends.length === 0 ? null : Math.min(...ends) };
}

/** Orders that have ended, newest first: those that were read, and those that were told of since. */
export function historyRows(
  read: readonly Order[],
  ended: readonly Tracked[],
  item: string | null,
  complete: boolean,
): Order[] {
  const byId = new Map(read.map((order) => [order.id, order]));
  const oldest = Math.min(...byId.keys());
  for (const { order } of ended) {
    // An older one has its place on a page that is not read yet.
    const fits = complete || order.id >= oldest;
    if (fits && (item === null || order.item === item)) byId.set(order.id, order);
  }
  return [...byId.values()].filter((order) => !isLive(order)).sort((a, b) => b.id - a.id);
}
