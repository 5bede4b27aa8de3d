import {
  compact,
  decimalsOf,
  fromUnits,
  padded,
  percentOf,
  separated,
  signed,
  signOf,
  splitZeros,
  toUnits,
} from './decimal';

describe('decimal texts', () => {
  it.each([
    ['0', 0, 0n],
    ['1.5', 2, 150n],
    ['-0.25', 2, -25n],
    ['90071992547409931234.0001', 4, 900719925474099312340001n],
    ['7', 8, 700000000n],
  ])('%s at %i decimals is %s', (text, decimals, units) => {
    expect(toUnits(text, decimals)).toBe(units);
  });

  it.each([
    [0n, 2, '0.00'],
    [5n, 2, '0.05'],
    [-5n, 2, '-0.05'],
    [12345n, 0, '12345'],
    [900719925474099312340001n, 4, '90071992547409931234.0001'],
  ])('%s at %i decimals is written %s', (units, decimals, text) => {
    expect(fromUnits(units, decimals)).toBe(text);
  });

  it('counts decimals and fills them up', () => {
    expect([decimalsOf('0.01'), decimalsOf('5'), decimalsOf('0.0005')]).toEqual([2, 0, 4]);
    expect([padded('2', 4), padded('2.5', 2), padded('2.25', 1), padded('2', 0)]).toEqual([
      '2.0000',
      '2.50',
      '2.25',
      '2',
    ]);
  });

  it.each([
    ['999.5', '999.5'],
    ['1000', '1,000'],
    ['-1234567.1234', '-1,234,567.1234'],
    ['123', '123'],
    ['-123.4', '-123.4'],
  ])('separates %s as %s', (text, shown) => {
    expect(separated(text)).toBe(shown);
  });

  it.each([
    ['12.5000', ['12.5', '000']],
    ['12.0000', ['12', '.0000']],
    ['100', ['100', '']],
    ['0.0001', ['0.0001', '']],
  ])('splits the idle zeros off %s', (text, parts) => {
    expect(splitZeros(text)).toEqual(parts);
  });

  it('tells and shows signs', () => {
    expect([signOf('-0.00'), signOf('-0.01'), signOf('3')]).toEqual([0, -1, 1]);
    expect([signed('0.00'), signed('-1234.5'), signed('3')]).toEqual(['0.00', '−1,234.5', '+3']);
  });

  it.each([
    ['0.25', '150.00', '0.17'],
    ['-0.25', '150.00', '-0.17'],
    ['1', '3', '33.33'],
    ['0.005', '100', '0.01'],
    ['-0.005', '100', '-0.01'],
    ['0.001', '100', '0.00'],
  ])('%s of %s are %s per cent', (part, whole, percent) => {
    expect(percentOf(part, whole)).toBe(percent);
  });

  it('knows no per cent of nothing', () => {
    expect(percentOf('1', '0.00')).toBeNull();
  });

  it.each([
    ['12.50', '12.5'],
    ['99999.12345', '99,999.1235'],
    ['1234567.89', '1.23M'],
    ['987654321987', '987.65B'],
  ])('makes %s short: %s', (text, shown) => {
    expect(compact(text)).toBe(shown);
  });
});
