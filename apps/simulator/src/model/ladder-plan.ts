import type { Market, Side } from './market';
import type { Random } from './random';

/** Prices that the market maker keeps on each side. */
export const LADDER_LEVELS = 20;
/** A quote is filled up when less than this share of the usual size is left. */
const REFILL_BELOW = 0.35;
const SIZE_DEVIATION = 0.4;
/** How much more rests at each further price, as a share of the size at the best one. */
const SIZE_GROWTH = 0.08;

/** An order of the market maker that rests now. */
export interface Quote {
  id: number;
  side: Side;
  price: number;
  /** What is left of it, and what is filled already. */
  remaining: number;
  filled: number;
}

/** What a resting order becomes. */
export interface QuoteChange {
  id: number;
  price: number;
  /** Its filled part included. */
  quantity: number;
}

export interface NewQuote {
  side: Side;
  price: number;
  quantity: number;
}

/** What brings the quotes to where they should be, in the order in which it is sent. */
export interface LadderPlan {
  cancels: number[];
  /** First of all: those that have become too good. Then nothing stands in the way of the others. */
  retreats: QuoteChange[];
  advances: QuoteChange[];
  places: NewQuote[];
}

interface Step {
  /** What matters most comes first. */
  urgency: number;
  carryOut(plan: LadderPlan): void;
}

const OUTERMOST = 2 * LADDER_LEVELS;

/**
 * Plans how the quotes follow the fair price: on each side one at each step of the grid, nearest to `centre` first.
 * @param budget how many orders may be placed, changed or cancelled; what matters less waits for the next plan.
 */
export function planLadder(
  market: Market,
  centre: number,
  quotes: readonly Quote[],
  budget: number,
  random: Random,
): LadderPlan {
  const steps = (['BUY', 'SELL'] as const).flatMap((side) =>
    planSide(market, side, wishedPrices(market.step, side, centre), quotes, random),
  );
  steps.sort((a, b) => a.urgency - b.urgency);
  const plan: LadderPlan = { cancels: [], retreats: [], advances: [], places: [] };
  for (const step of steps.slice(0, Math.max(0, Math.floor(budget)))) step.carryOut(plan);
  return plan;
}

/** How many orders a plan touches. */
export function sizeOf({ cancels, retreats, advances, places }: LadderPlan): number {
  return cancels.length + retreats.length + advances.length + places.length;
}

/** Prices of one side, best first: multiples of the step that are at least half a step away from the centre. */
export function wishedPrices(step: number, side: Side, centre: number): number[] {
  const away = side === 'BUY' ? -1 : 1;
  const nearest = (centre + (away * step) / 2) / step;
  const best = side === 'BUY' ? Math.floor(nearest) : Math.ceil(nearest);
  return Array.from({ length: LADDER_LEVELS }, (_, depth) => (best + away * depth) * step).filter(
    (price) => price > 0,
  );
}

function planSide(
  market: Market,
  side: Side,
  wished: readonly number[],
  quotes: readonly Quote[],
  random: Random,
): Step[] {
  const depthOf = new Map(wished.map((price, depth) => [price, depth]));
  const kept = new Map<number, Quote>();
  const extra: Quote[] = [];
  for (const quote of quotes) {
    if (quote.side !== side) continue;
    if (depthOf.has(quote.price) && !kept.has(quote.price)) kept.set(quote.price, quote);
    else extra.push(quote);
  }
  const better = side === 'BUY' ? -1 : 1;
  extra.sort((a, b) => (a.price - b.price) * better);
  const missing = wished.filter((price) => !kept.has(price));
  const sizeAt = (depth: number): number =>
    Math.max(
      1,
      Math.round(random.logNormal(market.size * (0.5 + SIZE_GROWTH * depth) + 0.5, SIZE_DEVIATION)),
    );
  const best = wished[0] ?? 0;
  const steps: Step[] = [];
  for (const quote of extra) {
    const tooGood = (best - quote.price) * better > 0;
    const price = tooGood ? missing.pop() : missing.shift();
    const depth = price === undefined ? OUTERMOST : (depthOf.get(price) ?? OUTERMOST);
    const urgency = tooGood ? -1 : depth;
    if (price === undefined) {
      steps.push({ urgency, carryOut: (plan) => plan.cancels.push(quote.id) });
      continue;
    }
    const change = { id: quote.id, price, quantity: quote.filled + sizeAt(depth) };
    steps.push({
      urgency,
      carryOut: (plan) => (tooGood ? plan.retreats : plan.advances).push(change),
    });
  }
  for (const price of missing) {
    const depth = depthOf.get(price) ?? OUTERMOST;
    const place = { side, price, quantity: sizeAt(depth) };
    steps.push({ urgency: depth, carryOut: (plan) => plan.places.push(place) });
  }
  for (const [price, quote] of kept) {
    const depth = depthOf.get(price) ?? OUTERMOST;
    if (quote.remaining >= REFILL_BELOW * market.size * (0.5 + SIZE_GROWTH * depth)) continue;
    const change = { id: quote.id, price, quantity: quote.filled + sizeAt(depth) };
    steps.push({ urgency: depth + 3, carryOut: (plan) => plan.advances.push(change) });
  }
  return steps;
}
