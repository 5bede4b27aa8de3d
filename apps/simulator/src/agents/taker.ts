import type { TradingApi } from '../api/trading-api';
import type { Market } from '../model/market';
import type { TakerFlow } from '../model/taker-flow';
import type { Maker } from './maker';
import type { Pulse } from './pulse';

/** At first there is more to see. */
const WARM_UP_TURNS = 40;
const WARM_UP_HASTE = 2;
const HALTED_PAUSE_S = 1;

/** Everybody who trades with the market maker of an item. */
export class Taker {
  private turns = 0;

  /** @param meanGapS seconds between orders. */
  constructor(
    private readonly api: Pick<TradingApi, 'place'>,
    private readonly market: Market,
    private readonly maker: Maker,
    private readonly flow: TakerFlow,
    private readonly meanGapS: number,
    private readonly pulse: Pulse,
  ) {}

  /** @returns seconds until the next turn. */
  async turn(): Promise<number> {
    if (!this.maker.isTrading) return HALTED_PAUSE_S;
    const { order, push } = this.flow.decide(this.maker);
    await this.api.place(this.market, order, Date.now());
    this.maker.push(push);
    this.pulse.activity.orders += 1;
    this.turns += 1;
    return this.flow.gap(
      this.turns < WARM_UP_TURNS ? this.meanGapS / WARM_UP_HASTE : this.meanGapS,
    );
  }
}
