import type { Hold, UserOrdersFence } from '@app/caching';
import {
  OutcomeUnknownError,
  StoreUnavailableError,
  type Transaction,
  type Transactions,
} from '@app/persistence';
import { loadConfig, Log } from '@app/platform';
import { pino } from 'pino';
import { GroupCommit } from './group-commit';
import type { CommandUnit, Outcome } from './order-commands';
import { newOrder, placeUnit, storedOrder } from './order-fixtures';
import type { OrderWriter } from './order-writer';

const place = (userId: number): CommandUnit => placeUnit(newOrder({ userId }));

const cancel = (userId: number): CommandUnit => ({
  commands: [{ type: 'cancel', order: storedOrder({ userId }) }],
  atomic: true,
  requestId: 'r-2',
});

const usersOf = ({ commands }: CommandUnit): number[] => commands.map(({ order }) => order.userId);

/** A unique key was taken meanwhile. */
const duplicate = () => Object.assign(new Error('duplicate'), { code: 'ER_DUP_ENTRY' });

/** Lets everything run that waits for nothing else. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

interface Fakes {
  env?: Record<string, string>;
  /** What a commit waits for, or fails with. */
  commit?: (units: readonly CommandUnit[]) => Promise<void>;
  hold?: () => Promise<void>;
}

/** A store that notes each step, and which orders it was given together. */
function setUp({ env = {}, commit, hold }: Fakes = {}) {
  const steps: string[] = [];
  const groups: number[][] = [];
  let written: readonly CommandUnit[] = [];
  let open = 0;
  let mostOpen = 0;
  const transactions = {
    run: async <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => {
      open += 1;
      mostOpen = Math.max(mostOpen, open);
      try {
        const result = await work({} as Transaction);
        await commit?.(written);
        steps.push('commit');
        return result;
      } finally {
        open -= 1;
      }
    },
  };
  const writer = {
    write: (_tx: Transaction, units: readonly CommandUnit[]): Promise<Outcome[][]> => {
      written = units;
      groups.push(units.flatMap(usersOf));
      const outcome = (userId: number): Outcome => ({
        result: 'WRITTEN',
        order: storedOrder({ userId }),
      });
      return Promise.resolve(units.map((unit) => usersOf(unit).map(outcome)));
    },
  };
  const fence = {
    hold: async (userIds: readonly number[]): Promise<Hold> => {
      await hold?.();
      steps.push(`hold ${userIds.join()}`);
      return { userIds, token: '' };
    },
    release: ({ userIds }: Hold) => {
      steps.push(`release ${userIds.join()}`);
      return Promise.resolve();
    },
  };
  const releaseLater = ({ userIds }: Hold) => steps.push(`release ${userIds.join()} later`);
  const groupCommit = new GroupCommit(
    loadConfig(env, 'api', false),
    transactions as unknown as Transactions,
    writer as unknown as OrderWriter,
    { ...fence, releaseLater } as unknown as UserOrdersFence,
    new Log(pino({ level: 'silent' })),
  );
  return { groupCommit, steps, groups, mostOpen: () => mostOpen };
}

/** The outcome of each submission: the user of the stored order, or the code or message of its error. */
async function outcomesOf(submissions: Promise<Outcome[]>[]): Promise<unknown[]> {
  const settled = await Promise.allSettled(submissions);
  return settled.flatMap((each) =>
    each.status === 'fulfilled' ? each.value.map(toText) : [toCode(each.reason)],
  );
}

function toText(outcome: Outcome): unknown {
  if (outcome.result === 'WRITTEN') return outcome.order.userId;
  return outcome.result === 'REFUSED' ? outcome.problem.code : outcome.result;
}

function toCode(reason: unknown): string {
  const error = reason as Error & { code?: string };
  return error.code ?? error.message;
}

