import { LIMIT_BUY, storedOrder } from './order-fixtures';
import { toEventOrder, toOrderDto } from './order-view';

describe('toOrderDto', () => {
  it('shows a plain order with its five keys, and its name when it has one', () => {
    const plain = { id: 7, user_id: 1, item: 'AAPL', amount: '1.00', status: 'OPEN' };
    expect(toOrderDto(storedOrder())).toEqual(plain);
    expect(Object.keys(toOrderDto(storedOrder()))).toEqual(Object.keys(plain));
    expect(toOrderDto(storedOrder({ clientOrderId: 'mine' }))).toEqual({
      ...plain,
      client_order_id: 'mine',
    });
  });

  it('shows a book order with all its keys', () => {
    expect(toOrderDto(storedOrder({ book: LIMIT_BUY }))).toEqual({
      id: 7,
      user_id: 1,
      item: 'AAPL',
      amount: '1505.00',
      status: 'OPEN',
      side: 'BUY',
      type: 'LIMIT',
      price: '150.50',
      quantity: '10',
      filled_quantity: '0',
      remaining_quantity: '10',
      average_price: null,
      time_in_force: 'GTC',
      reason: null,
      client_order_id: null,
      created_at: '1970-01-01T00:00:01.000Z',
      updated_at: '1970-01-01T00:00:01.000Z',
    });
  });

  it('shows the rest of what was given', () => {
    const book = {
      ...LIMIT_BUY,
      stopTicks: 15_000,
      displayLots: 5_000,
      postOnly: true,
      selfTradePrevention: 'DECREMENT' as const,
      expiresAtMs: 0,
    };
    expect(toOrderDto(storedOrder({ book }))).toMatchObject({
      stop_price: '150.00',
      display_quantity: '0.5',
      post_only: true,
      self_trade_prevention: 'DECREMENT',
      expires_at: '1970-01-01T00:00:00.000Z',
    });
  });

  it('has average, filled and remaining that go together, to the last digit', () => {
    const filled = {
      status: 'PARTIALLY_FILLED' as const,
      filledLots: 30_000,
      notional: 451_000_000n,
    };
    expect(toOrderDto(storedOrder({ book: LIMIT_BUY, ...filled }))).toMatchObject({
      quantity: '10',
      filled_quantity: '3',
      remaining_quantity: '7',
      average_price: '150.33333333',
      amount: '1505.00',
    });
  });

  it('shows what an order without a price has executed', () => {
    const market = { ...LIMIT_BUY, type: 'MARKET' as const, priceTicks: null };
    const byAmount = { ...market, quantityLots: null, budget: 5_000_000 };
    const filled = { filledLots: 6_644, notional: 99_992_200n };
    expect(toOrderDto(storedOrder({ book: market }))).toMatchObject({
      amount: '0.00',
      price: null,
    });
    expect(toOrderDto(storedOrder({ book: byAmount, ...filled }))).toMatchObject({
      amount: '99.99',
      quantity: null,
      filled_quantity: '0.6644',
      remaining_quantity: null,
      average_price: '150.50',
    });
  });

  it('rounds money half to even, and keeps sums beyond 2^53', () => {
    const units = { tick: { count: 1, scale: 3 }, lot: { count: 1, scale: 0 } };
    const amounts = [5, 15, 25].map(
      (priceTicks) =>
        toOrderDto(storedOrder({ book: { ...LIMIT_BUY, units, priceTicks, quantityLots: 1 } }))
          .amount,
    );
    expect(amounts).toEqual(['0.00', '0.02', '0.02']);
    const sold = { ...LIMIT_BUY, type: 'MARKET' as const, priceTicks: null };
    const notional = 123_456_789_012_345_678_901_234n;
    expect(toOrderDto(storedOrder({ book: sold, filledLots: 1, notional })).amount).toBe(
      '123456789012345678.90',
    );
  });
});

describe('toEventOrder', () => {
  it('gives a MARKET order by amount its amount', () => {
    const book = { ...LIMIT_BUY, priceTicks: null, quantityLots: null, budget: 5_000_000 };
    const event = toEventOrder(storedOrder({ book }));
    expect(event.amount).toBe('5');
    expect(event).not.toHaveProperty('quantity');
  });

  it('gives a plain order no member of a book order, not even its name', () => {
    expect(Object.keys(toEventOrder(storedOrder({ clientOrderId: 'mine' })))).toEqual([
      'id',
      'user_id',
      'item',
      'amount',
      'status',
      'created_at',
    ]);
  });
});
