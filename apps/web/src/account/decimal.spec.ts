import {
  add,
  compare,
  type Decimal,
  decimalsOf,
  format,
  formatRounded,
  isMultiple,
  multiply,
  parseDecimal,
  subtract,
  unitsIn,
} from './decimal';

const decimal = (text: string): Decimal => {
  const value = parseDecimal(text);
  if (value === null) throw new Error(`${text} is no decimal`);
  return value;
};

describe('decimals', () => {
  it.each(['', '.', '1.', '.5', '1e3', '1,5', ' 1', '+1', '--1', '0x1', 'NaN'])(
    'do not take %p',
    (text) => {
      expect(parseDecimal(text)).toBeNull();
    },
  );

  it.each([
    ['0.1', '0.2', '0.3', '-0.1', '0.02'],
    ['90071992547409.93', '0.01', '90071992547409.94', '90071992547409.92', '900719925474.0993'],
    ['-1.5', '2', '0.5', '-3.5', '-3'],
    ['100', '1', '101', '99', '100'],
  ])('%s and %s: sum %s, difference %s, product %s', (a, b, sum, difference, product) => {
    expect(format(add(decimal(a), decimal(b)))).toBe(sum);
    expect(format(subtract(decimal(a), decimal(b)))).toBe(difference);
    expect(format(multiply(decimal(a), decimal(b)))).toBe(product);
  });

  it.each([
    ['1', '1.00', 0],
    ['-1', '1', -1],
    ['0.10', '0.09', 1],
  ])('%s against %s: %d', (a, b, sign) => {
    expect(compare(decimal(a), decimal(b))).toBe(sign);
  });

  it.each([
    ['1.75', '0.25', true, 7n],
    ['1.80', '0.25', false, 7n],
    ['150.500', '0.01', true, 15050n],
    ['36', '5', false, 7n],
  ])('%s in units of %s: whole %p, %d', (value, unit, whole, count) => {
    expect(isMultiple(decimal(value), decimal(unit))).toBe(whole);
    expect(unitsIn(decimal(value), decimal(unit))).toBe(count);
  });

  it.each([
    ['1.500', 0, '1.5'],
    ['1.500', 2, '1.50'],
    ['1', 2, '1.00'],
    ['1.00', 0, '1'],
    ['100', 0, '100'],
    ['-0.05', 0, '-0.05'],
    ['10.1234', 2, '10.1234'],
  ])('%s with at least %d decimals is %s', (value, decimals, text) => {
    expect(format(decimal(value), decimals)).toBe(text);
  });

  it.each([
    ['0.125', 2, '0.12'],
    ['0.135', 2, '0.14'],
    ['-0.125', 2, '-0.12'],
    ['0.1251', 2, '0.13'],
    ['1', 2, '1.00'],
    ['2.5', 0, '2'],
    ['9.999', 2, '10.00'],
  ])('%s to %d decimals is %s', (value, decimals, text) => {
    expect(formatRounded(decimal(value), decimals)).toBe(text);
  });

  it.each([
    ['0.05', 2],
    ['0.0500', 2],
    ['5', 0],
    ['10', 0],
    ['0.00000001', 8],
  ])('a unit of %s has %d decimals', (unit, decimals) => {
    expect(decimalsOf(decimal(unit))).toBe(decimals);
  });
});
