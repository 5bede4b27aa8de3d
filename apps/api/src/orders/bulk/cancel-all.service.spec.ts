import { Log } from '@app/platform';
import { pino } from 'pino';
import type { MarketStates } from '../../markets/market-states';
import type { GroupCommit } from '../group-commit';
import type { CommandUnit } from '../order-commands';
import { LIMIT_BUY, storedOrder } from '../order-fixtures';
import type { OrdersRepository } from '../orders.repository';
import type { StoredOrder } from '../stored-order';
import { CancelAllService } from './cancel-all.service';

function setUp(orders: StoredOrder[], halted: string[] = []) {
  const units: number[][] = [];
  const submit = ({ commands }: CommandUnit) => {
    units.push(commands.map(({ order }) => ('id' in order ? order.id : 0)));
    return Promise.resolve([]);
  };
  const findWorking = (_user: number, _item: string | null, cursor: number, limit: number) =>
    Promise.resolve(orders.filter(({ id }) => id > cursor).slice(0, limit));
  const ofAll = (items: string[]) =>
    Promise.resolve(
      new Map(items.map((item) => [item, halted.includes(item) ? 'HALTED' : 'TRADING'])),
    );
  const service = new CancelAllService(
    { submit } as unknown as GroupCommit,
    { findWorking } as unknown as OrdersRepository,
    { ofAll } as unknown as MarketStates,
    new Log(pino({ level: 'silent' })),
  );
  return { cancelAll: () => service.cancelAll(1, null, 'r-1'), units };
}

const numbered = (count: number): StoredOrder[] =>
  Array.from({ length: count }, (_, index) => storedOrder({ id: index + 1 }));

describe('CancelAllService', () => {
  it.each([
    [0, [0]],
    [3, [3]],
    [1000, [1000, 0]],
    [2500, [1000, 1000, 500]],
  ])('asks for %d cancels in commits of %j', async (count, sizes) => {
    const { cancelAll, units } = setUp(numbered(count));
    expect(await cancelAll()).toEqual({ requested: count });
    expect(units.map(({ length }) => length)).toEqual(sizes);
    expect(units.flat()).toEqual(numbered(count).map(({ id }) => id));
  });

  it('leaves book orders in halted markets, and says how many; plain orders know no market', async () => {
    const orders = [
      storedOrder({ id: 1, item: 'A', book: LIMIT_BUY }),
      storedOrder({ id: 2, item: 'B', book: LIMIT_BUY }),
      storedOrder({ id: 3, item: 'B' }),
    ];
    const { cancelAll, units } = setUp(orders, ['B']);
    expect(await cancelAll()).toEqual({ requested: 2, halted: 1 });
    expect(units).toEqual([[1, 3]]);
  });
});
