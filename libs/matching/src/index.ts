export { MatchingEngine, type EngineOptions } from './matching-engine';
export type { OrderState } from './reads';
export type { OrderRecord } from './order-record';
export type { EngineSnapshot, MarketSnapshot } from './snapshot';
export {
  COMMAND_KINDS,
  CommandKind,
  MARKET_STATES,
  MarketState,
  OPEN_RULES,
  ORDER_TYPES,
  OrderType,
  PlaceOrder,
  SELF_TRADE_PREVENTIONS,
  SIDES,
  SelfTradePrevention,
  Side,
  TIMES_IN_FORCE,
  TimeInForce,
  type Command,
  type MarketRules,
} from './commands';
export { EffectCursor, EffectLog, readEffects } from './effect-log';
export { EffectKind, describeEffect, type Effect } from './effects';
export { REASONS, Reason } from './reasons';
