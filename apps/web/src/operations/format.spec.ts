import { bytes, count, duration, inWords, milliseconds, percent, perSecond } from './format';

describe('figures', () => {
  it.each([
    [count(0), '0'],
    [count(12_345), '12,345'],
    [count(2_345_678), '2.35 M'],
    [perSecond(0), '0/s'],
    [perSecond(0.4), '0.4/s'],
    [perSecond(12.6), '13/s'],
    [perSecond(15_203), '15,203/s'],
    [milliseconds(0.42), '0.42 ms'],
    [milliseconds(3.456), '3.46 ms'],
    [milliseconds(34.56), '34.6 ms'],
    [milliseconds(345.6), '346 ms'],
    [milliseconds(9999), '9,999 ms'],
    [milliseconds(12_345), '12.3 s'],
    [bytes(180 * 1024 ** 2), '180 MiB'],
    [bytes(1.5 * 1024 ** 3), '1.50 GiB'],
    [percent(0.314), '31 %'],
  ])('%j is %s', (figure, text) => {
    expect(inWords(figure)).toBe(text);
  });
});

describe('duration', () => {
  it.each([
    [0, '0 s'],
    [-5, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [61_000, '1 min 1 s'],
    [7_500_000, '2 h 5 min'],
    [86_400_000, '1 d'],
    [90_000_000, '1 d 1 h'],
  ])('%i ms are %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });
});
