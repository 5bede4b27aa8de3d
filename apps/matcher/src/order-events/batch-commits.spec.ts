import type { Checkpoints, Claim, EventBatch, Outbox } from '@app/messaging';
import { FencedError } from '@app/messaging';
import { OutcomeUnknownError, StoreUnavailableError } from '@app/persistence';
import type { Log } from '@app/platform';
import type { FencedTransactions } from '../fills/fenced-transactions';
import type { FillsService } from '../fills/fills.service';
import type { TradingRepository } from '../trading/trading.repository';
import { BatchCommits, type PreparedBatch } from './batch-commits';
import type { DeadLetters } from './dead-letters';

const batchOf = (partition: number, events = 1): EventBatch => ({
  topic: 'order.events',
  partition,
  events: Array.from({ length: events }, (_, offset) => ({ offset, key: null, value: null })),
  nextOffset: events,
  claim: { group: 'g', topic: 'order.events', partition, epoch: 1, nextOffset: 0 },
});

const prepared = (partition: number, events = 1): PreparedBatch => ({
  batch: batchOf(partition, events),
  plain: [],
  unreadable: [],
  traded: null,
});

/** Commits that a test lets end, and the partitions of each. */
class Commits {
  readonly groups: number[][] = [];
  outcome: (partitions: number[]) => Promise<void> = () => Promise.resolve();

  readonly commits = new BatchCommits(
    {
      run: async (work: (tx: unknown, hold: unknown) => Promise<unknown>) => {
        const result = await work({}, () => Promise.resolve());
        await this.outcome(this.groups.at(-1)!);
        return result;
      },
    } as unknown as FencedTransactions,
    {
      advanceAll: (_: unknown, moves: { claim: Claim }[]) => {
        this.groups.push(moves.map(({ claim }) => claim.partition));
        return Promise.resolve();
      },
    } as unknown as Checkpoints,
    {
      plan: () => Promise.resolve({ fills: [], cancels: [], scheduled: [], deadLetters: [] }),
      userIds: () => [],
      write: () => Promise.resolve(),
    } as unknown as FillsService,
    { write: () => Promise.resolve() } as unknown as TradingRepository,
    { append: () => Promise.resolve() } as unknown as DeadLetters,
    { append: () => Promise.resolve() } as unknown as Outbox,
    { warn: () => undefined } as unknown as Log,
  );

  carryOut(partition: number, events = 1): Promise<unknown> {
    return this.commits.carryOut(() => Promise.resolve(prepared(partition, events)));
  }
}

describe('BatchCommits', () => {
  it('commits batches that come together in one transaction', async () => {
    const system = new Commits();
    await Promise.all([1, 2, 3].map((partition) => system.carryOut(partition)));
    expect(system.groups).toEqual([[1, 2, 3]]);
  });

  it('waits for a batch that is being prepared, but not for long', async () => {
    const system = new Commits();
    let ready: (batch: PreparedBatch) => void = () => undefined;
    const slow = system.commits.carryOut(
      () => new Promise<PreparedBatch>((resolve) => (ready = resolve)),
    );
    await system.carryOut(1);
    expect(system.groups).toEqual([[1]]);
    ready(prepared(2));
    await slow;
    expect(system.groups).toEqual([[1], [2]]);
  });

  it('gathers what comes while a commit is under way', async () => {
    const system = new Commits();
    let end: () => void = () => undefined;
    system.outcome = () => new Promise((resolve) => (end = resolve));
    const first = system.carryOut(1);
    await new Promise((resolve) => setImmediate(resolve));
    const others = [2, 3].map((partition) => system.carryOut(partition));
    await new Promise((resolve) => setTimeout(resolve, 20));
    system.outcome = () => Promise.resolve();
    end();
    await Promise.all([first, ...others]);
    expect(system.groups).toEqual([[1], [2, 3]]);
  });

  it('lets a large group go while another commit is under way', async () => {
    const system = new Commits();
    let end: () => void = () => undefined;
    system.outcome = ([first]) =>
      first === 1 ? new Promise((resolve) => (end = resolve)) : Promise.resolve();
    const first = system.carryOut(1);
    await new Promise((resolve) => setTimeout(resolve, 10));
    await system.carryOut(2, 500);
    expect(system.groups).toEqual([[1], [2]]);
    end();
    await first;
  });

  it('keeps transactions small, unless one batch is large by itself', async () => {
    const system = new Commits();
    await Promise.all([
      system.carryOut(1, 1500),
      system.carryOut(2, 500),
      system.carryOut(3, 1),
      system.carryOut(4, 2500),
    ]);
    expect(system.groups).toEqual([[1, 2], [3], [4]]);
  });

  it('does not let a void claim hold up other partitions', async () => {
    const system = new Commits();
    const fenced = new FencedError(batchOf(2).claim);
    system.outcome = (partitions) =>
      partitions.includes(2) ? Promise.reject(fenced) : Promise.resolve();
    const results = await Promise.allSettled([1, 2, 3].map((each) => system.carryOut(each)));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(system.groups).toEqual([[1, 2, 3], [1], [2], [3]]);
  });

  it.each([
    ['again, one by one, after an error', new StoreUnavailableError('gone'), 3],
    ['no more when it is unknown what was kept', new OutcomeUnknownError('lost'), 1],
  ])('tries %s', async (_, error, tries) => {
    const system = new Commits();
    system.outcome = () => Promise.reject(error);
    const results = await Promise.allSettled([1, 2].map((each) => system.carryOut(each)));
    expect(results).toEqual([
      { status: 'rejected', reason: error },
      { status: 'rejected', reason: error },
    ]);
    expect(system.groups).toHaveLength(tries);
  });

  it('passes on why a batch could not be prepared, and goes on', async () => {
    const system = new Commits();
    const error = new Error('no');
    await expect(system.commits.carryOut(() => Promise.reject(error))).rejects.toBe(error);
    await system.carryOut(1);
    expect(system.groups).toEqual([[1]]);
  });
});
