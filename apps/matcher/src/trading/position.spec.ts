import { Side } from '@app/matching';
import { Random } from '../../../../test/support/random';
import { addTrade, emptyPosition } from './position';

const { Buy, Sell } = Side;

type Trade = [side: Side, priceTicks: number, lots: number];

const after = (...trades: Trade[]) => {
  const position = emptyPosition();
  for (const [side, priceTicks, lots] of trades) addTrade(position, side, priceTicks, lots);
  return position;
};

describe('addTrade', () => {
  it.each<[string, Trade[], bigint, bigint, bigint]>([
    ['opens', [[Buy, 100, 10]], 10n, 1000n, 0n],
    [
      'adds at another price',
      [
        [Buy, 100, 10],
        [Buy, 110, 10],
      ],
      20n,
      2100n,
      0n,
    ],
    [
      'takes a profit',
      [
        [Buy, 100, 10],
        [Sell, 130, 4],
      ],
      6n,
      600n,
      120n,
    ],
    [
      'takes a loss',
      [
        [Buy, 100, 10],
        [Sell, 90, 10],
      ],
      0n,
      0n,
      -100n,
    ],
    ['opens a short', [[Sell, 100, 10]], -10n, -1000n, 0n],
    [
      'covers a short with a profit',
      [
        [Sell, 100, 10],
        [Buy, 90, 4],
      ],
      -6n,
      -600n,
      40n,
    ],
    [
      'covers a short with a loss',
      [
        [Sell, 100, 10],
        [Buy, 120, 10],
      ],
      0n,
      0n,
      -200n,
    ],
    [
      'turns from long to short',
      [
        [Buy, 100, 10],
        [Sell, 110, 15],
      ],
      -5n,
      -550n,
      100n,
    ],
    [
      'turns from short to long',
      [
        [Sell, 100, 10],
        [Buy, 90, 15],
      ],
      5n,
      450n,
      100n,
    ],
    [
      'rounds a share half-even',
      [
        [Buy, 1, 1],
        [Buy, 2, 1],
        [Sell, 9, 1],
      ],
      1n,
      1n,
      7n,
    ],
  ])('%s', (_, trades, netLots, cost, realised) => {
    expect(after(...trades)).toEqual({ netLots, cost, realised });
  });

  it('never makes money out of nothing: realised − cost is what the trades brought in', () => {
    const random = new Random(5);
    for (let round = 0; round < 200; round += 1) {
      const position = emptyPosition();
      let net = 0n;
      let money = 0n;
      for (let trade = 0; trade < 50; trade += 1) {
        const side = random.pick([Buy, Sell]);
        const priceTicks = random.between(1, 1000);
        const lots = random.between(1, 37);
        addTrade(position, side, priceTicks, lots);
        const sign = side === Buy ? 1n : -1n;
        net += sign * BigInt(lots);
        money -= sign * BigInt(priceTicks * lots);
        expect(position.netLots).toBe(net);
        expect(position.realised - position.cost).toBe(money);
        if (net === 0n) expect(position.cost).toBe(0n);
      }
    }
  });
});
