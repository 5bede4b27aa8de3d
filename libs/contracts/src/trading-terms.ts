/** The words of book orders and markets, on the wire and in the store. Closed lists; order is that of the engine's codes. */
export const ORDER_SIDES = ['BUY', 'SELL'] as const;
export type OrderSide = (typeof ORDER_SIDES)[number];

export const ORDER_TYPES = ['LIMIT', 'MARKET', 'STOP', 'STOP_LIMIT'] as const;
export type OrderType = (typeof ORDER_TYPES)[number];

export const TIMES_IN_FORCE = ['GTC', 'IOC', 'FOK', 'GTD', 'DAY'] as const;
export type TimeInForce = (typeof TIMES_IN_FORCE)[number];

export const SELF_TRADE_PREVENTIONS = [
  'NONE',
  'CANCEL_NEWEST',
  'CANCEL_OLDEST',
  'CANCEL_BOTH',
  'DECREMENT',
] as const;
export type SelfTradePrevention = (typeof SELF_TRADE_PREVENTIONS)[number];

export const MARKET_STATES = ['TRADING', 'HALTED', 'CANCEL_ONLY', 'POST_ONLY'] as const;
export type MarketState = (typeof MARKET_STATES)[number];

/** The quantity of an iceberg is at most so many times what it shows (docs/matching-rules.md §5). */
export const MAX_ICEBERG_SLICES = 100_000;
