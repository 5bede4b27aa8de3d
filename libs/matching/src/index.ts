export { MatchingEngine, type EngineOptions } from './matching-engine';
export type { OrderState } from './reads';
export type { OrderRecord } from './order-record';
export type { EngineSnapshot, MarketSnapshot } from './snapshot';
export {
  CommandKind,
  MarketState,
  OPEN_RULES,
  OrderType,
  PlaceOrder,
  SelfTradePrevention,
  Side,
  TimeInForce,
  type Command,
  type MarketRules,
} from './commands';
export { EffectCursor, readEffects } from './effect-cursor';
export { EffectLog } from './effect-log';
export { EffectKind, describeEffect, type Effect } from './effects';
export { REASONS, Reason } from './reasons';
export {
  SIDES,
  ORDER_TYPES,
  TIMES_IN_FORCE,
  SELF_TRADE_PREVENTIONS,
  MARKET_STATES,
  COMMAND_KINDS,
} from './names';
