/**
 * States of an order. `OPEN` and `PARTIALLY_FILLED` can still change; all others are final.
 * Source of the names: the REST contract and the `orders.status` column.
 */
export const ORDER_STATUSES = [
  'OPEN',
  'PARTIALLY_FILLED',
  'FILLED',
  'CANCELLED',
  'REJECTED',
  'EXPIRED',
] as const;

export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** Whether an order in this state can still be filled or cancelled. */
export function isWorking(status: OrderStatus): boolean {
  return status === 'OPEN' || status === 'PARTIALLY_FILLED';
}
