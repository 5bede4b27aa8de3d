import type { components } from './api-schema';

type Schemas = components['schemas'];

export type CandleInterval = '1s' | '1m' | '5m' | '15m' | '30m' | '1h' | '4h' | '1d';

/** `open`: everything that is followed is live. `idle`: nothing is followed yet. `closed`: by `close()`. */
export type StreamStatus = 'idle' | 'connecting' | 'open' | 'reconnecting' | 'closed';

/** A price, what is shown there, in how many orders. */
export type Level = readonly [price: string, quantity: string, orders: number];

/** A whole book, right at `seq`. A new object with every change; unchanged sides are the same array. */
export interface BookView {
  readonly item: string;
  readonly seq: number;
  readonly state: Schemas['MarketState'];
  /** Best first. */
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
}

export interface Subscription {
  /** No call comes any more. */
  close(): void;
}

/** The part of the browsers' WebSocket that is used. */
export interface WebSocketLike {
  readonly readyState: number;
  send(data: string): void;
  close(code?: number, reason?: string): void;
  onopen: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
}
export type WebSocketConstructor = new (url: string) => WebSocketLike;

/**
 * One connection for all that is followed. It is opened with the first subscription, comes back by itself (with a
 * growing, jittered pause), resumes where it stopped, and checks sequences and checksums: a copy that does not hold
 * is thrown away and asked for anew.
 */
export interface TradeFlowStream {
  readonly status: StreamStatus;
  onStatus(listener: (status: StreamStatus) => void): () => void;
  /** What the server refused (an unknown channel, a book too large): code, detail and channel. */
  onError(
    listener: (error: { code: string; detail: string; channel?: string }) => void,
  ): () => void;
  book(item: string, listener: (book: BookView) => void): Subscription;
  /** @param listener `trades`, oldest first; `reset` when they replace all that came before. */
  trades(
    item: string,
    listener: (trades: readonly Schemas['TradeDto'][], reset: boolean) => void,
    options?: { fromSeq?: number },
  ): Subscription;
  ticker(item: string, listener: (ticker: Schemas['TickerDto']) => void): Subscription;
  /** @param listener candles that changed, by `start`; `reset` when they replace all that came before. */
  candles(
    item: string,
    interval: CandleInterval,
    listener: (candles: readonly Schemas['CandleDto'][], reset: boolean) => void,
  ): Subscription;
  /** @param listener orders that changed, each whole; `reset` when they are all that can still change. */
  orders(
    userId: number,
    listener: (
      orders: readonly (Schemas['OrderDto'] | Schemas['BookOrderDto'])[],
      reset: boolean,
    ) => void,
  ): Subscription;
  /** From now on, and on every connection after this one. */
  cancelOnDisconnect(userIds: readonly number[]): void;
  close(): void;
}

export interface StreamOptions {
  /** `ws://localhost:8000/stream` */
  url: string;
  WebSocket?: WebSocketConstructor;
}

export function createStream(_options: StreamOptions): TradeFlowStream {
  throw new Error('not built yet');
}
