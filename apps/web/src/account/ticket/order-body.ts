import type { NewBookOrder, NewOrder } from '../schemas';
import type { Draft } from './draft';
import { type Field, fieldsOf, selfTradePreventionOf, timeInForceOf } from './fields';

/**
 * The body of `POST /orders`: only members that apply, so that nothing that is not shown is ever sent.
 * @param entries the numbers that were read, as texts.
 */
export function orderBody(
  draft: Draft,
  userId: number,
  entries: Partial<Record<Field, string>>,
): NewOrder {
  const { amount } = entries;
  const name = draft.clientOrderId === '' ? {} : { client_order_id: draft.clientOrderId };
  const base = { user_id: userId, item: draft.item, ...name };
  if (draft.kind === 'PLAIN') return { ...base, amount: amount ?? '' };
  const shown = fieldsOf(draft);
  const { price, quantity, stopPrice, displayQuantity } = entries;
  const body: NewBookOrder = {
    ...base,
    side: draft.side,
    type: draft.kind,
    ...(stopPrice === undefined ? {} : { stop_price: stopPrice }),
    ...(price === undefined ? {} : { price }),
    ...(quantity === undefined ? {} : { quantity }),
    ...(amount === undefined ? {} : { amount }),
    time_in_force: timeInForceOf(draft),
    ...(shown.has('expiresAt') ? { expires_at: new Date(draft.expiresAt).toISOString() } : {}),
    post_only: shown.has('postOnly') && draft.postOnly,
    ...(displayQuantity === undefined ? {} : { display_quantity: displayQuantity }),
    self_trade_prevention: selfTradePreventionOf(draft),
  };
  return body;
}
