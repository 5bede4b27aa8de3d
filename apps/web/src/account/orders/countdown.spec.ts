import { countdown } from './countdown';

describe('the countdown of a plain order', () => {
  it.each([
    [0, 'fills in 3 s'],
    [1, 'fills in 3 s'],
    [1000, 'fills in 2 s'],
    [2001, 'fills in 1 s'],
    [3000, 'filling …'],
    [60_000, 'filling …'],
    [-5000, 'fills in 3 s'],
  ])('%d ms after it was placed: %s', (elapsed, text) => {
    expect(countdown(10_000, true, 3000, 10_000 + elapsed).text).toBe(text);
  });

  it('says "within" of an order that was there before', () => {
    expect(countdown(0, false, 3000, 500).text).toBe('fills within 3 s');
  });

  it('tells nothing that nobody has told it', () => {
    expect(countdown(0, true, null, 500).text).toBe('fills soon');
    expect(countdown(0, true, 0, 500).text).toBe('filling …');
  });

  it('reads well when it is long', () => {
    expect(countdown(0, true, 125_000, 0).text).toBe('fills in 2:05 min');
    expect(countdown(0, true, 7_260_000, 0).text).toBe('fills in 2:01 h');
  });

  it('has a share for the bar', () => {
    expect(countdown(0, true, 4000, 1000).share).toBe(0.25);
    expect(countdown(0, true, 4000, 9000).share).toBe(1);
  });
});
