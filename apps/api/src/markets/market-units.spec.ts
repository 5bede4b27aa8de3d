import type { Transaction, Transactions } from '@app/persistence';
import { MarketUnits } from './market-units';

interface Row {
  item: string;
  tick_size: string;
  lot_size: string;
  in_use: number;
}

/** A table of markets; `statements` counts what was asked of it. */
function setUp(...rows: Row[]) {
  const table = new Map(rows.map((row) => [row.item, row]));
  const statements = { reads: 0, writes: 0 };
  const find = (items: string[]) =>
    items.flatMap((item) => {
      const row = table.get(item);
      return row === undefined ? [] : [{ ...row }];
    });
  const tx = {
    dialect: { upsert: () => '' },
    execute: (_sql: string, parameters: string[]) => {
      for (let at = 0; at < parameters.length; at += 6) {
        const [item, tick_size, lot_size] = parameters.slice(at) as [string, string, string];
        table.set(item, { tick_size, lot_size, ...table.get(item), item, in_use: 1 });
      }
      return Promise.resolve(0);
    },
    rows: (_sql: string, items: string[]) => Promise.resolve(find(items)),
  } as unknown as Transaction;
  const transactions = {
    run: (work: (tx: Transaction) => Promise<unknown>) => {
      statements.writes += 1;
      return work(tx);
    },
    read: (work: (manager: object) => Promise<unknown>) => {
      statements.reads += 1;
      const query = (_sql: string, items: string[]) => Promise.resolve(find(items));
      return work({ query });
    },
  } as unknown as Transactions;
  return { units: new MarketUnits(transactions), statements, table };
}

const GOLD: Row = { item: 'GOLD', tick_size: '0.5', lot_size: '1', in_use: 0 };
const HALF = { tick: { count: 5, scale: 1 }, lot: { count: 1, scale: 0 } };
const DEFAULTS = { tick: { count: 1, scale: 2 }, lot: { count: 1, scale: 4 } };

describe('MarketUnits', () => {
  it('gives unknown items the defaults', async () => {
    const { units, table } = setUp();
    expect((await units.read(['A'])).get('A')).toEqual(DEFAULTS);
    expect(table.size).toBe(0);
  });

  it('does not keep units that may still change', async () => {
    const { units, table } = setUp({ ...GOLD });
    expect((await units.read(['GOLD'])).get('GOLD')).toEqual(HALF);
    table.get('GOLD')!.tick_size = '0.25';
    expect((await units.read(['GOLD'])).get('GOLD')!.tick).toEqual({ count: 25, scale: 2 });
    expect(units.cached('GOLD')).toBeUndefined();
  });

  it('takes items into use once, and asks no more', async () => {
    const { units, statements, table } = setUp({ ...GOLD });
    const taken = await units.take(['GOLD', 'NEW', 'GOLD']);
    expect([taken.get('GOLD'), taken.get('NEW')]).toEqual([HALF, DEFAULTS]);
    expect([...table.values()].map(({ in_use }) => in_use)).toEqual([1, 1]);
    await units.take(['NEW', 'GOLD']);
    await units.read(['NEW', 'GOLD']);
    expect(statements).toEqual({ reads: 0, writes: 1 });
    expect(units.cached('GOLD')).toEqual(HALF);
  });

  it('asks once where a crowd asks', async () => {
    const { units, statements } = setUp();
    await Promise.all(Array.from({ length: 100 }, () => units.take(['NEW'])));
    expect(statements).toEqual({ reads: 0, writes: 1 });
  });

  it('keeps what it reads of items in use', async () => {
    const { units, statements } = setUp({ ...GOLD, in_use: 1 });
    await units.read(['GOLD']);
    await units.read(['GOLD']);
    expect(statements.reads).toBe(1);
  });
});
