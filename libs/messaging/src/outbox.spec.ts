import type { Transaction, Transactions } from '@app/persistence';
import { Outbox } from './outbox';
import type { OutboxEntry } from './outbox-entry';

const never = new AbortController().signal;

const entry = (seq: number, events = 1): OutboxEntry => ({
  topic: 'a',
  seq,
  events: Array.from({ length: events }, () => ({ key: 'k', value: `{"seq":${seq}}` })),
});

/** An outbox on a store that holds the entries with these numbers. */
function makeOutbox(stored: number[] = [], query = jest.fn()): Outbox {
  query.mockImplementation((_sql: string, [, fromSeq, limit]: [string, number, number]) => {
    const rows = stored.filter((seq) => seq >= fromSeq).slice(0, limit);
    const payload = (seq: number): string => `[{"key":"k","value":{"seq":${seq}}}]`;
    return Promise.resolve(rows.map((seq) => ({ seq: String(seq), payload: payload(seq) })));
  });
  const read = (work: (manager: object) => Promise<unknown>): Promise<unknown> => work({ query });
  return new Outbox({ read } as unknown as Transactions);
}

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
    const outbox = makeOutbox();
    const waiting = outbox.waitForEntries('a', 1000, never);
    expect(await isOver(waiting)).toBe(false);
    outbox.committed(entry(1));
    expect(await isOver(waiting)).toBe(true);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('wakes everybody who waits for the topic, and nobody else', async () => {
    const outbox = makeOutbox();
    const first = outbox.waitForEntries('a', 1000, never);
    const second = outbox.waitForEntries('a', 1000, never);
    const other = outbox.waitForEntries('b', 1000, never);
    outbox.committed(entry(1));
    expect(await Promise.all([first, second, other].map(isOver))).toEqual([true, true, false]);
  });

  it('ends when the time is over', async () => {
    const waiting = makeOutbox().waitForEntries('a', 200, never);
    await jest.advanceTimersByTimeAsync(199);
    expect(await isOver(waiting)).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect(await isOver(waiting)).toBe(true);
  });

  it('ends when it is told to stop, and leaves no timer behind', async () => {
    const stopping = new AbortController();
    const waiting = makeOutbox().waitForEntries('a', 1000, stopping.signal);
    stopping.abort();
    expect(await isOver(waiting)).toBe(true);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('does not begin once it was told to stop', async () => {
    expect(await isOver(makeOutbox().waitForEntries('a', 1000, AbortSignal.abort()))).toBe(true);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('does not remember commits from before', async () => {
    const outbox = makeOutbox();
    outbox.committed(entry(1));
    expect(await isOver(outbox.waitForEntries('a', 1000, never))).toBe(false);
  });
});

describe('Outbox.append', () => {
  function transaction() {
    const actions: (() => void)[] = [];
    const execute = jest.fn<Promise<number>, [string, unknown[]]>().mockResolvedValue(1);
    const tx = {
      execute,
      dialect: { nextOutboxSeq: () => Promise.resolve(7) },
      whenCommitted: (action: () => void) => actions.push(action),
    };
    return {
      tx: tx as unknown as Transaction,
      execute,
      commit: () => actions.forEach((act) => act()),
    };
  }

  it('writes nothing, and so takes no lock, where there are no events', async () => {
    const { tx, execute } = transaction();
    await makeOutbox().append(tx, 'a', [], 1);
    expect(execute).not.toHaveBeenCalled();
  });

  it('writes one entry that reads back as it was, whatever the key holds', async () => {
    const { tx, execute } = transaction();
    const events = [
      { key: 'A"\\B', value: { text: 'é"\\', n: 1 } },
      { key: '', value: {} },
    ];
    await makeOutbox().append(tx, 'a', events, 5);
    const [, [topic, seq, payload, createdAtMs]] = execute.mock.calls[0]!;
    expect([topic, seq, createdAtMs]).toEqual(['a', 7, 5]);
    const numbered = events.map(({ key, value }, index) => ({
      key,
      value: { ...value, sequence: String(7 * 65_536 + index) },
    }));
    expect(JSON.parse(payload as string)).toEqual(numbered);
  });

  it('hands the entry over when the transaction is kept, and not before', async () => {
    const query = jest.fn();
    const outbox = makeOutbox([], query);
    const { tx, commit } = transaction();
    await outbox.append(tx, 'a', [{ key: 'k', value: { x: 1 } }], 5);
    expect(await outbox.read('a', 7, 10)).toEqual([]);
    commit();
    const calls = query.mock.calls.length;
    expect(await outbox.read('a', 7, 10)).toEqual([
      { topic: 'a', seq: 7, events: [{ key: 'k', value: '{"x":1,"sequence":"458752"}' }] },
    ]);
    expect(query).toHaveBeenCalledTimes(calls);
  });
});

describe('Outbox.read', () => {
  const seqsOf = (entries: OutboxEntry[]): number[] => entries.map(({ seq }) => seq);

  it('reads the store where the next entry was not handed over, and what was handed over behind it', async () => {
    const outbox = makeOutbox([1, 2, 3]);
    outbox.committed(entry(3));
    expect(seqsOf(await outbox.read('a', 1, 2))).toEqual([1, 2]);
    expect(seqsOf(await outbox.read('a', 3, 2))).toEqual([3]);
  });

  it('never passes over an entry of another process', async () => {
    const outbox = makeOutbox([1, 2, 3]);
    outbox.committed(entry(1));
    outbox.committed(entry(3));
    expect(seqsOf(await outbox.read('a', 1, 10))).toEqual([1]);
    expect(seqsOf(await outbox.read('a', 2, 10))).toEqual([2, 3]);
  });

  it('sees what was committed while the store looked', async () => {
    const query = jest.fn();
    const outbox = makeOutbox([], query);
    query.mockImplementation(() => {
      outbox.committed(entry(1));
      return Promise.resolve([]);
    });
    expect(seqsOf(await outbox.read('a', 1, 10))).toEqual([1]);
  });

  it('gives each entry once from memory, and from the store whenever it is asked for again', async () => {
    const outbox = makeOutbox([1]);
    outbox.committed(entry(1));
    expect(seqsOf(await outbox.read('a', 1, 10))).toEqual([1]);
    expect(seqsOf(await outbox.read('a', 1, 10))).toEqual([1]);
  });

  it('keeps no more in memory than it may when nobody reads', async () => {
    const query = jest.fn();
    const outbox = makeOutbox([1], query);
    for (let seq = 1; seq <= 50; seq += 1) outbox.committed(entry(seq, 1000));
    await outbox.read('a', 1, 10);
    expect(query).toHaveBeenCalledTimes(1);
  });
});
