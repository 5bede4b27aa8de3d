import { sentence } from '../answer';
import type { Problem } from '../schemas';
import type { Faults } from './check-ticket';
import type { Field } from './fields';

const FIELDS: Record<string, Field> = {
  '/item': 'item',
  '/price': 'price',
  '/quantity': 'quantity',
  '/stop_price': 'stopPrice',
  '/amount': 'amount',
  '/time_in_force': 'timeInForce',
  '/expires_at': 'expiresAt',
  '/post_only': 'postOnly',
  '/display_quantity': 'displayQuantity',
  '/self_trade_prevention': 'selfTradePrevention',
  '/client_order_id': 'clientOrderId',
};

export interface Refusal {
  readonly faults: Faults;
  /** What has no field of its own; null where the fields say it all. */
  readonly message: string | null;
  readonly code: Problem['code'];
}

/** Turns problem details into messages beside the fields. */
export function refusalOf(problem: Problem, shown: ReadonlySet<Field>): Refusal {
  const { code } = problem;
  if (code === 'DUPLICATE_REQUEST' && shown.has('clientOrderId')) {
    const taken = 'Another order has this name. Choose one that is new.';
    return { faults: { clientOrderId: taken }, message: null, code };
  }
  const faults: Faults = {};
  let rest = false;
  for (const { pointer, detail } of problem.errors ?? []) {
    const field = FIELDS[pointer];
    if (field !== undefined && shown.has(field)) faults[field] ??= sentence(detail);
    else rest = true;
  }
  const said = Object.keys(faults).length > 0 && !rest;
  return { faults, message: said ? null : sentence(problem.detail), code };
}
