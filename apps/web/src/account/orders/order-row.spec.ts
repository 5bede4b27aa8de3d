import type { Tracked } from './order-log';
import { flagsOf, historyRows, openRows, reasonOf, shareFilled, statusOf } from './order-row';
import { bookOrder, plainOrder } from './test-orders';

const tracked = (id: number, endedMs: number | null = null, item = 'AAPL'): Tracked => ({
  order: bookOrder({ id, item, status: endedMs === null ? 'OPEN' : 'FILLED' }),
  seenMs: 0,
  fromStart: true,
  endedMs,
});
const idsOf = (rows: readonly { id: number }[]) => rows.map(({ id }) => id);

describe('a row', () => {
  it.each([
    ['0', '5', 0],
    ['2.5', '5', 0.5],
    ['0.0001', '3', 0],
    ['1', '3', 0.333],
    ['3', '3', 1],
    ['2', '20000000000000000000', 0],
  ])('of %s of %s shows %d', (filled_quantity, quantity, share) => {
    expect(shareFilled(bookOrder({ filled_quantity, quantity }))).toBe(share);
  });

  it('of an order by amount shows no share', () => {
    expect(shareFilled(bookOrder({ quantity: null, filled_quantity: '1' }))).toBeNull();
  });

  it('has words', () => {
    expect(statusOf(bookOrder({ type: 'STOP', stop_price: '1.00' }))).toBe('Waits');
    expect(statusOf(plainOrder())).toBe('Open');
    expect(reasonOf(bookOrder({ reason: 'NO_LIQUIDITY' }))).toBe('nothing left to trade with');
    const flags = flagsOf(bookOrder({ post_only: true, display_quantity: '2' }));
    expect(flags.map(({ short }) => short)).toEqual(['post', 'shows 2']);
  });
});

describe('the rows of open orders', () => {
  const view = {
    live: [tracked(5), tracked(3, null, 'X')],
    ended: [tracked(4, 1000), tracked(2, 50)],
  };

  it('keep for a moment what has ended, in its place', () => {
    const { rows, nextMs } = openRows(view, null, 3500);
    expect(idsOf(rows.map(({ order }) => order))).toEqual([5, 4, 3]);
    expect(nextMs).toBe(4000);
    expect(openRows(view, null, 4000)).toMatchObject({ nextMs: null });
    expect(openRows(view, null, 4000).rows).toHaveLength(2);
  });

  it('may be those of one market', () => {
    expect(idsOf(openRows(view, 'X', 9000).rows.map(({ order }) => order))).toEqual([3]);
  });
});

describe('the rows of the history', () => {
  const read = [bookOrder({ id: 9 }), bookOrder({ id: 8, status: 'FILLED' })];

  it('are what has ended, each once, newest first', () => {
    const ended = [tracked(10, 1), tracked(9, 1), tracked(3, 1), tracked(11, 1, 'X')];
    expect(idsOf(historyRows(read, ended, 'AAPL', false))).toEqual([10, 9, 8]);
    expect(idsOf(historyRows(read, ended, null, true))).toEqual([11, 10, 9, 8, 3]);
    expect(historyRows([], [], null, true)).toEqual([]);
  });
});
