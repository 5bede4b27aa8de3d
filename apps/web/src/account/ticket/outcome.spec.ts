import { bookOrder, plainOrder } from '../orders/test-orders';
import type { BookOrder } from '../schemas';
import { outcomeOf } from './outcome';

describe('what became of an order', () => {
  it.each<[Partial<BookOrder>, string]>([
    [{}, 'Order 12: Buy 5 AAPL at 101.20 is on the book'],
    [
      { status: 'PARTIALLY_FILLED', filled_quantity: '3', average_price: '101.20' },
      'Order 12: 3 of 5 filled at 101.20, rest on the book',
    ],
    [
      { status: 'FILLED', filled_quantity: '5', average_price: '101.15' },
      'Order 12: 5 filled at 101.15',
    ],
    [
      { status: 'FILLED', quantity: null, filled_quantity: '9.5', average_price: '10.00' },
      'Order 12: 9.5 filled at 10.00',
    ],
    [
      {
        status: 'CANCELLED',
        filled_quantity: '3',
        average_price: '101.20',
        reason: 'IOC_REMAINDER',
      },
      'Order 12: 3 of 5 filled at 101.20, rest cancelled: nothing more at that price (IOC)',
    ],
    [
      { status: 'CANCELLED', reason: 'NO_LIQUIDITY' },
      'Order 12 cancelled: nothing left to trade with',
    ],
    [
      { status: 'REJECTED', reason: 'FOK_UNFILLABLE' },
      'Order 12 refused: not all of it could be filled (FOK)',
    ],
    [{ status: 'EXPIRED', reason: 'EXPIRED' }, 'Order 12 expired'],
    [{ type: 'STOP', price: null, stop_price: '99.00' }, 'Order 12 placed: Buy 5 AAPL, stop 99.00'],
  ])('%j: %s', (members, text) => {
    expect(outcomeOf(bookOrder(members), true).text).toBe(text);
  });

  it('promises nothing before the matcher had its turn', () => {
    expect(outcomeOf(bookOrder(), false)).toEqual({
      text: 'Order 12 placed: Buy 5 AAPL at 101.20',
      tone: 'info',
      final: false,
    });
  });

  it('knows plain orders', () => {
    expect(outcomeOf(plainOrder(), false).text).toContain('placed: AAPL for 150.50');
    expect(outcomeOf(plainOrder({ status: 'FILLED' }), true)).toEqual({
      text: 'Order 13 filled: AAPL for 150.50',
      tone: 'good',
      final: true,
    });
  });
});
