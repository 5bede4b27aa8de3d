import { eachTradeTime } from './trade-times';

const timesOf = (event: object): string[] => {
  const times: string[] = [];
  eachTradeTime(JSON.stringify(event), (timeMs) => times.push(new Date(timeMs).toISOString()));
  return times;
};
const FIRST = '2026-01-02T03:04:05.678Z';
const SECOND = '2026-01-02T03:04:05.999Z';

describe('eachTradeTime', () => {
  it('finds the time of each trade', () => {
    const trades = [FIRST, FIRST, SECOND, FIRST].map((executed_at) => ({
      price: '1',
      executed_at,
    }));
    expect(timesOf({ occurred_at: SECOND, trades, levels: [] })).toEqual([
      FIRST,
      FIRST,
      SECOND,
      FIRST,
    ]);
  });

  it('finds nothing in an event without trades', () => {
    expect(timesOf({ item: 'A', occurred_at: FIRST, trades: [], orders: [] })).toEqual([]);
  });

  it('is not deceived by the name of an item', () => {
    expect(timesOf({ item: `"executed_at":"${FIRST}"`, trades: [] })).toEqual([]);
  });

  it('passes over what is no time', () => {
    expect(timesOf({ trades: [{ executed_at: 'soon' }, { executed_at: FIRST }] })).toEqual([FIRST]);
  });
});
