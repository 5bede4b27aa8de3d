import { INSTRUMENTS } from './instruments';
import { type Market, toMarket } from './market';
import { Random } from './random';
import { type Decision, TakerFlow, type TakerView } from './taker-flow';

const markets: Market[] = INSTRUMENTS.map((each) => toMarket(each, each.tickSize, each.lotSize));
const USERS = [9101, 9102, 9103];
const decide = (
  market: Market,
  count: number,
  view: Partial<TakerView> = {},
  seed = 5,
): Decision[] => {
  const flow = new TakerFlow(market, USERS, new Random(seed));
  return Array.from({ length: count }, () =>
    flow.decide({ fair: market.anchor, makerHolds: 0, ...view }),
  );
};
const share = (decisions: readonly Decision[], is: (decision: Decision) => boolean): number =>
  decisions.filter(is).length / decisions.length;
const isBuy = ({ order }: Decision): boolean => order.side === 'BUY';

describe.each(markets)('TakerFlow of $item', (market) => {
  const decisions = decide(market, 4000);

  it('decides the same for the same seed', () => {
    expect(decide(market, 50)).toEqual(decide(market, 50));
    expect(decide(market, 50, {}, 6)).not.toEqual(decide(market, 50));
  });

  it('has every kind of order, whole units, and users of its own', () => {
    expect(new Set(decisions.map(({ order }) => order.kind))).toEqual(
      new Set(['MARKET', 'TAKE', 'REST', 'STOP']),
    );
    const isWhole = (value: number) => Number.isInteger(value) && value > 0;
    const wrong = decisions.filter(
      ({ order }) =>
        !isWhole(order.quantity) ||
        !USERS.includes(order.userId) ||
        ('price' in order && !isWhole(order.price)) ||
        (order.kind === 'REST' && (order.shown ?? 0) >= order.quantity),
    );
    expect(wrong).toEqual([]);
  });

  it('trades in both directions alike, most of it at once', () => {
    expect(share(decisions, isBuy)).toBeGreaterThan(0.42);
    expect(share(decisions, isBuy)).toBeLessThan(0.58);
    const atOnce = share(decisions, ({ order }) => ['MARKET', 'TAKE'].includes(order.kind));
    expect(atOnce).toBeGreaterThan(0.75);
  });

  it('leans against what the maker holds, and only trades it back beyond its limit', () => {
    const held = (sizes: number) =>
      share(decide(market, 1000, { makerHolds: sizes * market.size }), isBuy);
    expect(held(40)).toBeGreaterThan(0.65);
    expect(held(-40)).toBeLessThan(0.35);
    expect(held(61)).toBe(1);
    expect(held(-61)).toBe(0);
  });

  it('rests behind the fair price, stops before it, pushes the price its way', () => {
    const wrong = decisions.filter(({ order, push }) => {
      const sign = order.side === 'BUY' ? 1 : -1;
      if (order.kind === 'REST' && (market.anchor - order.price) * sign < 0) return true;
      if (order.kind === 'STOP' && (order.stopPrice - market.anchor) * sign <= 0) return true;
      return push * sign < 0 || Math.abs(push) >= 5 * market.step;
    });
    expect(wrong).toEqual([]);
  });

  it('has sizes of which few are many times the usual one', () => {
    const sizes = decisions
      .filter(({ order }) => order.kind === 'TAKE')
      .map(({ order }) => order.quantity)
      .sort((a, b) => a - b);
    const median = sizes[Math.floor(sizes.length / 2)]!;
    expect(sizes.at(-1)! / median).toBeGreaterThan(5);
    expect(sizes.at(-1)!).toBeLessThanOrEqual(3 * market.size);
  });
});

describe('bursts', () => {
  const market = markets[0]!;

  it('go several times in one direction, faster than else', () => {
    const flow = new TakerFlow(market, USERS, new Random(3));
    let longest = 0;
    let run = 0;
    let last = '';
    for (let count = 0; count < 2000; count += 1) {
      const { order } = flow.decide({ fair: market.anchor, makerHolds: 0 });
      run = order.side === last ? run + 1 : 1;
      last = order.side;
      longest = Math.max(longest, run);
    }
    expect(longest).toBeGreaterThan(11);
  });

  it('sweeps a good part of a side now and then', () => {
    const sweeps = decide(market, 4000).filter(
      ({ order }) => order.kind === 'MARKET' && order.quantity > 2.5 * market.size,
    );
    expect(sweeps.length).toBeGreaterThan(8);
    expect(sweeps.length).toBeLessThan(80);
  });
});
