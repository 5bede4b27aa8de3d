import { MatchingEngine, type EngineSnapshot, type MarketSnapshot } from '@app/matching';
import { richEngine } from './engines';

type Breaking = [string, (market: MarketSnapshot, snapshot: EngineSnapshot) => void];

const intact = (): EngineSnapshot =>
  JSON.parse(JSON.stringify(richEngine().snapshot())) as EngineSnapshot;

function restoreBroken(breaking: Breaking[1]): () => MatchingEngine {
  const snapshot = intact();
  breaking(snapshot.markets[0]!, snapshot);
  return () => MatchingEngine.restore(snapshot);
}

/** Assigns what the types do not allow. */
const put = (target: object, field: string, value: unknown): unknown =>
  Object.assign(target, { [field]: value });

const versions: Breaking[] = [0, 2, 99, -1, 1.5, '1', null, undefined, NaN].map((version) => [
  `version ${String(version)} of type ${typeof version}`,
  (_, snapshot) => put(snapshot, 'version', version),
]);

const books: Breaking[] = [
  ['a bid above the best ask', (m) => (m.bids[0]!.priceTicks = 103)],
  ['a bid at the best ask', (m) => (m.bids[0]!.priceTicks = 101)],
  ['bids out of order', (m) => put(m, 'bids', m.bids.toReversed())],
  ['asks out of order', (m) => put(m, 'asks', m.asks.toReversed())],
  ['a level that comes twice', (m) => m.asks.push(m.asks.shift()!)],
  ['a sell among the bids', (m) => (m.bids[0]!.side = 1)],
  ['a buy among the sell stops', (m) => (m.sellStops[0]!.side = 0)],
  ['a stop that the last price has reached', (m) => (m.lastPriceTicks = 110)],
  ['a market order that rests', (m) => (m.bids[0]!.type = 1)],
  ['a STOP that rests', (m) => (m.bids[0]!.type = 2)],
  ['a limit order that waits', (m) => (m.buyStops[0]!.type = 0)],
  ['an IOC order that rests', (m) => (m.bids[2]!.timeInForce = 1)],
  ['a FOK order that rests', (m) => (m.bids[2]!.timeInForce = 2)],
  ['a waiting stop that shows something', (m) => (m.buyStops[0]!.visibleLots = 1)],
  ['a waiting stop that has traded', (m) => (m.buyStops[0]!.remainingLots -= 1)],
];

const quantities: Breaking[] = [
  ['an order with nothing left', (m) => (m.bids[0]!.remainingLots = 0)],
  ['an order that shows nothing', (m) => (m.bids[0]!.visibleLots = 0)],
  ['more shown than left', (m) => (m.bids[0]!.visibleLots += 1)],
  ['more left than there was', (m) => (m.bids[0]!.remainingLots += 1)],
  ['hidden lots of an order that is no iceberg', (m) => (m.bids[0]!.visibleLots -= 1)],
  ['an iceberg that shows more than its slice', (m) => (m.asks[1]!.visibleLots = 5)],
  ['a total beyond 2^53', (m) => (m.bids[0]!.quantityLots = 2 ** 53)],
  ['a notional beyond 2^53', (m) => (m.bids[0]!.quantityLots = 2 ** 52)],
  ['open lots beyond 2^53 on one side', (m) => m.buyStops.forEach(enlarge)],
];

const ids: Breaking[] = [
  ['an order that is there twice', (m) => m.bids.push(m.bids[2]!)],
  ['two bids with one id', (m) => (m.bids[1]!.orderId = 13)],
  ['a bid and an ask with one id', (m) => (m.asks[0]!.orderId = 13)],
  ['a bid and a stop with one id', (m) => (m.buyStops[0]!.orderId = 15)],
  ['two markets with one id', (m, s) => (s.markets[1]!.bids[0]!.orderId = 15)],
  ['an order whose id was never used', (m) => (m.bids[2]!.orderId = 1_000_000)],
  ['two markets of one item', (m, s) => (s.markets[1]!.item = m.item)],
];

