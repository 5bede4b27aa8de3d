import { MatchingEngine, PlaceOrder, Side } from '@app/matching';
import { Random } from '../support/random';

const LEVELS = 2_000;

/** Prices that share few digits: each level needs nodes of its own. */
function scatteredPrices(random: Random): number[] {
  const prices = new Set<number>();
  while (prices.size < LEVELS)
    prices.add(1 + Math.floor(random.next() * 2 ** random.between(8, 45)));
  return [...prices];
}

describe('levels at scattered prices', () => {
  it.each([1, 2, 3])('come and go in any order, seed %d', (seed) => {
    const random = new Random(seed);
    const engine = new MatchingEngine();
    const market = engine.openMarket('X');
    const order = new PlaceOrder();
    order.ownerId = 1;
    order.side = Side.Buy;
    order.quantityLots = 1;
    const prices = scatteredPrices(random);
    prices.forEach((price, nth) => {
      order.orderId = nth + 1;
      order.priceTicks = price;
      engine.place(market, order);
      if (nth % 50 === 0) engine.checkInvariants();
    });
    const shown: number[] = [];
    engine.depth(market, Side.Buy, (price) => void shown.push(price));
    expect(shown).toEqual([...prices].sort((a, b) => b - a));

    const ids = prices.map((_, nth) => ({ id: nth + 1, key: random.next() }));
    ids.sort((a, b) => a.key - b.key);
    ids.forEach(({ id }, nth) => {
      engine.cancel(market, id);
      if (nth % 50 === 0) engine.checkInvariants();
    });
    expect(engine.liveOrders).toBe(0);
    engine.checkInvariants();
  });
});

describe('many markets with the same prices', () => {
  it('keeps their levels apart', () => {
    const engine = new MatchingEngine();
    const random = new Random(5);
    for (let nth = 0; nth < 20_000; nth += 1) engine.openMarket(`ITEM-${nth}`);
    // Any of them, so that some share a place wherever levels are remembered.
    const markets = [...new Set(Array.from({ length: 120 }, () => random.below(20_000)))];
    const prices = Array.from({ length: 24 }, (_, step) => 1 + ((step * 7) % 24));
    const order = new PlaceOrder();
    order.ownerId = 1;
    for (const priceTicks of [...prices, ...prices]) {
      for (const market of markets) {
        order.orderId += 1;
        order.priceTicks = priceTicks;
        order.quantityLots = market + 1;
        // Every other order is not plain: both ways have to find the level.
        order.postOnly = order.orderId % 2 === 1;
        engine.place(market, order);
      }
      engine.effects.clear();
    }
    for (const market of markets) {
      const lots: number[] = [];
      engine.depth(market, Side.Buy, (_, quantityLots) => void lots.push(quantityLots));
      expect(lots).toEqual(prices.map(() => 2 * (market + 1)));
    }
    engine.checkInvariants();
  });
});
