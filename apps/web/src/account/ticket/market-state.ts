import type { MarketState } from '../schemas';
import type { Draft } from './draft';
import { restsNot } from './fields';

/**
 * What the market's state lets through (docs/matching-rules.md §11); a plain order knows no market.
 * @returns why such an order would be refused now, or null.
 */
export function stateRefusal(
  draft: Pick<Draft, 'kind' | 'sizeBy' | 'timeInForce'>,
  state: MarketState,
): string | null {
  if (draft.kind === 'PLAIN') return null;
  switch (state) {
    case 'TRADING':
      return null;
    case 'HALTED':
      return 'The market is halted: it takes no orders now.';
    case 'CANCEL_ONLY':
      return 'The market takes cancels only.';
    case 'POST_ONLY':
      return draft.kind === 'LIMIT' && restsNot(draft) === null
        ? null
        : 'The market takes only LIMIT orders that rest (GTC, GTD, DAY).';
  }
}
