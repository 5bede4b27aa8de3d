import { compareDecimals } from './decimal-order';

describe('the order of decimals', () => {
  it.each([
    ['1.00', '1.00', 0],
    ['1', '1.00', 0],
    ['1.5', '1.50', 0],
    ['0.10', '0.09', 1],
    ['9.99', '10.00', -1],
    ['100.5', '99.75', 1],
    ['1.05', '1.5', -1],
    ['1', '1.01', -1],
    ['0.00000001', '0.00000002', -1],
    ['9007199254740992', '9007199254740993', -1],
    ['90071992547409.93', '90071992547409.92', 1],
  ])('%s against %s is %d', (a, b, sign) => {
    expect(Math.sign(compareDecimals(a, b))).toBe(sign);
    expect(Math.sign(compareDecimals(b, a))).toBe(sign === 0 ? 0 : -sign);
  });
});
