import type { TradingApi } from '../api/trading-api';
import { LADDER_LEVELS, type LadderPlan, planLadder, sizeOf } from '../model/ladder-plan';
import type { Market } from '../model/market';
import type { PricePath } from '../model/price-path';
import type { Random } from '../model/random';
import type { TakerView } from '../model/taker-flow';
import type { Pulse } from './pulse';

const TURN_S = 0.7;
/** Turns for which what was not needed can be saved up. */
const SAVED_TURNS = 4;
/** Every so many turns it looks at what changes slowly. */
const LOOK_EVERY = 3;
/** How far its quotes lean away from what it holds: steps for each usual size. */
const LEAN_STEPS = 1 / 40;
const MOST_LEAN_STEPS = 1.5;

/** What the maker needs of the api. */
export type MakerApi = Pick<
  TradingApi,
  'market' | 'tradeCount' | 'holding' | 'quotes' | 'change' | 'cancel' | 'quote'
>;

/**
 * The market maker of an item: keeps a ladder of quotes around the fair price. It knows no more of its orders than what
 * the api tells it at each turn, so it finds its way again after whatever has happened.
 */
export class Maker implements TakerView {
  makerHolds = 0;
  private trading = true;
  private turns = 0;
  private saved = 0;

  /** @param rate how many orders it may place, change or cancel in a second. */
  constructor(
    private readonly api: MakerApi,
    private readonly market: Market,
    private readonly userId: number,
    private readonly path: PricePath,
    private readonly random: Random,
    private readonly rate: number,
    private readonly pulse: Pulse,
  ) {}

  get fair(): number {
    return this.path.price;
  }

  /** False while the market is halted or the like. */
  get isTrading(): boolean {
    return this.trading;
  }

  /** Others have moved the market. */
  push(ticks: number): void {
    this.path.push(ticks);
  }

  /** @returns seconds until the next turn. */
  async turn(): Promise<number> {
    if (this.turns % LOOK_EVERY === 0) await this.look();
    this.turns += 1;
    if (!this.trading) return TURN_S;
    this.path.advance(TURN_S);
    const quotes = await this.api.quotes(this.userId, this.market);
    const perTurn = this.rate * TURN_S;
    this.saved = Math.min(this.saved + perTurn, SAVED_TURNS * perTurn);
    // At the beginning, or when somebody has taken most of it, there must be a book at once.
    const budget = quotes.length < LADDER_LEVELS ? Infinity : this.saved;
    const plan = planLadder(this.market, this.centre(), quotes, budget, this.random);
    this.saved = Math.max(0, this.saved - sizeOf(plan));
    await this.carryOut(plan);
    return TURN_S;
  }

  private centre(): number {
    const held = this.makerHolds / this.market.size;
    const lean = Math.max(-MOST_LEAN_STEPS, Math.min(MOST_LEAN_STEPS, held * LEAN_STEPS));
    return this.fair - lean * this.market.step;
  }

  private async look(): Promise<void> {
    const { item } = this.market;
    const [{ state }, trades, holds] = await Promise.all([
      this.api.market(item),
      this.api.tradeCount(item),
      this.api.holding(this.userId, this.market),
    ]);
    this.trading = state === 'TRADING';
    this.makerHolds = holds;
    this.pulse.activity.traded(item, trades);
  }

  private async carryOut(plan: LadderPlan): Promise<void> {
    await Promise.all([
      ...plan.cancels.map((id) => this.counted(this.api.cancel(id))),
      ...plan.retreats.map((change) => this.counted(this.api.change(this.market, change))),
    ]);
    await Promise.all(
      plan.advances.map((change) => this.counted(this.api.change(this.market, change))),
    );
    if (plan.places.length === 0) return;
    await this.counted(this.api.quote(this.userId, this.market, plan.places), plan.places.length);
  }

  private async counted(sent: Promise<void>, orders = 1): Promise<void> {
    await sent;
    this.pulse.activity.orders += orders;
  }
}
