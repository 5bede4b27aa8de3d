import {
  type EventLevel,
  formatMultiple,
  formatShortest,
  type MarketUpdate,
  parseUnit,
} from '@app/contracts';
import { Random } from '../../../../test/support/random';
import type { BookLevel } from './book-reader';
import { BookReplica } from './book-replica';

const UNITS = { tick: parseUnit('0.25')!, lot: parseUnit('0.001')! };

const update = (prevSeq: number, seq: number, levels: EventLevel[]): MarketUpdate => ({
  type: 'MARKET_UPDATED',
  event_id: 'e',
  occurred_at: '2026-01-02T03:04:05.678Z',
  item: 'AAPL',
  prev_seq: prevSeq,
  seq,
  state: 'TRADING',
  trades: [],
  levels,
  orders: [],
});

const level = (
  side: 'BUY' | 'SELL',
  priceTicks: number,
  lots: number,
  orders: number,
): EventLevel => ({
  side,
  price: formatMultiple(priceTicks, UNITS.tick),
  quantity: formatShortest(lots, UNITS.lot),
  orders,
});

const empty = (sequence = 0) => new BookReplica(UNITS, { sequence, bids: [], asks: [] });

describe('BookReplica', () => {
  it('goes from one sequence to the next, best prices first', () => {
    const replica = empty();
    expect(replica.apply(update(0, 3, [level('BUY', 10, 5, 1), level('SELL', 13, 7, 2)]))).toBe(
      true,
    );
    expect(replica.apply(update(3, 5, [level('BUY', 11, 1, 1), level('SELL', 12, 2, 1)]))).toBe(
      true,
    );
    expect(replica.snapshot(10)).toEqual({
      sequence: 5,
      bids: [
        { priceTicks: 11, quantityLots: 1n, orders: 1 },
        { priceTicks: 10, quantityLots: 5n, orders: 1 },
      ],
      asks: [
        { priceTicks: 12, quantityLots: 2n, orders: 1 },
        { priceTicks: 13, quantityLots: 7n, orders: 2 },
      ],
    });
    expect(replica.snapshot(1).bids).toHaveLength(1);
  });

  it('takes an update once, however often it comes', () => {
    const replica = empty();
    const first = update(0, 1, [level('BUY', 10, 5, 1)]);
    replica.apply(first);
    replica.apply(update(1, 2, [level('BUY', 10, 0, 0)]));
    expect(replica.apply(first)).toBe(true);
    expect(replica.snapshot(10)).toEqual({ sequence: 2, bids: [], asks: [] });
  });

  it('notices that an update is missing', () => {
    const replica = empty(4);
    expect(replica.apply(update(5, 6, [level('BUY', 10, 5, 1)]))).toBe(false);
    expect(replica.sequence).toBe(4);
  });

  it('is the book that its levels make, whatever comes', () => {
    const random = new Random(11);
    const replica = empty();
    const book = { BUY: new Map<number, BookLevel>(), SELL: new Map<number, BookLevel>() };
    for (let seq = 1; seq <= 2000; seq += 1) {
      const side = random.pick(['BUY', 'SELL'] as const);
      const priceTicks = random.between(1, 60);
      const lots = random.chance(0.4) ? 0 : random.between(1, 9);
      replica.apply(update(seq - 1, seq, [level(side, priceTicks, lots, lots)]));
      if (lots === 0) book[side].delete(priceTicks);
      else book[side].set(priceTicks, { priceTicks, quantityLots: BigInt(lots), orders: lots });
    }
    const sorted = (side: 'BUY' | 'SELL', direction: number) =>
      [...book[side].values()].sort((a, b) => (a.priceTicks - b.priceTicks) * direction);
    const { bids, asks } = replica.snapshot(1000);
    expect(bids).toEqual(sorted('BUY', -1));
    expect(asks).toEqual(sorted('SELL', 1));
    expect(replica.levels).toBe(bids.length + asks.length);
  });
});
