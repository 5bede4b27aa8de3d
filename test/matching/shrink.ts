import { Comparison } from './comparison';
import type { Step } from './steps';

/** @returns the message of the first difference that these steps lead to, undefined if there is none. */
export function differenceOf(steps: readonly Step[], markets: number): string | undefined {
  const comparison = new Comparison(markets, undefined, true);
  try {
    for (const step of steps) comparison.run(step);
    comparison.compareAllMarkets();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** @returns as few of the steps as still lead to a difference, found within the time, ms. */
export function shrink(steps: readonly Step[], markets: number, timeMs = 10_000): Step[] {
  const until = Date.now() + timeMs;
  let kept = shortestEnd(steps, markets, until);
  for (let chunk = Math.ceil(kept.length / 2); chunk >= 1; chunk = Math.floor(chunk / 2)) {
    for (let at = kept.length - chunk; at > -chunk && Date.now() < until; at -= chunk) {
      const without = kept.filter((_, index) => index < at || index >= at + chunk);
      if (differenceOf(without, markets) !== undefined) kept = without;
    }
  }
  return kept;
}

/** The last few steps often differ without the rest; steps that name orders of before do no harm. */
function shortestEnd(steps: readonly Step[], markets: number, until: number): Step[] {
  for (let count = 1; count < steps.length && Date.now() < until; count *= 2) {
    const end = steps.slice(-count);
    if (differenceOf(end, markets) !== undefined) return end;
  }
  return [...steps];
}
