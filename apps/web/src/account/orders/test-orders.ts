import type { BookOrder, PlainOrder } from '../schemas';

/** Orders for the specs. */
export function bookOrder(members: Partial<BookOrder> = {}): BookOrder {
  return {
    id: 12,
    user_id: 7,
    item: 'AAPL',
    amount: '506.00',
    status: 'OPEN',
    client_order_id: null,
    side: 'BUY',
    type: 'LIMIT',
    price: '101.20',
    quantity: '5',
    filled_quantity: '0',
    remaining_quantity: '5',
    average_price: null,
    time_in_force: 'GTC',
    reason: null,
    created_at: '2026-11-22T15:00:00.000Z',
    updated_at: '2026-11-22T15:00:00.000Z',
    ...members,
  };
}

export function plainOrder(members: Partial<PlainOrder> = {}): PlainOrder {
  return { id: 13, user_id: 7, item: 'AAPL', amount: '150.50', status: 'OPEN', ...members };
}
