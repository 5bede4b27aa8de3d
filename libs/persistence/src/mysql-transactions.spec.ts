import type { DataSource } from 'typeorm';
import { MySqlTransactions } from './mysql-transactions';
import { OutcomeUnknownError, StoreUnavailableError } from './store-errors';

const failure = (code: string): Error => Object.assign(new Error(code), { code });
const never = (): Promise<never> => new Promise(() => undefined);

/** Connections that note what is sent; `answer` may fail or hang instead. */
function setUp(answer: (sql: string) => Promise<unknown> | undefined = () => undefined) {
  const sent: string[] = [];
  const state = { released: 0, destroyed: 0 };
  const connection = {
    destroy: () => {
      state.destroyed += 1;
    },
  };
  const createQueryRunner = () => ({
    connect: () => Promise.resolve(connection),
    release: () => {
      state.released += 1;
      return Promise.resolve();
    },
    query: (sql: string) => {
      sent.push(sql);
      const records = { raw: { insertId: '40' }, affected: 2, records: [] };
      return answer(sql) ?? Promise.resolve(sql.includes('AS step') ? [{ step: '2' }] : records);
    },
  });
  const transactions = new MySqlTransactions({ createQueryRunner } as unknown as DataSource);
  const control = () => sent.filter((sql) => /^(START|COMMIT|ROLLBACK)/.test(sql));
  return { transactions, sent, state, control };
}

describe('MySqlTransactions', () => {
  it('commits work and gives the connection back', async () => {
    const { transactions, control, state } = setUp();
    expect(await transactions.run(() => Promise.resolve('done'), 1000)).toBe('done');
    expect(control()).toEqual(['START TRANSACTION', 'COMMIT']);
    expect(state).toEqual({ released: 1, destroyed: 0 });
  });

  it('prepares a connection once', async () => {
    const { transactions, sent } = setUp();
    await transactions.run(() => Promise.resolve(), 1000);
    await transactions.run(() => Promise.resolve(), 1000);
    expect(sent.filter((sql) => sql.includes('READ COMMITTED'))).toHaveLength(1);
  });

  it('counts ids in the steps of the server', async () => {
    const { transactions } = setUp();
    const ids = await transactions.run((tx) => tx.insert('INSERT', [], 3), 1000);
    expect(ids).toEqual([40, 42, 44]);
  });

  it('rolls back work that fails, and does not run it again', async () => {
    const { transactions, control, state } = setUp();
    const work = jest.fn(() => Promise.reject(failure('ER_DUP_ENTRY')));
    await expect(transactions.run(work, 1000)).rejects.toThrow('ER_DUP_ENTRY');
    expect(control()).toEqual(['START TRANSACTION', 'ROLLBACK']);
    expect(work).toHaveBeenCalledTimes(1);
    expect(state).toEqual({ released: 1, destroyed: 0 });
  });

  it('runs work again after a deadlock', async () => {
    const { transactions, control } = setUp();
    const work = jest
      .fn<Promise<string>, []>()
      .mockRejectedValueOnce(failure('ER_LOCK_DEADLOCK'))
      .mockResolvedValueOnce('done');
    expect(await transactions.run(work, 1000)).toBe('done');
    expect(control()).toEqual(['START TRANSACTION', 'ROLLBACK', 'START TRANSACTION', 'COMMIT']);
  });

  it('runs work five times at most', async () => {
    const { transactions } = setUp();
    const work = jest.fn(() => Promise.reject(failure('ER_LOCK_DEADLOCK')));
    await expect(transactions.run(work, 1000)).rejects.toThrow();
    expect(work).toHaveBeenCalledTimes(5);
  });

  it('knows that nothing was kept when the connection breaks before the commit', async () => {
    const { transactions, control, state } = setUp();
    const work = () => Promise.reject(failure('ECONNRESET'));
    await expect(transactions.run(work, 1000)).rejects.toBeInstanceOf(StoreUnavailableError);
    expect(control()).toEqual(['START TRANSACTION']);
    expect(state).toEqual({ released: 1, destroyed: 1 });
  });

  it('does not know the outcome when the connection breaks at the commit', async () => {
    const { transactions, state } = setUp((sql) =>
      sql === 'COMMIT' ? Promise.reject(failure('PROTOCOL_CONNECTION_LOST')) : undefined,
    );
    const work = jest.fn(() => Promise.resolve());
    await expect(transactions.run(work, 1000)).rejects.toBeInstanceOf(OutcomeUnknownError);
    expect(work).toHaveBeenCalledTimes(1);
    expect(state.destroyed).toBe(1);
  });

  it.each([
    ['work', StoreUnavailableError],
    ['the commit', OutcomeUnknownError],
  ])('gives up %s that takes too long, and drops its connection', async (what, kind) => {
    jest.useFakeTimers();
    const { transactions, state } = setUp((sql) =>
      sql === 'COMMIT' && what === 'the commit' ? never() : undefined,
    );
    const running = transactions.run(what === 'work' ? never : () => Promise.resolve(), 500);
    const outcome = running.catch((error: unknown) => error);
    await jest.advanceTimersByTimeAsync(500);
    expect(await outcome).toBeInstanceOf(kind);
    expect(state).toEqual({ released: 1, destroyed: 1 });
    jest.useRealTimers();
  });

  it('drops a connection that can not roll back', async () => {
    const { transactions, state } = setUp((sql) =>
      sql === 'ROLLBACK' ? Promise.reject(failure('ECONNRESET')) : undefined,
    );
    const work = () => Promise.reject(new Error('changed my mind'));
    await expect(transactions.run(work, 1000)).rejects.toThrow('changed my mind');
    expect(state).toEqual({ released: 1, destroyed: 1 });
  });
});
