import type { BookOrderDto } from './book-order.dto';
import type { CandleDto, CandleInterval, TickerDto } from './candle.dto';
import type { OrderDto } from './order.dto';
import type { TradeDto } from './trade.dto';
import type { MarketState } from './trading-terms';

/** Stable codes of a stream's error messages: never renamed. */
export const STREAM_ERROR_CODES = [
  'MALFORMED_JSON',
  'INVALID_MESSAGE',
  'UNKNOWN_OP',
  'UNKNOWN_CHANNEL',
  'INVALID_FROM_SEQ',
  'ALREADY_SUBSCRIBED',
  'NOT_SUBSCRIBED',
  'TOO_MANY_SUBSCRIPTIONS',
  'TOO_LARGE',
  'STORE_UNAVAILABLE',
  'INTERNAL_ERROR',
] as const;
export type StreamErrorCode = (typeof STREAM_ERROR_CODES)[number];

/** Why the server ends a connection (RFC 6455 §7.4; from 4000 on our own). */
export const STREAM_CLOSE_CODES = {
  GOING_AWAY: 1001,
  MESSAGE_TOO_BIG: 1009,
  TRY_AGAIN_LATER: 1013,
  SLOW_CONSUMER: 4008,
} as const;

/** What clients send. */
export type StreamRequest =
  | { op: 'subscribe'; channel: string; from_seq?: number }
  | { op: 'unsubscribe'; channel: string }
  | { op: 'cancel_on_disconnect'; user_ids: number[] }
  | { op: 'ping' };

/** A price, what is shown there ("0": it is gone), in how many orders. */
export type StreamLevel = readonly [price: string, quantity: string, orders: number];

export interface StreamBook {
  state: MarketState;
  bids: StreamLevel[];
  asks: StreamLevel[];
  /** CRC-32 of the best 25 prices of both sides. */
  checksum?: number;
}

export interface StreamOrders {
  user_id: number;
  orders: (OrderDto | BookOrderDto)[];
  /** True while further messages belong to the same answer. */
  more?: boolean;
}

/** What a channel's messages carry, by its kind. */
export type StreamPayload =
  | StreamBook
  | { trades: TradeDto[] }
  | { ticker: TickerDto }
  | { interval: CandleInterval; candles: CandleDto[] }
  | StreamOrders;

/** What the server sends. */
export type StreamMessage =
  | ({ type: 'snapshot'; channel: string; seq: number } & StreamPayload)
  | ({ type: 'delta'; channel: string; prev_seq: number; seq: number } & StreamPayload)
  | { type: 'resumed'; channel: string; seq: number }
  | { type: 'unsubscribed'; channel: string }
  | { type: 'cancel_on_disconnect'; user_ids: number[] }
  | { type: 'pong' }
  | { type: 'error'; code: StreamErrorCode; detail: string; channel?: string }
  /** The last of a stream of server-sent events. */
  | { type: 'close'; code: number; reason: string };
