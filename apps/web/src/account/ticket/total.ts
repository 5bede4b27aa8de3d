import { decimalsOf, format, multiply } from '../decimal';
import { readMultiple } from '../number-entry';
import { type MarketRules, unit } from './check-ticket';
import type { Draft } from './draft';
import { hasPrice } from './fields';

/**
 * Price × quantity with all its digits. Null while one of them is missing, and for orders without a limit: what those
 * cost only the book will tell.
 */
export function totalOf(draft: Draft, rules: MarketRules): string | null {
  if (!hasPrice(draft.kind)) return null;
  const tick = unit(rules.tick_size);
  const price = readMultiple(draft.price, '', tick, 'tick');
  const quantity = readMultiple(draft.quantity, '', unit(rules.lot_size), 'lot');
  if (!price.ok || !quantity.ok) return null;
  return format(multiply(price.value, quantity.value), Math.max(2, decimalsOf(tick)));
}
