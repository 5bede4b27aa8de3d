/** Bodies for the OpenAPI document, all of them valid. */
const BASE = { user_id: 1, item: 'AAPL' };

export const NEW_ORDER_EXAMPLES = {
  plain: { summary: 'Plain', value: { ...BASE, amount: 150.5 } },
  limit: {
    summary: 'LIMIT',
    value: { ...BASE, side: 'BUY', price: '150.50', quantity: '10', client_order_id: 'my-order-1' },
  },
  market: {
    summary: 'MARKET',
    value: { ...BASE, side: 'SELL', type: 'MARKET', quantity: '2.5' },
  },
  marketByAmount: {
    summary: 'MARKET by amount',
    value: { ...BASE, side: 'BUY', type: 'MARKET', amount: '1000.00' },
  },
  stop: {
    summary: 'STOP',
    value: { ...BASE, side: 'SELL', type: 'STOP', stop_price: '140', quantity: '10' },
  },
  stopLimit: {
    summary: 'STOP_LIMIT, until the end of the day',
    value: {
      ...BASE,
      side: 'BUY',
      type: 'STOP_LIMIT',
      stop_price: '155',
      price: '156',
      quantity: '10',
      time_in_force: 'DAY',
    },
  },
  iceberg: {
    summary: 'Iceberg, post-only, until a time',
    value: {
      ...BASE,
      side: 'SELL',
      price: '151.00',
      quantity: '100',
      display_quantity: '5',
      post_only: true,
      time_in_force: 'GTD',
      expires_at: '2099-12-31T23:59:59Z',
      self_trade_prevention: 'CANCEL_OLDEST',
    },
  },
};

export const AMEND_EXAMPLES = {
  price: { summary: 'A new price', value: { price: '151.00' } },
  quantity: { summary: 'A smaller quantity', value: { quantity: '8' } },
};

export const BATCH_EXAMPLES = {
  mixed: {
    summary: 'Both sides, and a plain order',
    value: {
      orders: [
        { ...BASE, side: 'BUY', price: '150.00', quantity: '10' },
        { ...BASE, side: 'SELL', price: '151.00', quantity: '10' },
        { ...BASE, amount: '99.90' },
      ],
    },
  },
  atomic: {
    summary: 'All or nothing',
    value: {
      orders: [
        { ...BASE, side: 'BUY', price: '150.00', quantity: '10', client_order_id: 'bid-1' },
        { ...BASE, side: 'SELL', price: '151.00', quantity: '10', client_order_id: 'ask-1' },
      ],
      atomic: true,
    },
  },
};
