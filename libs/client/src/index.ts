export { createClient, type ClientOptions, type TradeFlowClient } from './client';
export type { components, paths } from './api-schema';
export type {
  BookView,
  CandleInterval,
  Level,
  StreamStatus,
  Subscription,
  TradeFlowStream,
  WebSocketConstructor,
} from './stream';
