import { Activity } from '../activity';
import { RefusedError, UnavailableError } from '../api/call-errors';
import { Gate } from '../api/gate';
import { INSTRUMENTS } from '../model/instruments';
import { toMarket } from '../model/market';
import { PricePath } from '../model/price-path';
import { Random } from '../model/random';
import { TakerFlow } from '../model/taker-flow';
import { Maker } from './maker';
import { type Pulse, takeTurns, untilDone } from './pulse';
import { Taker } from './taker';
import { ToyMarket } from './toy-market';

const RATE = 60 / 8;

function pulseUntil(stop: AbortController): Pulse {
  return { stopped: stop.signal, gate: new Gate(), activity: new Activity() };
}

/** A maker and takers at a market in memory. */
function trading(seed: number) {
  const [instrument] = INSTRUMENTS;
  const market = toMarket(instrument!, '0.01', '1');
  const toy = new ToyMarket();
  const pulse = pulseUntil(new AbortController());
  const path = new PricePath(market.anchor, market.volatility, Random.of(seed, 'price'));
  const maker = new Maker(toy, market, 9001, path, Random.of(seed, 'maker'), RATE * 0.65, pulse);
  const flow = new TakerFlow(market, [9101, 9102], Random.of(seed, 'taker'));
  const taker = new Taker(toy, market, maker, flow, 1 / (RATE * 0.35), pulse);
  return { toy, maker, taker, pulse, market };
}

/** Lets both take their turns in the order of their times. */
async function live(
  { maker, taker }: ReturnType<typeof trading>,
  seconds: number,
  look = () => {},
) {
  let makerS = 0;
  let takerS = 0.5;
  while (makerS < seconds) {
    if (makerS <= takerS) {
      makerS += await maker.turn();
      look();
    } else {
      takerS += await taker.turn();
    }
  }
}

describe('maker and takers', () => {
  it.each([1, 2, 3])(
    'keep a book that is neither empty nor crossed for an hour (seed %d)',
    async (seed) => {
      const traded = trading(seed);
      const { toy, market, pulse } = traded;
      let thin = 0;
      let wrong = 0;
      let looks = 0;
      let most = 0;
      await live(traded, 3600, () => {
        const [bids, asks] = [toy.side('BUY'), toy.side('SELL')];
        looks += 1;
        if (Math.min(bids.length, asks.length) < 10) thin += 1;
        most = Math.max(most, bids.length + asks.length);
        if ((bids[0]?.price ?? Infinity) >= (asks[0]?.price ?? 0)) wrong += 1;
      });
      expect(wrong).toBe(0);
      expect(thin / looks).toBeLessThan(0.02);
      expect(most).toBeLessThanOrEqual(40);
      expect(Math.abs(toy.holds)).toBeLessThan(80 * market.size);
      expect(pulse.activity.orders / 3600).toBeLessThan(RATE * 1.3);
      expect(pulse.activity.trades).toBeGreaterThan(3600);
    },
  );

  it('do the same for the same seed and the same answers', async () => {
    const [one, same, other] = [trading(5), trading(5), trading(6)];
    for (const each of [one, same, other]) await live(each, 120);
    expect(one.toy.log.length).toBeGreaterThan(300);
    expect(same.toy.log).toEqual(one.toy.log);
    expect(other.toy.log).not.toEqual(one.toy.log);
  });

  it('wait while the market is halted, and go on', async () => {
    const traded = trading(1);
    await live(traded, 10);
    traded.toy.state = 'HALTED';
    await live(traded, 10);
    const sent = traded.toy.log.length;
    await live(traded, 30);
    expect(traded.toy.log).toHaveLength(sent);
    traded.toy.state = 'TRADING';
    await live(traded, 10);
    expect(traded.toy.log.length).toBeGreaterThan(sent);
  });
});

describe('takeTurns', () => {
  it('goes on after what the api refuses and while it is away, and knows why', async () => {
    const stop = new AbortController();
    const pulse = pulseUntil(stop);
    const answers = [
      new RefusedError(409, 'MARKET_HALTED', 'halted'),
      new UnavailableError('503 OVERLOADED', 0),
    ];
    const troubles: (string | null)[] = [];
    let turns = 0;
    await takeTurns(pulse, () => {
      troubles.push(pulse.gate.trouble);
      turns += 1;
      const failure = answers.shift();
      if (turns === 4) stop.abort();
      return failure === undefined ? Promise.resolve(0) : Promise.reject(failure);
    });
    expect([...pulse.activity.refusals]).toEqual([['MARKET_HALTED', 1]]);
    expect(troubles).toEqual([null, null, '503 OVERLOADED', null]);
  });

  it('ends with a fault of the simulator', async () => {
    const pulse = pulseUntil(new AbortController());
    const failing = takeTurns(pulse, () => Promise.reject(new TypeError('a fault')));
    await expect(failing).rejects.toThrow('a fault');
  });

  it('tries until it has worked, or is stopped', async () => {
    const stop = new AbortController();
    let tries = 0;
    const attempt = (): Promise<number> => {
      tries += 1;
      return tries < 3 ? Promise.reject(new UnavailableError('away', 0)) : Promise.resolve(7);
    };
    await expect(untilDone(pulseUntil(stop), attempt)).resolves.toBe(7);
    stop.abort();
    await expect(untilDone(pulseUntil(stop), attempt)).resolves.toBeNull();
  });
});
