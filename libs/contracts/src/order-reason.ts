/**
 * Why an order ended otherwise than FILLED. A closed list: reasons are only ever added. The names are those of the
 * matching rules (docs/matching-rules.md).
 */
export const ORDER_REASONS = [
  'USER',
  'IOC_REMAINDER',
  'NO_LIQUIDITY',
  'SELF_TRADE',
  'AMOUNT_BELOW_ONE_LOT',
  'AMENDED_BELOW_FILLED',
  'EXPIRED',
  'POST_ONLY_WOULD_CROSS',
  'FOK_UNFILLABLE',
  'HALTED',
  'CANCEL_ONLY',
  'POST_ONLY',
  'PRICE_OUT_OF_BAND',
  'QUANTITY_TOO_SMALL',
  'QUANTITY_TOO_LARGE',
  'NOTIONAL_TOO_LARGE',
  'OPEN_QUANTITY_LIMIT',
  'ORDER_LIMIT',
  'UNSUPPORTED_COMBINATION',
  'INVALID_DISPLAY_QUANTITY',
] as const;

export type OrderReason = (typeof ORDER_REASONS)[number];

export function isOrderReason(text: string): text is OrderReason {
  return (ORDER_REASONS as readonly string[]).includes(text);
}
