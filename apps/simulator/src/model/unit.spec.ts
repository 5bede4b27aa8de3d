import { Unit } from './unit';

describe('Unit', () => {
  it.each([
    ['0.01', 19_050, '190.50'],
    ['0.5', 128_501, '64250.5'],
    ['0.00001', 108_500, '1.08500'],
    ['0.05', 3, '0.15'],
    ['1', 300, '300'],
    ['1000', 500, '500000'],
    ['0.0001', 7, '0.0007'],
  ])('of %s: %d are %s, there and back', (unit, count, text) => {
    expect(new Unit(unit).textOf(count)).toBe(text);
    expect(new Unit(unit).countOf(text)).toBe(count);
  });

  it('takes the nearest whole number', () => {
    expect(new Unit('0.5').countOf(64_250.7)).toBe(128_501);
  });

  it.each(['', '0', 'x', '-1'])('refuses "%s"', (text) => {
    expect(() => new Unit(text)).toThrow('no unit');
  });
});
