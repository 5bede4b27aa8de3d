import timers from 'node:timers/promises';
import { Backoff, pause } from './backoff';

const never = new AbortController().signal;

describe('Backoff', () => {
  let waits: unknown[];

  beforeEach(() => {
    waits = [];
    jest.spyOn(timers, 'setTimeout').mockImplementation((waitMs) => {
      waits.push(waitMs);
      return Promise.resolve();
    });
  });
  afterEach(() => jest.restoreAllMocks());

  it('waits twice as long after each failure, up to two seconds', async () => {
    const backoff = new Backoff();
    for (let failure = 0; failure < 9; failure += 1) await backoff.wait(never);
    expect(waits).toEqual([50, 100, 200, 400, 800, 1600, 2000, 2000, 2000]);
  });

  it('starts afresh after a success', async () => {
    const backoff = new Backoff();
    await backoff.wait(never);
    await backoff.wait(never);
    backoff.reset();
    await backoff.wait(never);
    expect(waits).toEqual([50, 100, 50]);
  });
});

describe('pause', () => {
  it('ends at once when it is told to stop', async () => {
    const stopping = new AbortController();
    const waiting = pause(60_000, stopping.signal);
    stopping.abort();
    await expect(waiting).resolves.toBeUndefined();
  });

  it('does not begin once it was told to stop', async () => {
    await expect(pause(60_000, AbortSignal.abort())).resolves.toBeUndefined();
  });
});
