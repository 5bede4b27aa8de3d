import { Log } from '@app/platform';
import timers from 'node:timers/promises';
import { pino } from 'pino';
import { throwError } from 'rxjs';
import type { Transactions } from '@app/persistence';
import type { Checkpoints, Claim } from './checkpoints';
import type { EventBatch } from './event-batch';
import { Outbox } from './outbox';
import { OutboxTailServer } from './outbox-tail-server';

const TOPIC = 'order.events';

interface Row {
  seq: number;
  payload: string;
}

/** Gives timers their turn, so that a server that spins fails its test instead of hanging it. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const servers: OutboxTailServer[] = [];

const entry = (seq: number, ...names: string[]): Row => ({
  seq,
  payload: JSON.stringify(names.map((name) => ({ key: 'AAPL', value: { name } }))),
});

const namesOf = (batch: EventBatch): string[] =>
  batch.events.map(({ value }) => (JSON.parse(value!) as { name: string }).name);

interface Options {
  batchSize?: number;
  /** Runs before a batch is committed; what it returns is what the handler returns. */
  beforeCommit?: (batch: EventBatch) => unknown;
}

/** A store with these entries, whose checkpoint moves as a handler's transaction would move it. */
function setUp(entries: Row[], options: Options = {}) {
  const store = { checkpoint: 1, epoch: 0, failReads: 0 };
  const lines: string[] = [];
  const dataSource = {
    query: async (_sql: string, [, fromSeq, limit]: [string, number, number]) => {
      await turn();
      if (store.failReads > 0) {
        store.failReads -= 1;
        throw new Error('the store is away');
      }
      return entries.filter(({ seq }) => seq >= fromSeq).slice(0, limit);
    },
  };
  const checkpoints = {
    claim: jest.fn((group: string, topic: string, partition: number) => {
      store.epoch += 1;
      const nextOffset = store.checkpoint;
      return Promise.resolve({ group, topic, partition, epoch: store.epoch, nextOffset } as Claim);
    }),
  };
  const transactions = {
    read: (work: (manager: object) => Promise<unknown>) => work(dataSource),
    run: () => Promise.resolve(0),
  };
  const outbox = new Outbox(transactions as unknown as Transactions);
  const lock = {
    isHeld: () => Promise.resolve(true),
    acquire: () => Promise.resolve(true),
    release: () => Promise.resolve(),
  };
  const server = new OutboxTailServer(
    'matching-engine',
    options.batchSize ?? 1000,
    outbox,
    checkpoints as unknown as Checkpoints,
    lock,
    new Log(pino({}, { write: (line: string) => lines.push(line) })),
  );
  servers.push(server);
  const batches: EventBatch[] = [];
  /** Resolves when the last of the entries was committed. */
  const accepted = new Promise<void>((resolve) => {
    const handler = async (batch: EventBatch): Promise<unknown> => {
      const refusal = await options.beforeCommit?.(batch);
      if (refusal !== undefined) return refusal;
      batches.push({ ...batch, claim: { ...batch.claim } });
      store.checkpoint = batch.nextOffset;
      if (batch.nextOffset > entries.at(-1)!.seq) resolve();
      return undefined;
    };
    server.addHandler(TOPIC, handler as never, true);
  });
  return { server, store, outbox, entries, checkpoints, batches, accepted, lines };
}

