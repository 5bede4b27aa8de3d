import { Backoff, pause } from './backoff';

const never = (): AbortSignal => new AbortController().signal;

/** How long a wait takes, on a clock that is moved by hand. */
async function timeOf(wait: Promise<void>): Promise<number> {
  let over = false;
  const done = wait.then(() => {
    over = true;
  });
  const startMs = Date.now();
  while (!over) await jest.advanceTimersByTimeAsync(10);
  await done;
  return Date.now() - startMs;
}

describe('Backoff', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('waits twice as long after each failure, up to two seconds', async () => {
    const backoff = new Backoff();
    const waits: number[] = [];
    for (let failure = 0; failure < 9; failure += 1) {
      waits.push(await timeOf(backoff.wait(never())));
    }
    expect(waits).toEqual([50, 100, 200, 400, 800, 1600, 2000, 2000, 2000]);
  });

  it('starts afresh after a success', async () => {
    const backoff = new Backoff();
    await timeOf(backoff.wait(never()));
    await timeOf(backoff.wait(never()));
    backoff.reset();
    expect(await timeOf(backoff.wait(never()))).toBe(50);
  });

  it('does not wait once it is told to stop', async () => {
    const stopping = new AbortController();
    const waiting = pause(60_000, stopping.signal);
    stopping.abort();
    await expect(waiting).resolves.toBeUndefined();
    await expect(pause(60_000, stopping.signal)).resolves.toBeUndefined();
    expect(jest.getTimerCount()).toBe(0);
  });
});
