import { MarketState, MatchingEngine, PlaceOrder, Reason, readEffects } from '@app/matching';

function placed(engine: MatchingEngine, market: number, orderId: number, ownerId: number): Reason {
  const order = new PlaceOrder();
  order.orderId = orderId;
  order.ownerId = ownerId;
  order.quantityLots = 1;
  order.priceTicks = 1 + (orderId % 500);
  return engine.place(market, order);
}

describe('more orders than an engine has memory for at first', () => {
  it('finds and cancels each of them', () => {
    const engine = new MatchingEngine();
    const market = engine.openMarket('X');
    const orders = 120_000;
    let refused = 0;
    for (let id = 1; id <= orders; id += 1) {
      if (placed(engine, market, id, 1) !== Reason.None) refused += 1;
      engine.effects.clear();
    }
    engine.checkInvariants();
    for (let id = orders; id >= 1; id -= 1) {
      if (engine.cancel(market, id) !== Reason.None) refused += 1;
      engine.effects.clear();
    }
    expect(refused).toBe(0);
    expect(engine.liveOrders).toBe(0);
  });

  it('needs no more memory when it is filled again', () => {
    const engine = new MatchingEngine();
    const market = engine.openMarket('X');
    const fill = (from: number): void => {
      for (let id = from; id < from + 5_000; id += 1) placed(engine, market, id, 1);
      engine.effects.clear();
    };
    fill(1);
    engine.cancelAllMarkets(1);
    const before = engine.bytes;
    fill(5_001);
    expect(engine.bytes).toBe(before);
  });
});

describe('an engine that was told what to expect', () => {
  it('takes no more memory for it', () => {
    const engine = new MatchingEngine({ expectedOrders: 5_000, expectedLevels: 500 });
    const market = engine.openMarket('X');
    const before = engine.bytes;
    for (let id = 1; id <= 5_000; id += 1) placed(engine, market, id, 1);
    expect(engine.liveOrders).toBe(5_000);
    expect(engine.bytes).toBe(before);
  });
});

describe('a cancel-all of all markets', () => {
  it('says nothing of a halted market where the owner has no order any more', () => {
    const engine = new MatchingEngine();
    const [halted, left] = [engine.openMarket('A'), engine.openMarket('B')];
    placed(engine, halted, 1, 7);
    placed(engine, left, 2, 7);
    engine.cancel(halted, 1);
    engine.setState(halted, MarketState.Halted);
    engine.effects.clear();
    engine.cancelAllMarkets(7);
    expect(readEffects(engine.effects).every(({ market }) => market === left)).toBe(true);
    expect(engine.liveOrders).toBe(0);
  });
});
