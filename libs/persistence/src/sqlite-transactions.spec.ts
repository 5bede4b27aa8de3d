import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from './data-source';
import { migrate } from './migrate';
import { SqliteTransactions } from './sqlite-transactions';
import { StoreUnavailableError } from './store-errors';
import type { SqlValue, Transaction } from './transaction';

const TIMEOUT_MS = 5000;
const INSERT =
  'INSERT INTO orders (user_id, item, amount, status, created_at_ms, updated_at_ms) VALUES ';

const row = (userId: number): SqlValue[] => [userId, 'AAPL', '1.00', 'OPEN', 1, 1];

const insert = (tx: Transaction, ...userIds: number[]): Promise<number[]> =>
  tx.insert(
    INSERT + userIds.map(() => '(?,?,?,?,?,?)').join(','),
    userIds.flatMap(row),
    userIds.length,
  );

/** Lets everything run that does not wait for something else. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describe('SqliteTransactions', () => {
  const store = {
    kind: 'sqlite' as const,
    directory: mkdtempSync(join(tmpdir(), 'transactions-')),
  };
  let reader: DataSource;
  let writer: DataSource;
  let transactions: SqliteTransactions;

  const usersRead = async (): Promise<number[]> => {
    const rows: { user_id: number }[] = await reader.query(
      'SELECT user_id FROM orders ORDER BY id',
    );
    return rows.map((each) => each.user_id);
  };

  beforeAll(async () => {
    await migrate(store);
    reader = await new DataSource(dataSourceOptions(store)).initialize();
    writer = await new DataSource(dataSourceOptions(store)).initialize();
    transactions = new SqliteTransactions(writer, reader);
  });
  beforeEach(() => reader.query('DELETE FROM orders'));
  afterAll(async () => {
    await transactions.onApplicationShutdown();
    await reader.destroy();
    rmSync(store.directory, { recursive: true, force: true });
  });

  it('keeps what was committed, and gives back what the work returned', async () => {
    const result = await transactions.run(async (tx) => {
      await insert(tx, 1, 2);
      return 'done';
    }, TIMEOUT_MS);
    expect(result).toBe('done');
    expect(await usersRead()).toEqual([1, 2]);
  });

  it('keeps nothing of work that fails, and goes on with the next', async () => {
    const failing = transactions.run(async (tx) => {
      await insert(tx, 1);
      throw new Error('changed my mind');
    }, TIMEOUT_MS);
    const next = transactions.run((tx) => insert(tx, 2), TIMEOUT_MS);
    await expect(failing).rejects.toThrow('changed my mind');
    await next;
    expect(await usersRead()).toEqual([2]);
  });

  it('keeps nothing of work one of whose statements fails', async () => {
    const failing = transactions.run(async (tx) => {
      await insert(tx, 1);
      await tx.execute('INSERT INTO no_such_table VALUES (1)');
    }, TIMEOUT_MS);
    await expect(failing).rejects.toThrow('no_such_table');
    expect(await usersRead()).toEqual([]);
  });

  it('shows nothing to the other connection before the commit', async () => {
    const { opened, open } = gate();
    let inserted = false;
    const writing = transactions.run(async (tx) => {
      await insert(tx, 1);
      inserted = true;
      await opened;
    }, TIMEOUT_MS);
    while (!inserted) await settle();
    expect(await usersRead()).toEqual([]);
    open();
    await writing;
    expect(await usersRead()).toEqual([1]);
  });

  it('runs one transaction after another, in the order in which they came', async () => {
    const steps: string[] = [];
    const run = (name: string) =>
      transactions.run(async (tx) => {
        steps.push(`${name} begins`);
        await settle();
        await insert(tx, 1);
        await settle();
        steps.push(`${name} ends`);
      }, TIMEOUT_MS);
    await Promise.all(['a', 'b', 'c'].map(run));
    expect(steps).toEqual(['a', 'b', 'c'].flatMap((name) => [`${name} begins`, `${name} ends`]));
  });

  it('gives new rows consecutive ids, in the order of the rows', async () => {
    const groups = await Promise.all(
      [[1], [2, 3, 4], [5, 6]].map((users) =>
        transactions.run((tx) => insert(tx, ...users), TIMEOUT_MS),
      ),
    );
    const ids = groups.flat();
    expect(ids).toEqual(ids.map((_, index) => ids[0]! + index));
    const rows: { id: number; user_id: number }[] = await reader.query(
      'SELECT id, user_id FROM orders',
    );
    expect(rows.map((each) => [each.id, each.user_id])).toEqual(
      ids.map((id, index) => [id, index + 1]),
    );
  });

  it('never gives an id twice, not even one that was rolled back or deleted', async () => {
    const [first] = await transactions.run((tx) => insert(tx, 1), TIMEOUT_MS);
    await reader.query('DELETE FROM orders');
    const [second] = await transactions.run((tx) => insert(tx, 1), TIMEOUT_MS);
    expect(second).toBe(first! + 1);
  });

  it('counts the rows that a statement matched', async () => {
    const counts = await transactions.run(async (tx) => {
      await insert(tx, 1, 2, 3);
      const same = await tx.execute('UPDATE orders SET user_id = user_id WHERE user_id > ?', [1]);
      return [same, await tx.execute('DELETE FROM orders WHERE user_id = ?', [9])];
    }, TIMEOUT_MS);
    expect(counts).toEqual([2, 0]);
  });

  it('gives up a transaction whose turn comes too late', async () => {
    const { opened, open } = gate();
    const slow = transactions.run(() => opened, TIMEOUT_MS);
    const work = jest.fn();
    const late = transactions.run(work, 0);
    open();
    await slow;
    await expect(late).rejects.toBeInstanceOf(StoreUnavailableError);
    expect(work).not.toHaveBeenCalled();
  });

  it('says that the store is not available while another process holds its lock', async () => {
    await writer.query('PRAGMA busy_timeout = 0');
    await reader.query('BEGIN IMMEDIATE');
    const refused = transactions.run((tx) => insert(tx, 1), TIMEOUT_MS);
    await expect(refused).rejects.toBeInstanceOf(StoreUnavailableError);
    await reader.query('COMMIT');
    await transactions.run((tx) => insert(tx, 2), TIMEOUT_MS);
    expect(await usersRead()).toEqual([2]);
  });

  it('finishes what it has begun before it shuts down', async () => {
    const dataSource = await new DataSource(dataSourceOptions(store)).initialize();
    const own = new SqliteTransactions(dataSource, reader);
    const writing = own.run((tx) => insert(tx, 7), TIMEOUT_MS);
    await own.onApplicationShutdown();
    await writing;
    expect(await usersRead()).toEqual([7]);
  });
});
