import { setMaxListeners } from 'node:events';
import { Activity } from './activity';
import { Maker } from './agents/maker';
import { type Pulse, takeTurns, untilDone } from './agents/pulse';
import { Taker } from './agents/taker';
import { Gate } from './api/gate';
import { pause } from './api/pause';
import { TradingApi } from './api/trading-api';
import type { Instrument } from './model/instruments';
import { type Market, toMarket } from './model/market';
import { PricePath } from './model/price-path';
import { Random } from './model/random';
import { TakerFlow } from './model/taker-flow';

/** Simulated traders have high numbers: low ones are for those who look at them. */
const FIRST_MAKER = 9001;
const FIRST_TAKER = 9101;
const TAKERS = 40;
/** Of all orders; the maker gets the rest. */
const TAKERS_SHARE = 0.35;
/** Between two looks for orders that are left. */
const LOOK_AGAIN_MS = 250;

export interface SimulatorOptions {
  baseUrl: string;
  instruments: readonly Instrument[];
  /** Orders that are placed, changed or cancelled in a second, of all items together; an upper bound in the long run. */
  rate: number;
  seed: number;
}

/** A market maker and takers for each item, who know the api alone. */
export class Simulator {
  readonly activity = new Activity();
  private readonly gate = new Gate();

  constructor(private readonly options: SimulatorOptions) {}

  /** Why the api could not be used the last time; null while it can be. */
  get trouble(): string | null {
    return this.gate.trouble;
  }

  /** Trades until it is stopped. @throws what is a fault of the simulator. */
  async run(stopped: AbortSignal): Promise<void> {
    const failed = new AbortController();
    const pulse: Pulse = {
      stopped: AbortSignal.any([stopped, failed.signal]),
      gate: this.gate,
      activity: this.activity,
    };
    // All requests and pauses that are under way listen to it.
    setMaxListeners(0, pulse.stopped);
    const api = new TradingApi(this.options.baseUrl, pulse.stopped);
    const runs = this.options.instruments.map((instrument, index) =>
      this.runItem(api, pulse, instrument, FIRST_MAKER + index),
    );
    try {
      await Promise.all(runs);
    } finally {
      failed.abort();
      await Promise.allSettled(runs);
    }
  }

  /** Cancels everything that the simulated traders have left. */
  async clear(deadline: AbortSignal): Promise<void> {
    setMaxListeners(0, deadline);
    const api = new TradingApi(this.options.baseUrl, deadline);
    const users = [...this.options.instruments.map((_, index) => FIRST_MAKER + index), ...takers()];
    // What was on its way when the traders stopped may be accepted after a look: hence another one that finds nothing.
    for (let found = 1, looks = 0; found > 0 || looks < 2; looks += 1) {
      const counts = await Promise.all(users.map((userId) => api.cancelAll(userId)));
      found = counts.reduce((sum, count) => sum + count, 0);
      await pause(LOOK_AGAIN_MS, deadline);
    }
  }

  private async runItem(
    api: TradingApi,
    pulse: Pulse,
    instrument: Instrument,
    makerId: number,
  ): Promise<void> {
    const { seed, rate, instruments } = this.options;
    const opened = await open(api, pulse, instrument);
    if (opened === null) return;
    const { market, begin } = opened;
    const randomFor = (role: string): Random => Random.of(seed, `${market.item} ${role}`);
    const path = new PricePath(market.anchor, market.volatility, randomFor('price'), begin);
    const ownRate = rate / instruments.length;
    const makerRate = ownRate * (1 - TAKERS_SHARE);
    const maker = new Maker(api, market, makerId, path, randomFor('maker'), makerRate, pulse);
    const flow = new TakerFlow(market, takers(), randomFor('taker'));
    const taker = new Taker(api, market, maker, flow, 1 / (ownRate * TAKERS_SHARE), pulse);
    // There must be a book before anybody takes from it.
    await untilDone(pulse, () => maker.turn());
    await Promise.all([takeTurns(pulse, () => maker.turn()), takeTurns(pulse, () => taker.turn())]);
  }
}

/** Sets a new market up; one that is in use goes on from its last price. @returns null when it was stopped before. */
function open(
  api: TradingApi,
  pulse: Pulse,
  instrument: Instrument,
): Promise<{ market: Market; begin: number } | null> {
  const { item, tickSize, lotSize } = instrument;
  return untilDone(pulse, async () => {
    const status = await api.market(item);
    if (status.isNew) await api.openMarket(item, tickSize, lotSize);
    const market = status.isNew
      ? toMarket(instrument, tickSize, lotSize)
      : toMarket(instrument, status.tickSize, status.lotSize);
    const begin = status.lastPrice === null ? market.anchor : market.tick.countOf(status.lastPrice);
    return { market, begin };
  });
}

function takers(): number[] {
  return Array.from({ length: TAKERS }, (_, index) => FIRST_TAKER + index);
}