const expiries: Breaking[] = [
  ['an expiry of an unknown order', (m) => m.expiries.push(77)],
  ['an expiry of an order that does not expire', (m) => m.expiries.push(15)],
  ['an expiry that comes twice', (m) => m.expiries.push(13)],
  ['a missing expiry', (m) => m.expiries.pop()],
  ['an order that has expired', (m) => (m.clockMs = 600)],
  ['a GTD order without a time', (m) => (m.bids[0]!.expiresAtMs = 0)],
  ['a GTC order with a time', (m) => (m.bids[2]!.expiresAtMs = 800)],
];

const malformed: Breaking[] = [
  ['no markets', (_, s) => put(s, 'markets', undefined)],
  ['no used ids', (_, s) => put(s, 'usedIds', undefined)],
  ['no bids', (m) => put(m, 'bids', undefined)],
  ['no stops', (m) => put(m, 'sellStops', null)],
  ['no expiries', (m) => put(m, 'expiries', undefined)],
  ['no rules', (m) => put(m, 'rules', undefined)],
  ['an item that is a number', (m) => put(m, 'item', 5)],
  ['an unknown state', (m) => put(m, 'state', 4)],
  ['a minimum above its maximum', (m) => (m.rules.minPriceTicks = 151)],
  ['a bound of 0', (m) => (m.rules.minQuantityLots = 0)],
  ['an order that is null', (m) => put(m.bids, '0', null)],
  ...['clockMs', 'lastPriceTicks', 'sequence', 'tradeId'].flatMap((field) =>
    [-1, 0.5, NaN, null, '7', 2 ** 53].map((bad): Breaking => [
      `${field} ${String(bad)} of type ${typeof bad}`,
      (m) => put(m, field, bad),
    ]),
  ),
  ...['orderId', 'ownerId', 'quantityLots', 'remainingLots', 'visibleLots', 'priceTicks'].flatMap(
    (field) =>
      [0, -1, 0.5, NaN, null, '7', 2 ** 53].map((bad): Breaking => [
        `${field} ${String(bad)} of type ${typeof bad} in an order`,
        (m) => put(m.bids[0]!, field, bad),
      ]),
  ),
  ...['side', 'type', 'timeInForce', 'selfTradePrevention', 'postOnly'].flatMap((field) =>
    [-1, 0.5, 9, null, '0'].map((bad): Breaking => [
      `${field} ${String(bad)} of type ${typeof bad} in an order`,
      (m) => put(m.bids[0]!, field, bad),
    ]),
  ),
  ...['displayLots', 'stopTicks', 'expiresAtMs'].flatMap((field) =>
    [-1, 0.5, NaN, null, '0', 2 ** 53].map((bad): Breaking => [
      `${field} ${String(bad)} of type ${typeof bad} in an order`,
      (m) => put(m.bids[0]!, field, bad),
    ]),
  ),
];

function enlarge(stop: MarketSnapshot['bids'][number]): void {
  Object.assign(stop, { priceTicks: 0, type: 2, displayLots: 0 });
  stop.quantityLots = stop.remainingLots = 2 ** 52;
}

describe('a snapshot that no engine can have made', () => {
  it('is refused for what is broken in it, as it is taken when nothing is', () => {
    expect(restoreBroken(() => undefined)().stateHash()).toBe(richEngine().stateHash());
  });

  it.each([...versions, ...books, ...quantities, ...ids, ...expiries, ...malformed])(
    'is refused: %s',
    (_, breaking) => expect(restoreBroken(breaking)).toThrow(Error),
  );

  it.each<unknown>([null, undefined, 5, 'snapshot', [], {}])('is refused: %p', (nothing) => {
    expect(() => MatchingEngine.restore(nothing as EngineSnapshot)).toThrow(Error);
  });
});
