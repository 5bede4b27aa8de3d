import { MatchingEngine, type EngineSnapshot, type MarketSnapshot } from '@app/matching';
import { engineWith, richEngine, run } from './engines';

/** An engine as the given one but for what is changed in its snapshot. */
function changed(change: (snapshot: EngineSnapshot) => void): MatchingEngine {
  const snapshot = structuredClone(richEngine().snapshot());
  change(snapshot);
  return MatchingEngine.restore(snapshot);
}

const changedMarket = (change: (market: MarketSnapshot) => void): MatchingEngine =>
  changed((snapshot) => change(snapshot.markets[0]!));

const find = (market: MarketSnapshot, orderId: number): MarketSnapshot['bids'][number] => {
  const { bids, asks, buyStops, sellStops } = market;
  const order = [...bids, ...asks, ...buyStops, ...sellStops].find((o) => o.orderId === orderId);
  if (!order) throw new Error(`no order ${orderId}`);
  return order;
};

function swap<T>(list: T[], at: number): void {
  [list[at], list[at + 1]] = [list[at + 1]!, list[at]!];
}

describe('the state hash', () => {
  const hash = richEngine().stateHash();
  const marketHash = richEngine().stateHash(0);

  it('is the same for the same state', () => {
    expect(changed(() => undefined).stateHash()).toBe(hash);
    expect(hash).toMatch(/^[0-9a-f]+$/);
  });

  const differences: [string, (market: MarketSnapshot) => void][] = [
    ['two bids have changed places', (m) => swap(m.bids, 0)],
    ['two asks have changed places', (m) => swap(m.asks, 0)],
    ['two stops have changed places', (m) => swap(m.buyStops, 0)],
    ['two expiries at one time have changed places', (m) => swap(m.expiries, expiriesAt600(m))],
    [
      'an order has a lot less left',
      (m) => (find(m, 13).remainingLots = find(m, 13).visibleLots = 4),
    ],
    ['an order had one lot more', (m) => (find(m, 13).quantityLots += 1)],
    ['an iceberg shows a lot less', (m) => (find(m, 11).visibleLots -= 1)],
    ['an iceberg has a lot less in reserve', (m) => (find(m, 11).remainingLots -= 1)],
    ['an iceberg has another slice', (m) => (find(m, 11).displayLots += 1)],
    ['an order has another price', (m) => (find(m, 15).priceTicks -= 1)],
    ['an order has another owner', (m) => (find(m, 13).ownerId = 9)],
    ['an order has another owner beyond 2^32', (m) => (find(m, 13).ownerId += 2 ** 32)],
    ['an order has another self-trade mode', (m) => (find(m, 13).selfTradePrevention = 1)],
    ['an order is post-only', (m) => (find(m, 13).postOnly = true)],
    ['an order expires a millisecond later', (m) => (find(m, 12).expiresAtMs += 1)],
    ['GTD is DAY', (m) => (find(m, 13).timeInForce = 4)],
    ['a stop fires elsewhere', (m) => (find(m, 19).stopTicks -= 1)],
    ['a waiting stop has a lot more', (m) => stopWithMore(find(m, 17))],
    ['a waiting stop has another limit', (m) => (find(m, 18).priceTicks += 1)],
    ['a waiting stop has another slice', (m) => (find(m, 18).displayLots += 1)],
    ['a waiting stop is IOC instead of FOK', (m) => (find(m, 17).timeInForce = 1)],
    ['the last price is another', (m) => (m.lastPriceTicks += 1)],
    ['there was no trade yet', (m) => (m.lastPriceTicks = 0)],
    ['the next trade has another number', (m) => (m.tradeId += 1)],
    ['the market is halted', (m) => (m.state = 1)],
    ['the clock is a millisecond ahead', (m) => (m.clockMs += 1)],
    ['the lowest price is another', (m) => (m.rules.minPriceTicks += 1)],
    ['the highest price is another', (m) => (m.rules.maxPriceTicks += 1)],
    ['the smallest quantity is another', (m) => (m.rules.minQuantityLots += 1)],
    ['the largest quantity is another', (m) => (m.rules.maxQuantityLots += 1)],
  ];

  it.each(differences)('differs when %s', (_, change) => {
    const engine = changedMarket(change);
    expect(engine.stateHash(0)).not.toBe(marketHash);
    expect(engine.stateHash()).not.toBe(hash);
  });

  it('differs for every one of these differences', () => {
    const hashes = differences.map(([, change]) => changedMarket(change).stateHash());
    expect(new Set(hashes).size).toBe(differences.length);
  });

  it('differs when an order was placed that is gone, and when ids are forgotten', () => {
    const engine = richEngine();
    run(engine, 0, 'place 99 by 1 BUY LIMIT 1 @ 60', 'cancel 99');
    expect(engine.stateHash()).not.toBe(hash);
    expect(engine.stateHash(0)).toBe(marketHash);
    const forgetful = richEngine();
    forgetful.forgetIdsUpTo(9);
    expect(forgetful.stateHash()).not.toBe(hash);
  });

  it('is the same when only effects have been counted', () => {
    expect(changedMarket((market) => (market.sequence += 1)).stateHash()).toBe(hash);
    const engine = richEngine();
    engine.cancel(0, 12_345);
    engine.cancelAll(0, 12_345);
    expect(engine.sequence(0)).toBe(richEngine().sequence(0) + 1);
    expect(engine.stateHash()).toBe(hash);
  });

  it('tells markets apart', () => {
    expect(richEngine().stateHash(1)).not.toBe(marketHash);
    expect(engineWith(1).stateHash()).not.toBe(engineWith(2).stateHash());
    expect(engineWith(1).stateHash(0)).not.toBe(richEngine().stateHash(0));
  });

  it('does not depend on the way that led to the state', () => {
    const one = engineWith(1);
    run(one, 0, 'place 1 by 1 BUY LIMIT 5 @ 10', 'place 2 by 1 BUY LIMIT 5 @ 10');
    const another = engineWith(1);
    run(another, 0, 'place 2 by 1 BUY LIMIT 5 @ 9', 'place 1 by 1 BUY LIMIT 7 @ 10');
    run(another, 0, 'amend 1 quantity 5', 'amend 2 @ 10');
    expect(another.stateHash()).toBe(one.stateHash());
    const swapped = engineWith(1);
    run(swapped, 0, 'place 2 by 1 BUY LIMIT 5 @ 10', 'place 1 by 1 BUY LIMIT 5 @ 10');
    expect(swapped.stateHash()).not.toBe(one.stateHash());
  });
});

/** Where the two orders stand that end at 600. */
function expiriesAt600(market: MarketSnapshot): number {
  const at = market.expiries.findIndex((id) => find(market, id).expiresAtMs === 600);
  expect(find(market, market.expiries[at + 1]!).expiresAtMs).toBe(600);
  return at;
}

function stopWithMore(stop: MarketSnapshot['bids'][number]): void {
  stop.quantityLots += 1;
  stop.remainingLots += 1;
}
