// What a caller may ask of the engine. Every number is an integer: prices in ticks, quantities in lots,
// times in milliseconds since 1970; 0 stands for "not given" wherever a field is optional.

/** The two sides of a market. */
export const Side = { Buy: 0, Sell: 1 } as const;
export type Side = (typeof Side)[keyof typeof Side];

export const OrderType = { Limit: 0, Market: 1, Stop: 2, StopLimit: 3 } as const;
export type OrderType = (typeof OrderType)[keyof typeof OrderType];

export const TimeInForce = { Gtc: 0, Ioc: 1, Fok: 2, Gtd: 3, Day: 4 } as const;
export type TimeInForce = (typeof TimeInForce)[keyof typeof TimeInForce];

/** What happens when an incoming order meets a resting one of the same owner. The incoming order's mode decides. */
export const SelfTradePrevention = {
  None: 0,
  CancelNewest: 1,
  CancelOldest: 2,
  CancelBoth: 3,
  Decrement: 4,
} as const;
export type SelfTradePrevention = (typeof SelfTradePrevention)[keyof typeof SelfTradePrevention];

/** What a market takes: everything; nothing; cancels alone; cancels, and limit orders that rest without a trade. */
export const MarketState = { Trading: 0, Halted: 1, CancelOnly: 2, PostOnly: 3 } as const;
export type MarketState = (typeof MarketState)[keyof typeof MarketState];

/**
 * One order to place. The engine reads it during the call and keeps no reference, so a caller may fill
 * the same instance again and again; the defaults are a GTC limit order without any flag.
 * Every number is a safe integer; which combinations are taken: docs/matching-rules.md §2.
 */
export class PlaceOrder {
  /** 1 … 2^53 − 1, never used before in this engine. */
  orderId = 0;
  /** 1 … 2^53 − 1: whose order it is, for self-trade prevention and mass cancels. */
  ownerId = 0;
  side: Side = Side.Buy;
  type: OrderType = OrderType.Limit;
  timeInForce: TimeInForce = TimeInForce.Gtc;
  selfTradePrevention: SelfTradePrevention = SelfTradePrevention.None;
  postOnly = false;
  /** Lots, ≥ 1; 0 for a MARKET order by amount. */
  quantityLots = 0;
  /** Limit in ticks, ≥ 1, for LIMIT and STOP_LIMIT; otherwise 0. */
  priceTicks = 0;
  /** Trigger in ticks, ≥ 1, for STOP and STOP_LIMIT; otherwise 0. */
  stopTicks = 0;
  /** Lots shown at a time, 1 … quantityLots, for an iceberg; otherwise 0. */
  displayLots = 0;
  /** Money to spend or to raise, in ticks × lots, for a MARKET order by amount; otherwise 0. */
  amountTickLots = 0;
  /** When a GTD or DAY order ends, ms since 1970; otherwise 0. */
  expiresAtMs = 0;
}

/** What a market accepts, checked when an order comes in or is amended; orders that rest already stay. */
export interface MarketRules {
  /** Band for limit and stop prices, in ticks, both ends included. */
  minPriceTicks: number;
  maxPriceTicks: number;
  /** Limits for the quantity of an order, in lots, both ends included. */
  minQuantityLots: number;
  maxQuantityLots: number;
}

/** Rules that refuse nothing but what no book can hold. */
export const OPEN_RULES: Readonly<MarketRules> = {
  minPriceTicks: 1,
  maxPriceTicks: Number.MAX_SAFE_INTEGER,
  minQuantityLots: 1,
  maxQuantityLots: Number.MAX_SAFE_INTEGER,
};

/** The kinds of commands, as refusals name them. */
export const CommandKind = {
  Place: 0,
  Cancel: 1,
  CancelAll: 2,
  Amend: 3,
  Expire: 4,
  SetState: 5,
  SetRules: 6,
} as const;
export type CommandKind = (typeof CommandKind)[keyof typeof CommandKind];

/** A command as a value, for journals and replays: `execute` in execute.ts applies one. */
export type Command =
  | { kind: typeof CommandKind.Place; order: Readonly<PlaceOrder> }
  | { kind: typeof CommandKind.Cancel; orderId: number }
  | { kind: typeof CommandKind.CancelAll; ownerId: number }
  | {
      kind: typeof CommandKind.Amend;
      orderId: number;
      /** New limit in ticks, 0 to keep it. */
      priceTicks: number;
      /** New total in lots, the filled part included; 0 to keep it. */
      quantityLots: number;
    }
  | { kind: typeof CommandKind.Expire; nowMs: number }
  | { kind: typeof CommandKind.SetState; state: MarketState }
  | { kind: typeof CommandKind.SetRules; rules: Readonly<MarketRules> };
