import { type Decimal, parseDecimal } from './decimal';
import { outOfBounds, readMultiple, readPositive, step } from './number-entry';

const decimal = (text: string): Decimal => parseDecimal(text) ?? { digits: 0n, scale: 0 };

const faultOf = (typed: string, unit = '0.01'): string | null => {
  const entry = readMultiple(typed, 'a price', decimal(unit), 'tick');
  return entry.ok ? null : entry.fault;
};

describe('an entry', () => {
  it.each([
    ['101.25', '101.25'],
    [' 5 ', '5'],
    ['.5', '0.5'],
    ['1.2500', '1.2500'],
    ['90071992547409.91', '90071992547409.91'],
  ])('%p is sent as %p', (typed, text) => {
    expect(readMultiple(typed, 'a price', decimal('0.01'), 'tick')).toMatchObject({
      ok: true,
      text,
    });
  });

  it.each([
    ['', 'Enter a price'],
    ['   ', 'Enter a price'],
    ['1,5', 'Use a point for decimals: 101.25'],
    ['-1', 'Must be above 0'],
    ['0', 'Must be above 0'],
    ['0.000', 'Must be above 0'],
    ['1e3', 'Digits only, with a point: 101.25'],
    ['5.', 'Digits only, with a point: 101.25'],
    ['1.005', 'Not a multiple of the tick 0.01: 1.00 or 1.01'],
    ['0.001', 'Not a multiple of the tick 0.01: 0.01 is the least'],
    ['90071992547409.92', 'Too large'],
    ['1'.repeat(21), 'Digits only, with a point: 101.25'],
  ])('%p: %s', (typed, fault) => {
    expect(faultOf(typed)).toBe(fault);
  });

  it('names the neighbours in odd units', () => {
    expect(faultOf('1.80', '0.25')).toBe('Not a multiple of the tick 0.25: 1.75 or 2.00');
    expect(faultOf('12', '5')).toBe('Not a multiple of the tick 5: 10 or 15');
  });

  it('by itself need keep no step', () => {
    expect(readPositive('0.123456', 'an amount')).toMatchObject({ ok: true });
  });

  it('is held against the bounds of the market', () => {
    expect(outOfBounds(decimal('1'), '1.00', '2.00', 'here')).toBeNull();
    expect(outOfBounds(decimal('0.99'), '1.00', null, 'here')).toBe('At least 1.00 here');
    expect(outOfBounds(decimal('2.01'), null, '2.00', 'here')).toBe('At most 2.00 here');
  });
});

describe('a step', () => {
  it.each([
    ['101.20', '0.01', 1, '101.21'],
    ['101.20', '0.01', -1, '101.19'],
    ['101.205', '0.01', 1, '101.21'],
    ['101.205', '0.01', -1, '101.20'],
    ['', '0.01', 1, '0.01'],
    ['0.01', '0.01', -1, '0.01'],
    ['x', '0.5', 1, '0.5'],
    ['7', '5', 1, '10'],
  ] as const)('from %p by %s (%d) leads to %s', (typed, unit, direction, to) => {
    expect(step(typed, decimal(unit), direction)).toBe(to);
  });

  it('may be ten units', () => {
    expect(step('1.00', decimal('0.01'), 1, 10n)).toBe('1.10');
    expect(step('0.05', decimal('0.01'), -1, 10n)).toBe('0.01');
  });
});
