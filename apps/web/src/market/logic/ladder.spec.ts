import type { Level } from '@app/client';
import { groupingsAt, groupPrice, ladderOf } from './ladder';

const level = (price: string, quantity: string): Level => [price, quantity, 1];
const OPTIONS = { priceDecimals: 2, quantityDecimals: 4, step: 1n, rows: 10 };

describe('the ladder', () => {
  const book = {
    bids: [level('100.04', '0.1'), level('100.01', '0.2'), level('99.99', '1')],
    asks: [level('100.06', '0.3'), level('100.11', '3'), level('100.20', '0.7')],
  };

  it('adds up from the best price on, without the errors of floats', () => {
    const { bids, asks } = ladderOf(book, OPTIONS);
    expect(bids.map((row) => row.total)).toEqual(['0.1000', '0.3000', '1.3000']);
    expect(asks.map((row) => row.total)).toEqual(['0.3000', '3.3000', '4.0000']);
    expect(asks.map((row) => row.share)).toEqual([0.075, 0.825, 1]);
  });

  it('groups bids downwards and asks upwards', () => {
    const { bids, asks } = ladderOf(book, { ...OPTIONS, step: 10n });
    expect(bids.map((row) => [row.price, row.quantity])).toEqual([
      ['100.00', '0.3000'],
      ['99.90', '1.0000'],
    ]);
    expect(asks.map((row) => [row.price, row.quantity])).toEqual([
      ['100.10', '0.3000'],
      ['100.20', '3.7000'],
    ]);
  });

  it('cuts at as many rows as fit, a group never in its middle', () => {
    const { asks } = ladderOf(book, { ...OPTIONS, step: 100n, rows: 1 });
    expect(asks).toEqual([{ price: '101.00', quantity: '4.0000', total: '4.0000', share: 1 }]);
  });

  it('tells the spread, also in per cent of the middle', () => {
    const { spread, spreadPercent } = ladderOf(book, OPTIONS);
    expect([spread, spreadPercent]).toEqual(['0.02', '0.020']);
  });

  it('knows no spread of one side', () => {
    expect(ladderOf({ bids: book.bids, asks: [] }, OPTIONS)).toMatchObject({
      asks: [],
      spread: null,
      spreadPercent: null,
    });
  });

  it('keeps digits that a float would lose', () => {
    const big = { bids: [level('0.01', '900719925474.0993'), level('0.01', '0.0001')], asks: [] };
    expect(ladderOf(big, OPTIONS).bids[0]?.total).toBe('900719925474.0994');
  });
});

describe('groupings', () => {
  it.each([
    [10004n, 'bid', 10n, 10000n],
    [10004n, 'ask', 10n, 10010n],
    [10010n, 'ask', 10n, 10010n],
    [10010n, 'bid', 10n, 10010n],
    [10004n, 'bid', 25n, 10000n],
  ] as const)('%s as a %s in steps of %s is %s', (price, side, step, group) => {
    expect(groupPrice(price, side, step)).toBe(group);
  });

  it('are the tick and its multiples that make sense at the price', () => {
    expect(groupingsAt('150.00', '0.01', 2)).toEqual(['0.01', '0.10', '1.00', '10.00']);
    expect(groupingsAt('0.05', '0.01', 2)).toEqual(['0.01']);
    expect(groupingsAt(null, '0.25', 2)).toEqual(['0.25']);
  });
});
