import type { CommandUnit } from './order-commands';
import type { BookTerms, NewOrder, StoredOrder } from './stored-order';

/** Orders for specs: tick 0.01, lot 0.0001. */
export const LIMIT_BUY: BookTerms = {
  units: { tick: { count: 1, scale: 2 }, lot: { count: 1, scale: 4 } },
  side: 'BUY',
  type: 'LIMIT',
  timeInForce: 'GTC',
  selfTradePrevention: 'NONE',
  postOnly: false,
  priceTicks: 15_050,
  quantityLots: 100_000,
  budget: null,
  stopTicks: null,
  displayLots: null,
  expiresAtMs: null,
};

export function newOrder(order: Partial<NewOrder> = {}): NewOrder {
  return {
    userId: 1,
    item: 'AAPL',
    amount: order.book === undefined ? '1.00' : null,
    book: null,
    clientOrderId: null,
    request: null,
    ...order,
  };
}

export function storedOrder(order: Partial<StoredOrder> = {}): StoredOrder {
  return {
    id: 7,
    userId: 1,
    item: 'AAPL',
    amount: order.book === undefined ? '1.00' : null,
    status: 'OPEN',
    reason: null,
    clientOrderId: null,
    book: null,
    filledLots: 0,
    notional: 0n,
    createdAtMs: 1000,
    updatedAtMs: 1000,
    ...order,
  };
}

export function placeUnit(...orders: NewOrder[]): CommandUnit {
  const commands = orders.map((order) => ({ type: 'place' as const, order }));
  return { commands, atomic: false, requestId: 'r-1' };
}
