import type { Transaction } from '@app/persistence';
import { Outbox } from './outbox';

const never = new AbortController().signal;

describe('Outbox.waitForEntries', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  /** @returns whether the wait is over after everything that is ready has run. */
  async function isOver(wait: Promise<void>): Promise<boolean> {
    let over = false;
    void wait.then(() => {
      over = true;
    });
    await jest.advanceTimersByTimeAsync(0);
    return over;
  }

  it('ends when a commit was signalled, and leaves no timer behind', async () => {
    const outbox = new Outbox();
    const waiting = outbox.waitForEntries('a', 1000, never);
    expect(await isOver(waiting)).toBe(false);
    outbox.committed('a');
    expect(await isOver(waiting)).toBe(true);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('wakes everybody who waits for the topic, and nobody else', async () => {
    const outbox = new Outbox();
    const first = outbox.waitForEntries('a', 1000, never);
    const second = outbox.waitForEntries('a', 1000, never);
    const other = outbox.waitForEntries('b', 1000, never);
    outbox.committed('a');
    expect(await Promise.all([first, second, other].map(isOver))).toEqual([true, true, false]);
  });

  it('ends when the time is over', async () => {
    const waiting = new Outbox().waitForEntries('a', 200, never);
    await jest.advanceTimersByTimeAsync(199);
    expect(await isOver(waiting)).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect(await isOver(waiting)).toBe(true);
  });

  it('ends when it is told to stop, and leaves no timer behind', async () => {
    const stopping = new AbortController();
    const waiting = new Outbox().waitForEntries('a', 1000, stopping.signal);
    stopping.abort();
    expect(await isOver(waiting)).toBe(true);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('does not begin once it was told to stop', async () => {
    expect(await isOver(new Outbox().waitForEntries('a', 1000, AbortSignal.abort()))).toBe(true);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('does not remember commits from before', async () => {
    const outbox = new Outbox();
    outbox.committed('a');
    expect(await isOver(outbox.waitForEntries('a', 1000, never))).toBe(false);
  });
});

describe('Outbox.append', () => {
  it('writes nothing, and so takes no lock, where there are no events', async () => {
    const execute = jest.fn();
    await new Outbox().append({ execute } as unknown as Transaction, 'a', [], 1);
    expect(execute).not.toHaveBeenCalled();
  });
});
