export { AmendOrderDto } from './amend-order.dto';
export { formatAmount, parseAmount } from './amount';
export { API_ID, API_INSTANT, API_ITEM } from './api-members';
export { BookOrderDto } from './book-order.dto';
export { CANDLE_INTERVALS, CandleDto, type CandleInterval, TickerDto } from './candle.dto';
export { CLIENT_TOKEN_PATTERN, isClientToken } from './client-token';
export { CreateBookOrderDto } from './create-book-order.dto';
export {
  DEFAULT_LOT_SIZE,
  DEFAULT_TICK_SIZE,
  divideHalfEven,
  formatAverage,
  formatExactMoney,
  formatMoney,
  formatMultiple,
  formatShortest,
  formatUnit,
  MAX_UNIT_SCALE,
  parseMultiple,
  parseUnit,
  type ParsedDecimal,
  type Unit,
} from './decimal';
export { CreateOrderDto } from './create-order.dto';
export { parseId } from './id';
export { parseInstant } from './instant';
export { isItem, ITEM_MAX_CODE_POINTS } from './item';
export {
  MARKET_EVENTS_TOPIC,
  type EventLevel,
  type EventOrderUpdate,
  type EventTrade,
  type MarketUpdate,
} from './market-event';
export { MarketDto, PutMarketDto } from './market.dto';
export { BookLevelDto, OrderBookDto } from './order-book.dto';
export {
  decodeOrderEvent,
  ORDER_EVENTS_DLQ_TOPIC,
  ORDER_EVENTS_TOPIC,
  type DeadLetterReason,
  type DecodedEvent,
  type DecodedMarketChange,
  type DecodedMarketTime,
  type DecodedOrderEvent,
  type EventMarket,
  type EventOrder,
  type MarketChanged,
  type MarketTimeReached,
  type OrderAmendRequested,
  type OrderCancelRequested,
  type OrderEvent,
  type OrderPlaced,
} from './order-event';
export {
  CancelAllResultDto,
  CreateOrderBatchDto,
  MAX_BATCH,
  OrderBatchResultDto,
  OrderBatchResultsDto,
} from './order-batch.dto';
export { OrderDto } from './order.dto';
export { isOrderReason, ORDER_REASONS, type OrderReason } from './order-reason';
export { isWorking, ORDER_STATUSES, type OrderStatus } from './order-status';
export { PositionDto, PositionsDto } from './position.dto';
export { PROBLEM_STATUS, type Problem, type ProblemCode, type ProblemError } from './problem-code';
export { ProblemDto, ProblemErrorDto } from './problem.dto';
export { SettingsDto } from './settings.dto';
export {
  STREAM_CLOSE_CODES,
  STREAM_ERROR_CODES,
  type StreamBook,
  type StreamErrorCode,
  type StreamLevel,
  type StreamMessage,
  type StreamOrders,
  type StreamPayload,
  type StreamRequest,
} from './stream-message';
export { OwnTradeDto, TRADE_ROLES, TradeDto, type TradeRole } from './trade.dto';
export {
  MARKET_STATES,
  MAX_ICEBERG_SLICES,
  ORDER_SIDES,
  ORDER_TYPES,
  SELF_TRADE_PREVENTIONS,
  TIMES_IN_FORCE,
  type MarketState,
  type OrderSide,
  type OrderType,
  type SelfTradePrevention,
  type TimeInForce,
} from './trading-terms';
export { toUnits, type Units } from './units';
