import { Random } from '../../../test/support/random';
import { formatAmount, parseAmount } from './amount';

describe('parseAmount', () => {
  it.each([
    [1, '1.00'],
    [150.5, '150.50'],
    [0.01, '0.01'],
    [99999999.99, '99999999.99'],
    ['1', '1.00'],
    ['150.5', '150.50'],
    ['150.50', '150.50'],
    ['0.01', '0.01'],
    ['99999999.99', '99999999.99'],
    ['99999999', '99999999.00'],
  ])('reads %p as %p', (sent, amount) => {
    expect(parseAmount(sent)).toBe(amount);
  });

  it.each([
    ['007', '7.00'],
    ['00000000.50', '0.50'],
    ['01.1', '1.10'],
    ['00000001', '1.00'],
  ])('drops the leading zeros of %p', (sent, amount) => {
    expect(parseAmount(sent)).toBe(amount);
  });

  it.each([0, -0, '0', '0.0', '0.00', '00000000', '00000000.00'])('refuses zero: %p', (sent) => {
    expect(parseAmount(sent)).toBeNull();
  });

  it.each([-1, -0.01, '-1', '-0.01', '+1'])('refuses a sign: %p', (sent) => {
    expect(parseAmount(sent)).toBeNull();
  });

  it.each([100000000, 99999999.999, 1e15, 1e21, '100000000', '100000000.00', '9'.repeat(400)])(
    'refuses what is too large: %p',
    (sent) => {
      expect(parseAmount(sent)).toBeNull();
    },
  );

  it.each([0.001, 1.005, 0.1 + 0.2, 1e-7, Number.MIN_VALUE, '0.001', '1.000', '1.123'])(
    'refuses more than two decimals: %p',
    (sent) => {
      expect(parseAmount(sent)).toBeNull();
    },
  );

  it('never takes a ninth digit before the point, not even a leading zero', () => {
    expect(parseAmount('000000001')).toBeNull();
  });

  it.each(['1e2', '1E2', '1e-1', '0x10', '0b1', '1_000', '1,5', '1,000.00', 'Infinity', 'NaN'])(
    'refuses a spelling that is not a plain decimal: %p',
    (sent) => {
      expect(parseAmount(sent)).toBeNull();
    },
  );

  it.each(['', ' ', '.', '.5', '1.', '1..0', '1.0.0', ' 1', '1 ', '1\n', '\t1', '１', '٣'])(
    'refuses an incomplete or padded text: %p',
    (sent) => {
      expect(parseAmount(sent)).toBeNull();
    },
  );

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'refuses the number %p',
    (sent) => {
      expect(parseAmount(sent)).toBeNull();
    },
  );

  it.each([
    [null],
    [undefined],
    [true],
    [1n],
    [['1']],
    [[1]],
    [{}],
    [{ toString: () => '1' }],
    [Symbol('1')],
  ])('refuses other types: %p', (sent) => {
    expect(parseAmount(sent)).toBeNull();
  });

  it('reads every number of cents as exactly that number of cents', () => {
    const random = new Random(1);
    for (let round = 0; round < 3000; round += 1) {
      const cents = random.between(1, 9_999_999_999);
      const exact = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
      expect([parseAmount(exact), parseAmount(cents / 100)]).toEqual([exact, exact]);
    }
  });
});

describe('formatAmount', () => {
  it.each([
    ['150.50', '150.50'],
    ['0.01', '0.01'],
    [150.5, '150.50'],
    [1, '1.00'],
    [99999999.99, '99999999.99'],
    ['99999999.99', '99999999.99'],
  ])('writes the stored %p as %p', (stored, text) => {
    expect(formatAmount(stored)).toBe(text);
  });

  it('gives back every amount that SQLite keeps as a floating-point number', () => {
    const random = new Random(2);
    for (let round = 0; round < 3000; round += 1) {
      const amount = parseAmount(random.between(1, 9_999_999_999) / 100)!;
      expect(formatAmount(Number(amount))).toBe(amount);
    }
  });
});
