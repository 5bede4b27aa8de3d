import { readAmend, toAmendCommand } from './amend';
import { LIMIT_BUY, storedOrder } from './order-fixtures';

const LIMIT = storedOrder({ book: LIMIT_BUY });
const codeOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('readAmend', () => {
  it.each([
    [null],
    [[]],
    ['x'],
    [{}],
    [{ price: null }],
    [{ price: 0 }],
    [{ side: 'SELL', price: 1 }],
  ])('refuses %j', (body) => {
    expect(codeOf(() => readAmend(body))).toBe('VALIDATION_FAILED');
  });

  it.each([[{ price: 1 }], [{ quantity: '2.5' }], [{ price: '1', quantity: null }]])(
    'takes %j',
    (body) => {
      expect(readAmend(body)).toEqual(body);
    },
  );
});

describe('toAmendCommand', () => {
  it('gives the matcher decimals in the units of the market, and only what changes', () => {
    expect(toAmendCommand(LIMIT, { price: 151, quantity: '8.50' }).amend).toEqual({
      price: '151.00',
      quantity: '8.5',
    });
    expect(toAmendCommand(LIMIT, { quantity: 1 }).amend).toEqual({ quantity: '1' });
  });

  it.each([
    ['a plain order', storedOrder(), { quantity: 1 }, 'NOT_AMENDABLE'],
    ['a price between ticks', LIMIT, { price: '1.001' }, 'VALIDATION_FAILED'],
    ['a quantity between lots', LIMIT, { quantity: '1.00001' }, 'VALIDATION_FAILED'],
    ['too much together', LIMIT, { price: '99999999999' }, 'NOTIONAL_TOO_LARGE'],
    [
      'the price of a STOP',
      storedOrder({ book: { ...LIMIT_BUY, type: 'STOP', priceTicks: null, stopTicks: 1 } }),
      { price: '1' },
      'UNSUPPORTED_COMBINATION',
    ],
    [
      'the quantity of a MARKET order by amount',
      storedOrder({ book: { ...LIMIT_BUY, type: 'MARKET', quantityLots: null, budget: 1 } }),
      { quantity: '1' },
      'UNSUPPORTED_COMBINATION',
    ],
  ])('refuses %s', (_, order, amend, code) => {
    expect(codeOf(() => toAmendCommand(order, amend))).toBe(code);
  });
});
