import { compare, parseDecimal, ZERO } from '../decimal';
import { isBookOrder, isLive, type Order } from '../schemas';
import type { Amend } from '../requests';

/** What was asked for an order and has not been told by the stream yet, or what was answered instead. */
export type Pending =
  | { kind: 'cancelling' }
  | { kind: 'amending'; wish: Amend }
  /** Nothing is under way: this is why. */
  | { kind: 'refused'; message: string };

export type PendingOrders = ReadonlyMap<number, Pending>;

/** @returns the same map where nothing has settled, so that nothing is drawn anew. */
export function settle(
  pending: PendingOrders,
  get: (id: number) => Order | undefined,
): PendingOrders {
  const settled = [...pending].filter(([id, each]) => hasSettled(each, get(id)));
  if (settled.length === 0) return pending;
  const next = new Map(pending);
  for (const [id] of settled) next.delete(id);
  return next;
}

function hasSettled(pending: Pending, order: Order | undefined): boolean {
  if (order === undefined || !isLive(order)) return true;
  return pending.kind === 'amending' && isAmended(order, pending.wish);
}

export function isAmended(order: Order, { price, quantity }: Amend): boolean {
  if (!isBookOrder(order)) return false;
  return isSame(order.price, price) && isSame(order.quantity, quantity);
}

function isSame(is: string | null, wanted: string | undefined): boolean {
  if (wanted === undefined) return true;
  return compare(parseDecimal(is ?? '') ?? ZERO, parseDecimal(wanted) ?? ZERO) === 0;
}

export function withPending(
  pending: PendingOrders,
  ids: readonly number[],
  what: Pending,
): PendingOrders {
  return new Map([...pending, ...ids.map((id) => [id, what] as const)]);
}

/** Takes away what was asked, unless something else has taken its place. */
export function withoutPending(
  pending: PendingOrders,
  ids: readonly number[],
  what: Pending,
): PendingOrders {
  const next = new Map(pending);
  for (const id of ids) if (next.get(id) === what) next.delete(id);
  return next;
}
