import type { components } from './api-schema';

type Schemas = components['schemas'];

export type CandleInterval = '1s' | '1m' | '5m' | '15m' | '30m' | '1h' | '4h' | '1d';

/**
 * `idle`: nothing is followed yet. `connecting`: for the first time. `open`: connected, what is followed is live or asked
 * for. `reconnecting`: the connection is lost, or did not come about, and is tried again. `closed`: by `close()`.
 */
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

/**
 * - A code of the server (docs/streams.md §4). After `STORE_UNAVAILABLE` and `INTERNAL_ERROR` the channel is asked for
 *   again, with growing pauses; any other one stays refused until the next connection or the next subscription.
 * - `GAP`, `CHECKSUM`: a message was missing, or the copy of a book was not the server's; asked for anew.
 * - `INVALID_MESSAGE`: also what the server sent and was not understood.
 * - `SLOW_CONSUMER`, `TRY_AGAIN_LATER`, `MESSAGE_TOO_BIG`: why the server closed the connection; it is opened again.
 */
export interface StreamError {
  code: string;
  detail: string;
  channel?: string;
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
  /** What was refused or went wrong; what can be mended is being mended. See `StreamError`. */
  onError(listener: (error: StreamError) => void): () => void;
  book(item: string, listener: (book: BookView) => void): Subscription;
  /**
   * Every trade once, in order, across reconnects and restarts of the server.
   * @param listener `trades`, oldest first; `reset` when they replace all that came before.
   * @param options `fromSeq`: the `trade_id` behind which all are wanted; left out: the last 50, then what comes.
   * @throws RangeError when `fromSeq` is no integer from 0.
   */
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
  /**
   * All live orders of these users (20 at most) are cancelled whenever the connection ends, also when it comes back at
   * once. From now on, and on every connection after this one; an empty list switches it off.
   */
  cancelOnDisconnect(userIds: readonly number[]): void;
  /** For good: nothing is told any more, no timer is left, and subscribing throws. */
  close(): void;
}

export interface StreamOptions {
  /** `ws://localhost:8000/stream` */
  url: string;
  WebSocket?: WebSocketConstructor;
}
