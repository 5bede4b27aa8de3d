import { Random } from '../../../test/support/random';
import {
  divideHalfEven,
  formatAverage,
  formatExactMoney,
  formatMoney,
  formatMultiple,
  formatShortest,
  formatUnit,
  parseMultiple,
  parseUnit,
  type Unit,
} from './decimal';

const unit = (text: string): Unit => {
  const parsed = parseUnit(text);
  if (parsed === null) throw new Error(`${text} is no unit`);
  return parsed;
};

describe('parseUnit', () => {
  it.each([
    ['0.01', 1, 2],
    ['0.010', 1, 2],
    ['0.25', 25, 2],
    ['5', 5, 0],
    ['1.00', 1, 0],
    ['0.00000001', 1, 8],
    ['999999999', 999_999_999, 0],
  ])('reads %s', (text, count, scale) => {
    expect(parseUnit(text)).toEqual({ count, scale });
    expect(parseUnit(formatUnit(unit(text)))).toEqual({ count, scale });
  });

  it.each(['0', '0.00', '-1', '', '1e-2', '.5', '1.', '0.000000001', '1000000000', ' 1', null, {}])(
    'refuses %p',
    (text) => {
      expect(parseUnit(text)).toBeNull();
    },
  );
});

describe('parseMultiple', () => {
  it.each([
    ['150.50', '0.01', 15_050],
    [150.5, '0.01', 15_050],
    ['0150.5000', '0.01', 15_050],
    ['0', '0.01', 0],
    ['1.25', '0.25', 5],
    ['90071992547409.91', '0.01', Number.MAX_SAFE_INTEGER],
    ['35', '5', 7],
  ])('finds in %p of %s %d units', (value, of, count) => {
    expect(parseMultiple(value, unit(of))).toEqual({ ok: true, count });
  });

  it.each([
    ['150.505', '0.01', 'NOT_A_MULTIPLE'],
    ['1.3', '0.25', 'NOT_A_MULTIPLE'],
    ['36', '5', 'NOT_A_MULTIPLE'],
    ['90071992547409.92', '0.01', 'TOO_LARGE'],
    ['-1', '0.01', 'NOT_A_DECIMAL'],
    ['1e3', '0.01', 'NOT_A_DECIMAL'],
    [1e-7, '0.01', 'NOT_A_DECIMAL'],
    [Number.NaN, '0.01', 'NOT_A_DECIMAL'],
    ['1,5', '0.01', 'NOT_A_DECIMAL'],
    ['', '0.01', 'NOT_A_DECIMAL'],
    [true, '0.01', 'NOT_A_DECIMAL'],
    [['1'], '0.01', 'NOT_A_DECIMAL'],
    [undefined, '0.01', 'NOT_A_DECIMAL'],
  ])('refuses %p of %s: %s', (value, of, fault) => {
    expect(parseMultiple(value, unit(of))).toEqual({ ok: false, fault });
  });

  it('reads back what formatMultiple writes', () => {
    const random = new Random(1);
    for (let round = 0; round < 2000; round += 1) {
      const of = unit(random.pick(['0.01', '0.0001', '0.25', '5', '1', '0.00000001', '0.125']));
      const count = Math.floor(random.next() * 2 ** random.between(1, 49));
      expect(parseMultiple(formatMultiple(count, of), of)).toEqual({ ok: true, count });
      expect(parseMultiple(formatShortest(count, of), of)).toEqual({ ok: true, count });
    }
  });
});

describe('formats', () => {
  it.each([
    [15_050, '0.01', '150.50', '150.5'],
    [5, '0.01', '0.05', '0.05'],
    [0, '0.01', '0.00', '0'],
    [-5, '0.01', '-0.05', '-0.05'],
    [3, '0.25', '0.75', '0.75'],
    [7, '5', '35', '35'],
    [100, '1', '100', '100'],
    [10_000, '0.0001', '1.0000', '1'],
  ])('%d of %s: %s, %s', (count, of, whole, shortest) => {
    expect(formatMultiple(count, unit(of))).toBe(whole);
    expect(formatShortest(count, unit(of))).toBe(shortest);
  });

  it.each([
    [5_000, '0.01', '0.0001', '0.00', '0.005'],
    [15_000, '0.01', '0.0001', '0.02', '0.015'],
    [25_000, '0.01', '0.0001', '0.02', '0.025'],
    [25_001, '0.01', '0.0001', '0.03', '0.025001'],
    [101_500_000, '0.01', '0.0001', '101.50', '101.5'],
    [-25_001, '0.01', '0.0001', '-0.03', '-0.025001'],
    [7, '5', '1', '35.00', '35'],
  ])('%d ticks × lots of %s and %s are %s, exactly %s', (tickLots, tick, lot, cents, exact) => {
    expect(formatMoney(tickLots, unit(tick), unit(lot))).toBe(cents);
    expect(formatExactMoney(BigInt(tickLots), unit(tick), unit(lot))).toBe(exact);
  });

  it.each([
    [30_000n, 3, '0.01', '100.00'],
    [20_000n, 3, '0.01', '66.66666667'],
    [10_050n, 1, '0.01', '100.50'],
    [1n, 2, '0.01', '0.005'],
    [9n, 2, '0.25', '1.125'],
  ])('%d over %d lots is an average of (tick %s) %s', (notional, lots, tick, text) => {
    expect(formatAverage(notional, lots, unit(tick))).toBe(text);
  });
});

describe('divideHalfEven', () => {
  it.each([
    [5n, 2n, 2n],
    [7n, 2n, 4n],
    [-5n, 2n, -2n],
    [-7n, 2n, -4n],
    [6n, 4n, 2n],
    [7n, 3n, 2n],
    [8n, 3n, 3n],
    [0n, 3n, 0n],
  ])('%d / %d = %d', (dividend, divisor, quotient) => {
    expect(divideHalfEven(dividend, divisor)).toBe(quotient);
  });
});
