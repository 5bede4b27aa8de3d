import type { BookOrder } from '../schemas';
import { DEFAULT_RULES, type MarketRules } from '../ticket/check-ticket';
import { checkAmend } from './amend';
import { bookOrder } from './test-orders';

const check = (
  typed: { price?: string; quantity?: string },
  order: Partial<BookOrder> = {},
  rules: Partial<MarketRules> = {},
) => {
  const whole = bookOrder(order);
  const fields = { price: whole.price ?? '', quantity: whole.quantity ?? '', ...typed };
  return checkAmend(whole, fields, { ...DEFAULT_RULES, ...rules });
};

describe('an amend', () => {
  it.each([
    [{}, {}, null],
    [{ price: '101.2', quantity: '5.0' }, {}, null],
    [{ price: '101.21' }, { price: '101.21' }, 'Goes to the end of the queue.'],
    [{ quantity: '6' }, { quantity: '6' }, 'Goes to the end of the queue.'],
    [{ quantity: '4' }, { quantity: '4' }, 'Keeps its place in the queue.'],
  ])('of %j sends %j: %p', (typed, body, notice) => {
    expect(check(typed)).toEqual({ ok: true, body, notice });
  });

  it('at or below what is filled ends the order, whatever the bounds', () => {
    const partly: Partial<BookOrder> = { status: 'PARTIALLY_FILLED', filled_quantity: '3' };
    expect(check({ quantity: '3' }, partly, { min_quantity: '4' })).toEqual({
      ok: true,
      body: { quantity: '3' },
      notice: '3 are filled already: this ends the order.',
    });
  });

  it.each<[string, ReturnType<typeof check>, object]>([
    ['an empty price', check({ price: '' }), { price: 'Enter a price' }],
    [
      'a price between ticks',
      check({ price: '1.005' }),
      { price: 'Not a multiple of the tick 0.01: 1.00 or 1.01' },
    ],
    [
      'a price out of the band',
      check({ price: '99' }, {}, { min_price: '100' }),
      {
        price: 'At least 100 here',
      },
    ],
    [
      'a quantity out of bounds',
      check({ quantity: '9' }, {}, { max_quantity: '8' }),
      {
        quantity: 'At most 8 here',
      },
    ],
    [
      'slices too thin',
      check({ quantity: '10.0001' }, { display_quantity: '0.0001' }),
      {
        quantity: 'Too many slices of what it shows',
      },
    ],
    [
      'too much together',
      check({ price: '90071992547409.91' }),
      {
        quantity: 'Price × quantity is too large',
      },
    ],
  ])('refuses %s', (_, checked, faults) => {
    expect(checked).toEqual({ ok: false, faults });
  });

  it('leaves bounds alone that hold for new orders only', () => {
    expect(check({ quantity: '4' }, {}, { min_price: '200' })).toMatchObject({ ok: true });
    expect(check({ price: '99' }, {}, { min_quantity: '200' })).toMatchObject({ ok: true });
  });

  it('of a STOP changes its quantity alone', () => {
    const stop: Partial<BookOrder> = { type: 'STOP', price: null, stop_price: '99.00' };
    expect(check({ quantity: '6' }, stop)).toEqual({
      ok: true,
      body: { quantity: '6' },
      notice: null,
    });
  });
});
