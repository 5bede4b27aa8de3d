import { Backoff } from './backoff';
import { useFakeTimers } from './stream-fixtures';

const OPTIONS = { firstMs: 100, longestMs: 1000, heldMs: 5000 };

describe('pauses before trying again', () => {
  beforeEach(() => useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('double up to the longest, each somewhere in its upper half', () => {
    const backoff = new Backoff(OPTIONS);
    for (const longest of [100, 200, 400, 800, 1000, 1000]) {
      const pauseMs = backoff.failed();
      expect(pauseMs).toBeGreaterThanOrEqual(longest / 2);
      expect(pauseMs).toBeLessThanOrEqual(longest);
    }
  });

  it('are not the same for all', () => {
    const pauses = Array.from({ length: 20 }, () => new Backoff(OPTIONS).failed());
    expect(new Set(pauses).size).toBeGreaterThan(10);
  });

  it('begin anew after what held, and after nothing else', () => {
    const backoff = new Backoff(OPTIONS);
    for (let count = 0; count < 3; count += 1) backoff.failed();
    backoff.succeeded();
    jest.advanceTimersByTime(4999);
    backoff.succeeded();
    expect(backoff.failed()).toBeGreaterThanOrEqual(400);
    expect(backoff.isFirst).toBe(false);
    for (let count = 0; count < 5; count += 1) {
      backoff.succeeded();
      jest.advanceTimersByTime(1000);
    }
    expect(backoff.failed()).toBeLessThanOrEqual(100);
    expect(backoff.isFirst).toBe(true);
  });
});
