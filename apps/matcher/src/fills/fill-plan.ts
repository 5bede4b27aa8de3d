import type { DeadLetterReason, DecodedOrderEvent, OrderStatus } from '@app/contracts';

/** What the store says of an order when its events are handled; the row is locked meanwhile. */
export interface StoredOrder {
  id: number;
  userId: number;
  status: OrderStatus;
  createdAtMs: number;
}

/** An event with its place in the batch. */
export interface PositionedEvent extends DecodedOrderEvent {
  index: number;
}

export interface PlannedFill {
  order: StoredOrder;
  requestId: string | null;
  dueAtMs: number;
}

/** Everything that a batch of events changes. */
export interface FillPlan {
  fills: PlannedFill[];
  cancels: { order: StoredOrder; requestId: string | null }[];
  scheduled: PlannedFill[];
  deadLetters: { index: number; reason: DeadLetterReason }[];
}

/**
 * Decides what events of plain orders change. The store's row is the truth: an order that is not open any more is
 * left alone, so an event that comes again, late, or behind a cancel that overtook it changes nothing.
 * @param orders the rows of all orders that the events name, by id.
 * @param delayMs how long after it was placed an order is filled; 0 is at once.
 */
export function planFills(
  events: readonly PositionedEvent[],
  orders: ReadonlyMap<number, StoredOrder>,
  nowMs: number,
  delayMs: number,
): FillPlan {
  const plan: FillPlan = {
    fills: [],
    cancels: [],
    scheduled: [],
    deadLetters: [],
  };
  const settled = new Set<number>();
  const waiting = new Map<number, PlannedFill>();
  for (const event of events) {
    const order = orders.get(event.orderId);
    if (order === undefined || isOther(event, order)) {
      plan.deadLetters.push({ index: event.index, reason: 'UNKNOWN_ORDER' });
      continue;
    }
    if (order.status !== 'OPEN' || settled.has(order.id)) continue;
    if (event.type === 'ORDER_CANCEL_REQUESTED') {
      settled.add(order.id);
      waiting.delete(order.id);
      plan.cancels.push({ order, requestId: event.requestId });
      continue;
    }
    const fill = {
      order,
      requestId: event.requestId,
      dueAtMs: order.createdAtMs + delayMs,
    };
    if (fill.dueAtMs > nowMs) {
      waiting.set(order.id, fill);
    } else {
      settled.add(order.id);
      plan.fills.push(fill);
    }
  }
  plan.scheduled.push(...waiting.values());
  return plan;
}

/** An event of another database's order with the same id: a topic outlives a store that was made anew. */
function isOther(event: DecodedOrderEvent, order: StoredOrder): boolean {
  return event.createdAtMs !== null && event.createdAtMs !== order.createdAtMs;
}
