import type { Level } from '@app/client';
import { depthOf, midOf, pointAt, roundStep, usualReach } from './depth';

const level = (price: string, quantity: string): Level => [price, quantity, 1];
const BOOK = {
  bids: [level('99.00', '1'), level('98.00', '0.5'), level('1.00', '0.01')],
  asks: [level('101.00', '2'), level('103.00', '0.25')],
};

describe('depth', () => {
  it('adds up outwards, as far as is looked', () => {
    const depth = depthOf(BOOK, 5, 2);
    expect(depth?.mid).toBe(100);
    expect(depth?.bids.map((point) => [point.priceText, point.total])).toEqual([
      ['99.00', 100n],
      ['98.00', 150n],
    ]);
    expect(depth?.asks.map((point) => point.total)).toEqual([200n, 225n]);
  });

  it('has no middle of an empty book, and one of a single side', () => {
    expect(depthOf({ bids: [], asks: [] }, 5, 2)).toBeNull();
    expect(midOf({ bids: BOOK.bids, asks: [] })).toBe(99);
  });

  it('does not reach out for dust far away', () => {
    const reach = usualReach(BOOK);
    expect(reach).toBeGreaterThanOrEqual(3);
    expect(reach).toBeLessThan(4);
    expect(usualReach({ bids: [], asks: [] })).toBe(0);
    expect(usualReach({ bids: [level('5.00', '1')], asks: [] })).toBeGreaterThan(0);
  });

  it('finds what is under a price', () => {
    const depth = depthOf(BOOK, 5, 2);
    if (depth === null) throw new Error('there is a depth');
    expect(pointAt(depth, 98.5)).toMatchObject({ side: 'bid', point: { priceText: '99.00' } });
    expect(pointAt(depth, 97)).toMatchObject({ side: 'bid', point: { priceText: '98.00' } });
    expect(pointAt(depth, 102)).toMatchObject({ side: 'ask', point: { priceText: '101.00' } });
    expect(pointAt(depth, 100.5)).toMatchObject({ side: 'ask', point: { priceText: '101.00' } });
    expect(pointAt({ ...depth, asks: [] }, 102)).toBeNull();
  });

  it.each([
    [10, 5, 2],
    [7, 5, 2],
    [0.03, 4, 0.01],
    [1200, 5, 500],
  ])('marks a length of %d with at most %d marks every %d', (length, most, step) => {
    expect(roundStep(length, most)).toBeCloseTo(step, 10);
  });
});
