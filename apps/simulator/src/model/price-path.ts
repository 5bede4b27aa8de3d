import type { Random } from './random';

/** Half of a deviation from the anchor is gone after so many seconds. */
const REVERSION_HALF_LIFE_S = 900;
const PULL = Math.LN2 / REVERSION_HALF_LIFE_S;
/** Volatility is calm or wild for about so long. */
const MOOD_HALF_LIFE_S = 45;
const MOOD_PULL = Math.LN2 / MOOD_HALF_LIFE_S;
const MOOD_DEVIATION = 0.45;
const MOOD_BOUND = 1.1;
/** Trends: how long they hold, and how strong they are beside the volatility. */
const TREND_MEAN_S = 60;
const TREND_STRENGTH = 0.15;
/** The price stays within this of the anchor, whatever happens. */
const FARTHEST = 0.08;

/**
 * The fair price: a random walk that is pulled back to an anchor, with volatility that rises and falls and trends
 * that come and go.
 */
export class PricePath {
  /** Logarithm of price / anchor. */
  private deviation: number;
  /** Logarithm of the volatility's factor. */
  private mood = 0;
  private trend = 0;
  private trendLeftS = 0;

  /** @param volatility change within a second, as a share of the price. */
  constructor(
    private readonly anchor: number,
    private readonly volatility: number,
    private readonly random: Random,
    begin = anchor,
  ) {
    this.deviation = bounded(Math.log(begin / anchor), FARTHEST);
  }

  get price(): number {
    return this.anchor * Math.exp(this.deviation);
  }

  /** Goes on by some seconds. @returns the price then. */
  advance(seconds: number): number {
    const root = Math.sqrt(seconds);
    const moodNoise = MOOD_DEVIATION * Math.sqrt(2 * MOOD_PULL) * root * this.random.normal();
    this.mood = bounded(this.mood * (1 - MOOD_PULL * seconds) + moodNoise, MOOD_BOUND);
    this.trendLeftS -= seconds;
    if (this.trendLeftS <= 0) {
      this.trendLeftS = this.random.exponential(TREND_MEAN_S);
      this.trend = TREND_STRENGTH * this.volatility * this.random.normal();
    }
    const noise = this.volatility * Math.exp(this.mood) * root * this.random.normal();
    const drift = (this.trend - PULL * this.deviation) * seconds;
    this.deviation = bounded(this.deviation + drift + noise, FARTHEST);
    return this.price;
  }

  /** Somebody has moved the market. @param by in the price's unit. */
  push(by: number): void {
    this.deviation = bounded(this.deviation + by / this.price, FARTHEST);
  }
}

function bounded(value: number, by: number): number {
  return Math.max(-by, Math.min(by, value));
}