describe('GroupCommit', () => {
  it('stores requests that come together in one transaction, and gives each its own order', async () => {
    const { groupCommit, groups } = setUp();
    const outcomes = await outcomesOf([1, 2, 3].map((user) => groupCommit.submit(place(user))));
    expect(outcomes).toEqual([1, 2, 3]);
    expect(groups).toEqual([[1, 2, 3]]);
  });

  it('gathers the next group while a commit is under way, and never runs two', async () => {
    const { opened, open } = gate();
    const { groupCommit, groups, mostOpen } = setUp({ commit: () => opened });
    const first = groupCommit.submit(place(1));
    await settle();
    await settle();
    const others = [2, 3, 4].map((user) => groupCommit.submit(place(user)));
    await settle();
    expect(groups).toEqual([[1]]);
    open();
    expect(await outcomesOf([first, ...others])).toEqual([1, 2, 3, 4]);
    expect(groups).toEqual([[1], [2, 3, 4]]);
    expect(mostOpen()).toBe(1);
  });

  it('starts again after it was idle', async () => {
    const { groupCommit, groups } = setUp();
    await groupCommit.submit(place(1));
    await settle();
    await groupCommit.submit(place(2));
    expect(groups).toEqual([[1], [2]]);
  });

  it('makes no group larger than its limit', async () => {
    const { groupCommit, groups } = setUp({ env: { ACCEPT_BATCH_LIMIT: '2' } });
    await Promise.all([1, 2, 3, 4, 5].map((user) => groupCommit.submit(place(user))));
    expect(groups).toEqual([[1, 2], [3, 4], [5]]);
  });

  it('holds the users before the commit and releases them after it', async () => {
    const { groupCommit, steps } = setUp({ hold: settle });
    await Promise.all([1, 2, 1].map((user) => groupCommit.submit(place(user))));
    await settle();
    const [held, ...after] = steps;
    expect(held).toBe('hold 1,2');
    expect(after[0]).toBe('commit');
    expect(after.slice(1)).toEqual(['release 1,2']);
  });

  it('commits nothing while the hold is not taken', async () => {
    const { opened, open } = gate();
    const { groupCommit, steps } = setUp({ hold: () => opened });
    const submitted = groupCommit.submit(place(1));
    await settle();
    await settle();
    expect(steps).toEqual([]);
    open();
    await submitted;
    expect(steps.slice(0, 2)).toEqual(['hold 1', 'commit']);
  });

  it('holds nobody for a cancel, which changes no order yet', async () => {
    const { groupCommit, steps } = setUp();
    await Promise.all([groupCommit.submit(cancel(1)), groupCommit.submit(place(2))]);
    expect(steps[0]).toBe('hold 2');
  });

  it('releases the users when the commit failed', async () => {
    const commit = () => Promise.reject(new StoreUnavailableError('gone'));
    const { groupCommit, steps } = setUp({ commit });
    await outcomesOf([groupCommit.submit(place(1))]);
    await settle();
    expect(steps).toContain('hold 1');
    expect(steps).toContain('release 1');
    expect(steps).not.toContain('commit');
  });

  it('stores the neighbours of an order that can not be stored', async () => {
    const commit = (units: readonly CommandUnit[]) =>
      units.some((unit) => usersOf(unit).includes(2))
        ? Promise.reject(new Error('value out of range'))
        : Promise.resolve();
    const { groupCommit, groups } = setUp({ commit });
    const outcomes = await outcomesOf([1, 2, 3].map((user) => groupCommit.submit(place(user))));
    expect(outcomes).toEqual([1, 'value out of range', 3]);
    expect(groups).toEqual([[1, 2, 3], [1], [2], [3]]);
  });

  it('stores the other orders of a batch when one can not be stored, unless it is all or nothing', async () => {
    const commit = (units: readonly CommandUnit[]) =>
      units.some((unit) => usersOf(unit).includes(2))
        ? Promise.reject(new Error('value out of range'))
        : Promise.resolve();
    const { groupCommit } = setUp({ commit });
    const batch = placeUnit(...[1, 2, 3].map((userId) => newOrder({ userId })));
    expect(await outcomesOf([groupCommit.submit(batch)])).toEqual([1, 'INTERNAL_ERROR', 3]);
    const atomic = groupCommit.submit({ ...batch, atomic: true });
    expect(await outcomesOf([atomic])).toEqual(['value out of range']);
  });

  it('writes a group again when another process has taken a key of it meanwhile', async () => {
    let lost = 2;
    const commit = () => (lost-- > 0 ? Promise.reject(duplicate()) : Promise.resolve());
    const { groupCommit, groups } = setUp({ commit });
    const outcomes = await outcomesOf([1, 2].map((user) => groupCommit.submit(place(user))));
    expect(outcomes).toEqual([1, 2]);
    expect(groups).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
  });

  it('gives up when it loses that race for ever', async () => {
    const { groupCommit } = setUp({ commit: () => Promise.reject(duplicate()) });
    expect(await outcomesOf([groupCommit.submit(place(1))])).toEqual(['ER_DUP_ENTRY']);
  });

  it('counts orders, not requests, where it fills a group', async () => {
    const { groupCommit, groups } = setUp({ env: { ACCEPT_BATCH_LIMIT: '3' } });
    const batch = (...users: number[]) =>
      groupCommit.submit(placeUnit(...users.map((userId) => newOrder({ userId }))));
    await Promise.all([batch(1, 2), batch(3, 4), batch(5), batch(6, 7, 8, 9), batch(10)]);
    expect(groups).toEqual([[1, 2], [3, 4, 5], [6, 7, 8, 9], [10]]);
  });

  it('counts orders, not requests, where it refuses what does not fit', async () => {
    const { groupCommit } = setUp({ env: { ACCEPT_QUEUE_LIMIT: '3', ACCEPT_BATCH_LIMIT: '3' } });
    const batch = (...users: number[]) =>
      groupCommit.submit(placeUnit(...users.map((userId) => newOrder({ userId }))));
    expect(await outcomesOf([batch(1, 2), batch(3, 4), batch(5)])).toEqual([1, 2, 'OVERLOADED', 5]);
    expect(await outcomesOf([batch(1, 2, 3, 4)])).toEqual([1, 2, 3, 4]);
  });

  it.each([
    ['STORE_UNAVAILABLE', 'is away', new StoreUnavailableError('gone')],
    ['STORE_UNAVAILABLE', 'lost', Object.assign(new Error('lost'), { code: 'ECONNRESET' })],
    ['OUTCOME_UNKNOWN', 'did not confirm', new OutcomeUnknownError('gone')],
  ])('tells everybody %s when the store %s, and tries nobody again', async (code, _, error) => {
    const { groupCommit, groups } = setUp({ commit: () => Promise.reject(error) });
    const outcomes = await outcomesOf([1, 2, 3].map((user) => groupCommit.submit(place(user))));
    expect(outcomes).toEqual([code, code, code]);
    expect(groups).toEqual([[1, 2, 3]]);
  });

  it('keeps the users held when it is not known whether the commit took place', async () => {
    const error = new OutcomeUnknownError('gone');
    const { groupCommit, steps } = setUp({ commit: () => Promise.reject(error) });
    await outcomesOf([groupCommit.submit(place(1))]);
    await settle();
    expect(steps).toContain('release 1 later');
    expect(steps).not.toContain('release 1');
  });

  it('stores what comes after the store came back', async () => {
    let away = true;
    const { groupCommit } = setUp({
      commit: () => (away ? Promise.reject(new StoreUnavailableError('gone')) : Promise.resolve()),
    });
    expect(await outcomesOf([groupCommit.submit(place(1))])).toEqual(['STORE_UNAVAILABLE']);
    away = false;
    expect(await outcomesOf([groupCommit.submit(place(2))])).toEqual([2]);
  });

  it('refuses at once what does not fit into the queue, and takes more when it has drained', async () => {
    const { groupCommit, groups } = setUp({
      env: { ACCEPT_QUEUE_LIMIT: '2', ACCEPT_BATCH_LIMIT: '2' },
    });
    const submissions = [1, 2, 3].map((user) => groupCommit.submit(place(user)));
    await expect(submissions[2]).rejects.toMatchObject({ code: 'OVERLOADED' });
    expect(groups).toEqual([]);
    expect(await outcomesOf(submissions)).toEqual([1, 2, 'OVERLOADED']);
    expect(await outcomesOf([groupCommit.submit(place(4))])).toEqual([4]);
  });

  it('refuses what would wait for too long at the pace of the last commits, where many wait', async () => {
    const { opened, open } = gate();
    let commits = 0;
    const { groupCommit } = setUp({
      commit: () => {
        commits += 1;
        return commits === 1 ? new Promise((resolve) => setTimeout(resolve, 20)) : opened;
      },
    });
    const crowd = (users: number) =>
      groupCommit.submit(
        placeUnit(...Array.from({ length: users }, () => newOrder({ userId: 1 }))),
      );
    await groupCommit.submit(place(1));
    const few = crowd(1999);
    const last = groupCommit.submit(place(2));
    const tooMany = groupCommit.submit(place(3));
    await expect(tooMany).rejects.toMatchObject({ code: 'OVERLOADED' });
    open();
    expect(await outcomesOf([last])).toEqual([2]);
    expect(await few).toHaveLength(1999);
    expect(await outcomesOf([groupCommit.submit(place(4))])).toEqual([4]);
  });

  it('refuses what waited for longer than a commit may take, and stores what came later', async () => {
    const { opened, open } = gate();
    const { groupCommit, groups } = setUp({ commit: () => opened });
    const nowMs = Date.now();
    const clock = jest.spyOn(Date, 'now').mockReturnValue(nowMs);
    const first = groupCommit.submit(place(1));
    await settle();
    await settle();
    const stale = groupCommit.submit(place(2));
    clock.mockReturnValue(nowMs + 1);
    const onTime = groupCommit.submit(place(3));
    clock.mockReturnValue(nowMs + 5001);
    open();
    expect(await outcomesOf([first, stale, onTime])).toEqual([1, 'OVERLOADED', 3]);
    expect(groups).toEqual([[1], [3]]);
    clock.mockRestore();
  });
});
