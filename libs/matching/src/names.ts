// What the codes of commands.ts are called outside the engine, by code: `SIDES[Side.Sell] === 'SELL'`.

export const SIDES = ['BUY', 'SELL'] as const;
export const ORDER_TYPES = ['LIMIT', 'MARKET', 'STOP', 'STOP_LIMIT'] as const;
export const TIMES_IN_FORCE = ['GTC', 'IOC', 'FOK', 'GTD', 'DAY'] as const;
export const SELF_TRADE_PREVENTIONS = [
  'NONE',
  'CANCEL_NEWEST',
  'CANCEL_OLDEST',
  'CANCEL_BOTH',
  'DECREMENT',
] as const;
export const MARKET_STATES = ['TRADING', 'HALTED', 'CANCEL_ONLY', 'POST_ONLY'] as const;
export const COMMAND_KINDS = [
  'PLACE',
  'CANCEL',
  'CANCEL_ALL',
  'AMEND',
  'EXPIRE',
  'SET_STATE',
  'SET_RULES',
] as const;
