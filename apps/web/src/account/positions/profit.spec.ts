import { format } from '../decimal';
import type { Position } from '../schemas';
import { moneyText, sortedPositions, totalsOf, unrealisedOf } from './profit';

function position(members: Partial<Position>): Position {
  return {
    item: 'A',
    quantity: '0',
    average_cost: null,
    cost: '0',
    realised_profit: '0',
    updated_at: '2026-11-22T15:00:00.000Z',
    ...members,
  };
}

const unrealised = (quantity: string, cost: string, last: string | null) => {
  const value = unrealisedOf(position({ quantity, cost }), last);
  return value === null ? null : format(value);
};

describe('the unrealised profit', () => {
  it.each([
    ['2', '200', '101', '2'],
    ['2', '200', '99.5', '-1'],
    ['-2', '-200', '101', '-2'],
    ['-2', '-200', '99', '2'],
    ['0.0001', '0.01', '100.01', '0.000001'],
    ['0', '0', '100', null],
    ['2', '200', null, null],
  ])('of %s that cost %s at %p is %p', (quantity, cost, last, profit) => {
    expect(unrealised(quantity, cost, last)).toBe(profit);
  });
});

describe('positions', () => {
  it('that are open come first', () => {
    const all = [position({ item: 'B' }), position({ item: 'C', quantity: '1' }), position({})];
    expect(sortedPositions(all).map(({ item }) => item)).toEqual(['C', 'A', 'B']);
  });

  it('add up', () => {
    const all = [
      position({ quantity: '1', cost: '10', realised_profit: '0.1' }),
      position({ item: 'B', quantity: '1', cost: '10', realised_profit: '0.2' }),
    ];
    const totals = totalsOf(all, (item) => (item === 'A' ? '12' : null));
    expect(format(totals.realised)).toBe('0.3');
    expect(format(totals.unrealised)).toBe('2');
    expect(totals.partly).toBe(true);
  });

  it('show money to cents', () => {
    const money = (digits: bigint, scale: number) => moneyText({ digits, scale });
    expect(money(12345n, 3)).toBe('12.34');
    expect(money(-1n, 4)).toBe('-0.0001');
    expect(money(0n, 4)).toBe('0.00');
  });
});
