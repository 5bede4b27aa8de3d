import { Log } from '@app/platform';
import { pino } from 'pino';
import { FillScheduler } from './fill-scheduler';
import type { FillsRepository } from './fills.repository';
import type { FillsService } from './fills.service';

const BACKOFF_MS = 50;

jest.mock('node:timers/promises', () => ({
  setTimeout: (waitMs: number, value: unknown) =>
    new Promise((resolve) => setTimeout(() => resolve(value), waitMs)),
}));

/** A schedule of due times, and when the scheduler looked at it. */
function setUp(dueAtMs: number[] = []) {
  const startMs = Date.now();
  const looks: number[] = [];
  const lines: string[] = [];
  const state = { failures: 0 };
  const fillDue = jest.fn((limit: number) => {
    looks.push(Date.now() - startMs);
    if (state.failures > 0) {
      state.failures -= 1;
      return Promise.reject(new Error('the store is away'));
    }
    const due = dueAtMs.filter((each) => each <= Date.now()).slice(0, limit);
    for (const each of due) dueAtMs.splice(dueAtMs.indexOf(each), 1);
    return Promise.resolve(due.length);
  });
  const nextDueMs = jest.fn(() =>
    Promise.resolve(dueAtMs.length === 0 ? null : Math.min(...dueAtMs)),
  );
  const scheduler = new FillScheduler(
    { fillDue } as unknown as FillsService,
    { nextDueMs } as unknown as FillsRepository,
    new Log(pino({}, { write: (line: string) => lines.push(line) })),
  );
  return { scheduler, state, looks, fillDue, nextDueMs, lines, startMs, dueAtMs };
}

const advance = (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms);

describe('FillScheduler', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('looks at once when it starts, and twice a second while nothing is scheduled', async () => {
    const { scheduler, looks } = setUp();
    scheduler.onApplicationBootstrap();
    await advance(1600);
    expect(looks).toEqual([0, 500, 1000, 1500]);
    await scheduler.beforeApplicationShutdown();
  });

  it('looks when the next fill is due', async () => {
    const { scheduler, looks } = setUp([Date.now() + 120, Date.now() + 300]);
    scheduler.onApplicationBootstrap();
    await advance(400);
    expect(looks).toEqual([0, 120, 300]);
    await scheduler.beforeApplicationShutdown();
  });

  it('looks earlier when a fill is announced that is due before the next look', async () => {
    const { scheduler, looks, startMs, dueAtMs } = setUp([Date.now() + 400]);
    scheduler.onApplicationBootstrap();
    await advance(10);
    dueAtMs.push(startMs + 100);
    scheduler.lookAt(startMs + 100);
    scheduler.lookAt(startMs + 350);
    scheduler.lookAt(Number.POSITIVE_INFINITY);
    await advance(440);
    expect(looks).toEqual([0, 100, 400]);
    await scheduler.beforeApplicationShutdown();
  });

  it('looks at once when a fill is announced that is already due', async () => {
    const { scheduler, looks, startMs } = setUp();
    scheduler.onApplicationBootstrap();
    await advance(200);
    scheduler.lookAt(startMs + 150);
    await advance(0);
    expect(looks).toEqual([0, 200]);
    await scheduler.beforeApplicationShutdown();
  });

  it('does not miss a fill that is announced while it is at work', async () => {
    const { scheduler, looks, nextDueMs, startMs } = setUp();
    let announce: () => void = () => undefined;
    nextDueMs.mockImplementationOnce(
      () =>
        new Promise((resolve) => {
          announce = () => resolve(null);
        }),
    );
    scheduler.onApplicationBootstrap();
    await advance(10);
    scheduler.lookAt(startMs + 20);
    await advance(90);
    announce();
    await advance(1);
    expect(looks.slice(0, 2)).toEqual([0, 100]);
    await scheduler.beforeApplicationShutdown();
  });

  it('goes on without a pause until nothing more is due', async () => {
    const past = Date.now() - 1;
    const { scheduler, fillDue } = setUp(Array.from({ length: 2500 }, () => past));
    scheduler.onApplicationBootstrap();
    await advance(0);
    const taken = await Promise.all(fillDue.mock.results.map((result) => result.value as unknown));
    expect(taken).toEqual([1000, 1000, 500]);
    await scheduler.beforeApplicationShutdown();
  });

  it('tries again, later each time, when the store fails, and says so', async () => {
    const { scheduler, state, looks, lines } = setUp();
    state.failures = 3;
    scheduler.onApplicationBootstrap();
    await advance(7 * BACKOFF_MS);
    expect(looks).toEqual([0, BACKOFF_MS, 3 * BACKOFF_MS, 7 * BACKOFF_MS]);
    expect(lines.filter((line) => line.includes('fills are tried again'))).toHaveLength(3);
    await scheduler.beforeApplicationShutdown();
  });

  it('stops at once while it sleeps, and looks no more', async () => {
    const { scheduler, looks } = setUp();
    scheduler.onApplicationBootstrap();
    await advance(10);
    await scheduler.beforeApplicationShutdown();
    await advance(5000);
    expect(looks).toEqual([0]);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('finishes the transaction that it is at before it stops, and begins no other', async () => {
    const { scheduler, fillDue } = setUp();
    let finish: () => void = () => undefined;
    fillDue.mockImplementationOnce(
      () =>
        new Promise((resolve) => {
          finish = () => resolve(1000);
        }),
    );
    scheduler.onApplicationBootstrap();
    await advance(0);
    let stopped = false;
    const stopping = scheduler.beforeApplicationShutdown().then(() => {
      stopped = true;
    });
    await advance(1000);
    expect(stopped).toBe(false);
    finish();
    await stopping;
    expect(fillDue).toHaveBeenCalledTimes(1);
  });
});
