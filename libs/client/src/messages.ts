import type { components } from './api-schema';
import type { CandleInterval, Level } from './stream';

type Schemas = components['schemas'];

/** Stable codes of the server's error messages. */
export type StreamErrorCode =
  | 'MALFORMED_JSON'
  | 'INVALID_MESSAGE'
  | 'UNKNOWN_OP'
  | 'UNKNOWN_CHANNEL'
  | 'INVALID_FROM_SEQ'
  | 'ALREADY_SUBSCRIBED'
  | 'NOT_SUBSCRIBED'
  | 'TOO_MANY_SUBSCRIPTIONS'
  | 'TOO_LARGE'
  | 'STORE_UNAVAILABLE'
  | 'INTERNAL_ERROR';

export type StreamRequest =
  | { op: 'subscribe'; channel: string; from_seq?: number }
  | { op: 'unsubscribe'; channel: string }
  | { op: 'cancel_on_disconnect'; user_ids: number[] }
  | { op: 'ping' };

export interface BookPayload {
  state: Schemas['MarketState'];
  bids: Level[];
  asks: Level[];
  checksum?: number;
}
export interface TradesPayload {
  trades: Schemas['TradeDto'][];
}
export interface TickerPayload {
  ticker: Schemas['TickerDto'];
}
export interface CandlesPayload {
  interval: CandleInterval;
  candles: Schemas['CandleDto'][];
}
export interface OrdersPayload {
  user_id: number;
  orders: (Schemas['OrderDto'] | Schemas['BookOrderDto'])[];
  /** True while further messages belong to the same answer. */
  more?: boolean;
}
export type Payload = BookPayload | TradesPayload | TickerPayload | CandlesPayload | OrdersPayload;

export type SnapshotMessage = { type: 'snapshot'; channel: string; seq: number } & Payload;
export type DeltaMessage = {
  type: 'delta';
  channel: string;
  prev_seq: number;
  seq: number;
} & Payload;
export interface ErrorMessage {
  type: 'error';
  code: StreamErrorCode;
  detail: string;
  channel?: string;
}

/** What the server sends. */
export type StreamMessage =
  | SnapshotMessage
  | DeltaMessage
  | { type: 'resumed'; channel: string; seq: number }
  | { type: 'unsubscribed'; channel: string }
  | { type: 'cancel_on_disconnect'; user_ids: number[] }
  | { type: 'pong' }
  | ErrorMessage
  /** The last of a stream of server-sent events. */
  | { type: 'close'; code: number; reason: string };

/** @returns the message; null where the text is none. Members of payloads are looked at by those who use them. */
export function readMessage(text: unknown): StreamMessage | null {
  const value = typeof text === 'string' ? parse(text) : null;
  if (typeof value !== 'object' || value === null) return null;
  const { type, channel, seq, prev_seq: prevSeq } = value as Record<string, unknown>;
  const isWhole =
    type === 'snapshot' || type === 'resumed'
      ? isChannel(channel) && isSequence(seq)
      : type === 'delta'
        ? isChannel(channel) && isSequence(seq) && isSequence(prevSeq)
        : typeof type === 'string';
  return isWhole ? (value as StreamMessage) : null;
}

/** Whether a channel can be resumed from it. */
export function isSequence(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isChannel(value: unknown): boolean {
  return typeof value === 'string';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