describe('OutboxTailServer', () => {
  beforeEach(() => {
    jest.spyOn(timers, 'setTimeout').mockImplementation(turn);
  });
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
    jest.restoreAllMocks();
  });

  it('hands over the entries from the checkpoint on, in order', async () => {
    const { server, store, batches, accepted } = setUp([
      entry(1, 'a'),
      entry(2, 'b'),
      entry(3, 'c'),
    ]);
    store.checkpoint = 2;
    server.listen(() => undefined);
    await accepted;
    await server.close();
    expect(batches.flatMap(namesOf)).toEqual(['b', 'c']);
    expect(batches[0]).toMatchObject({ topic: TOPIC, partition: 0, nextOffset: 4 });
    expect(batches[0]!.events[0]).toMatchObject({ offset: 2, key: 'AAPL' });
  });

  it('joins entries to batches, and never splits one', async () => {
    const entries = [entry(1, 'a', 'b', 'c'), entry(2, 'd'), entry(5, 'e'), entry(6, 'f')];
    const { server, batches, accepted } = setUp(entries, { batchSize: 2 });
    server.listen(() => undefined);
    await accepted;
    await server.close();
    expect(batches.map(namesOf)).toEqual([['a', 'b', 'c'], ['d', 'e'], ['f']]);
    expect(batches.map((batch) => batch.nextOffset)).toEqual([2, 6, 7]);
  });

  it('reads on where more entries wait than it reads at once', async () => {
    const entries = Array.from({ length: 250 }, (_, index) => entry(index + 1, `${index + 1}`));
    const { server, batches, accepted, checkpoints } = setUp(entries);
    server.listen(() => undefined);
    await accepted;
    await server.close();
    expect(batches.flatMap(namesOf)).toEqual(entries.map(({ seq }) => `${seq}`));
    expect(checkpoints.claim).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['throws', () => Promise.reject(new Error('deadlock'))],
    ['returns a failed stream', () => throwError(() => new Error('deadlock'))],
  ])(
    'tries a batch again from the checkpoint, under a new claim, when its handler %s',
    async (_, fail) => {
      const delivered: string[] = [];
      const { server, batches, accepted, lines } = setUp(
        [entry(1, 'a'), entry(2, 'b'), entry(3, 'c')],
        {
          batchSize: 1,
          beforeCommit: (batch) => {
            delivered.push(...namesOf(batch));
            return delivered.length === 2 ? fail() : undefined;
          },
        },
      );
      server.listen(() => undefined);
      await accepted;
      await server.close();
      expect(delivered).toEqual(['a', 'b', 'b', 'c']);
      expect(batches.map((batch) => batch.claim.epoch)).toEqual([1, 2, 2]);
      expect(lines.filter((line) => line.includes('batch is tried again'))).toHaveLength(1);
    },
  );

  it('waits between attempts, longer each time, and afresh after a success', async () => {
    let failures = 0;
    const { server, accepted } = setUp([entry(1, 'a'), entry(2, 'b')], {
      batchSize: 1,
      beforeCommit: ({ nextOffset }) => {
        failures += 1;
        const fails = nextOffset === 2 ? failures <= 3 : failures === 5;
        return fails ? Promise.reject(new Error('deadlock')) : undefined;
      },
    });
    server.listen(() => undefined);
    await accepted;
    await server.close();
    const waits = jest.mocked(timers.setTimeout).mock.calls.map(([waitMs]) => waitMs);
    expect(waits).toEqual([50, 100, 200, 400]);
  });

  it('goes on when a store that was away comes back', async () => {
    const { server, store, batches, accepted } = setUp([entry(1, 'a')]);
    store.failReads = 3;
    server.listen(() => undefined);
    await accepted;
    await server.close();
    expect(batches.flatMap(namesOf)).toEqual(['a']);
    expect(store.epoch).toBe(4);
  });

  it('hands over entries as soon as their commit is signalled', async () => {
    const { server, entries, outbox, batches, accepted } = setUp([entry(1, 'a')]);
    const idle = jest.spyOn(outbox, 'waitForEntries');
    server.listen(() => undefined);
    await accepted;
    while (idle.mock.calls.length === 0) await turn();
    expect(idle).toHaveBeenCalledWith(TOPIC, 100, expect.any(AbortSignal));
    entries.push(entry(2, 'b'));
    outbox.committed({ topic: TOPIC, seq: 99, events: [] });
    while (batches.length < 2) await turn();
    await server.close();
    expect(batches.flatMap(namesOf)).toEqual(['a', 'b']);
  });

  it('finishes the batch that it is at before it stops, and begins no other', async () => {
    let finish: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let commit: () => void = () => undefined;
    const committing = new Promise<void>((resolve) => {
      commit = resolve;
    });
    const { server, batches, checkpoints } = setUp([entry(1, 'a')], {
      beforeCommit: async () => {
        finish();
        await committing;
      },
    });
    server.listen(() => undefined);
    await begun;
    let closed = false;
    const closing = server.close().then(() => {
      closed = true;
    });
    await turn();
    expect(closed).toBe(false);
    commit();
    await closing;
    expect(batches.flatMap(namesOf)).toEqual(['a']);
    expect(checkpoints.claim).toHaveBeenCalledTimes(1);
  });

  it('stops at once while it waits for entries', async () => {
    const { server } = setUp([]);
    server.listen(() => undefined);
    await turn();
    await expect(server.close()).resolves.toBeUndefined();
  });
});
