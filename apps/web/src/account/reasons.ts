import type { BookOrder } from './schemas';

type Reason = NonNullable<BookOrder['reason']>;

/** Why an order ended otherwise than filled, in words that follow a colon. */
export const REASONS: Record<Reason, string> = {
  USER: 'by its user',
  IOC_REMAINDER: 'nothing more at that price (IOC)',
  NO_LIQUIDITY: 'nothing left to trade with',
  SELF_TRADE: 'self-trade prevention',
  AMOUNT_BELOW_ONE_LOT: 'the amount buys no further lot',
  AMENDED_BELOW_FILLED: 'amended to what was filled',
  EXPIRED: 'its time was over',
  POST_ONLY_WOULD_CROSS: 'post-only, and it would have crossed',
  FOK_UNFILLABLE: 'not all of it could be filled (FOK)',
  HALTED: 'the market is halted',
  CANCEL_ONLY: 'the market takes cancels only',
  POST_ONLY: 'the market takes resting orders only',
  PRICE_OUT_OF_BAND: 'the price is outside the market’s band',
  QUANTITY_TOO_SMALL: 'the quantity is below the market’s least',
  QUANTITY_TOO_LARGE: 'the quantity is above the market’s most',
  NOTIONAL_TOO_LARGE: 'price × quantity is too large',
  OPEN_QUANTITY_LIMIT: 'too much is open on this side of the market',
  ORDER_LIMIT: 'the market has too many orders',
  UNSUPPORTED_COMBINATION: 'there is no such order',
  INVALID_DISPLAY_QUANTITY: 'too many slices for the shown quantity',
};
