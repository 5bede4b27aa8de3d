export { createClient, type ClientOptions, type TradeFlowClient } from './client';
export { createStream } from './live-stream';
export type { components, paths } from './api-schema';
export type {
  BookView,
  CandleInterval,
  Level,
  StreamError,
  StreamOptions,
  StreamStatus,
  Subscription,
  TradeFlowStream,
  WebSocketConstructor,
  WebSocketLike,
} from './stream';
