import { averageText } from './average-text';

describe('an average', () => {
  it.each([
    ['101.20', '101.20'],
    ['101.22726333', '101.2273'],
    ['0.00001234', '0.00001234'],
    ['1.0001', '1.0001'],
  ])('%s is shown as %s', (average, text) => {
    expect(averageText(average)).toBe(text);
  });
});
