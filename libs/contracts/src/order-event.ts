import { isItem } from './item';
import type { OrderStatus } from './order-status';
import { parseUnit, type Unit } from './decimal';
import {
  MARKET_STATES,
  type MarketState,
  type OrderSide,
  type OrderType,
  type SelfTradePrevention,
  type TimeInForce,
} from './trading-terms';

/** Kafka topics (a deployment may put a prefix before them). Events are keyed by item. */
export const ORDER_EVENTS_TOPIC = 'order.events';
export const ORDER_EVENTS_DLQ_TOPIC = 'order.events.dlq';

/** An order as events carry it. A plain order has none of the members from `side` on. Decimals are strings. */
export interface EventOrder {
  id: number;
  user_id: number;
  item: string;
  /** Of a plain order, and of a MARKET order by amount: what it spends or raises at most. */
  amount?: string;
  status: OrderStatus;
  /** When the order was placed, ISO 8601 with milliseconds, UTC. */
  created_at: string;
  side?: OrderSide;
  type?: OrderType;
  time_in_force?: TimeInForce;
  price?: string;
  quantity?: string;
  stop_price?: string;
  display_quantity?: string;
  post_only?: boolean;
  self_trade_prevention?: SelfTradePrevention;
  expires_at?: string;
  client_order_id?: string;
}

/** What an operator sets for an item; a bound that is left out does not hold. */
export interface EventMarket {
  item: string;
  tick_size: string;
  lot_size: string;
  min_price?: string;
  max_price?: string;
  min_quantity?: string;
  max_quantity?: string;
  state: MarketState;
}

interface OrderEventBase {
  event_id: string;
  /** ISO 8601 with milliseconds, UTC. */
  occurred_at: string;
  /** Id of the HTTP request that caused the event. */
  request_id?: string;
}

/** An order was stored; the matcher is to fill it. */
export interface OrderPlaced extends OrderEventBase {
  type: 'ORDER_PLACED';
  order: EventOrder;
}

/** A client asks to cancel an order that was working when it asked. */
export interface OrderCancelRequested extends OrderEventBase {
  type: 'ORDER_CANCEL_REQUESTED';
  order: EventOrder;
}

/** A client asks to change a book order that was working when it asked; at least one of the two is given. */
export interface OrderAmendRequested extends OrderEventBase {
  type: 'ORDER_AMEND_REQUESTED';
  order: EventOrder;
  amend: {
    price?: string;
    /** The new total, its filled part included. */
    quantity?: string;
  };
}

/** An operator has set state and rules of a market. */
export interface MarketChanged extends OrderEventBase {
  type: 'MARKET_CHANGED';
  market: EventMarket;
}

/** Orders of a market have reached their end: `time` is what the market's clock shows from now on. */
export interface MarketTimeReached extends OrderEventBase {
  type: 'MARKET_TIME_REACHED';
  market: { item: string };
  /** ISO 8601 with milliseconds, UTC. */
  time: string;
}

export type OrderEvent =
  OrderPlaced | OrderCancelRequested | OrderAmendRequested | MarketChanged | MarketTimeReached;

/** Why a message can not be handled and goes to the dead-letter topic. A closed list. */
export type DeadLetterReason =
  | 'NOT_JSON'
  | 'NOT_AN_OBJECT'
  | 'UNKNOWN_TYPE'
  | 'INVALID_ORDER'
  | 'INVALID_TIME'
  | 'INVALID_AMEND'
  | 'INVALID_MARKET'
  | 'UNKNOWN_ORDER';

interface Decoded {
  requestId: string | null;
  /** When it happened, ms since the epoch; null where the event does not say. */
  occurredAtMs: number | null;
  /** Place in the order in which events were written; null where the event does not say. */
  sequence: number | null;
}

/** What the matcher needs of an order event; members it does not know are ignored. */
export interface DecodedOrderEvent extends Decoded {
  type: 'ORDER_PLACED' | 'ORDER_CANCEL_REQUESTED' | 'ORDER_AMEND_REQUESTED';
  orderId: number;
  /** Whether it is an order of the book: it has a side. */
  isBook: boolean;
  /** When the order was placed, ms since the epoch; null where the event does not say. */
  createdAtMs: number | null;
  /** Decimal texts of an amend, null where it keeps what is. */
  price: string | null;
  quantity: string | null;
}

export interface DecodedMarketChange extends Decoded {
  type: 'MARKET_CHANGED';
  item: string;
  tick: Unit;
  lot: Unit;
  state: MarketState;
  /** Decimal texts, null where there is no bound. */
  minPrice: string | null;
  maxPrice: string | null;
  minQuantity: string | null;
  maxQuantity: string | null;
}

export interface DecodedMarketTime extends Decoded {
  type: 'MARKET_TIME_REACHED';
  item: string;
  timeMs: number;
}

export type DecodedEvent = DecodedOrderEvent | DecodedMarketChange | DecodedMarketTime;

export type DecodeResult =
  { ok: true; event: DecodedEvent } | { ok: false; reason: DeadLetterReason };

const REQUEST_ID = /^[\x21-\x7e]{1,128}$/;
const SEQUENCE = /^\d{1,16}$/;

/**
 * Reads one message of `order.events`. Never throws: what it can't read has a reason.
 * @param value the message's value: UTF-8 JSON text, or null for a Kafka tombstone.
 */
export function decodeOrderEvent(value: string | null): DecodeResult {
  let json: unknown;
  try {
    json = JSON.parse(value ?? '');
  } catch {
    return { ok: false, reason: 'NOT_JSON' };
  }
  if (!isRecord(json)) return { ok: false, reason: 'NOT_AN_OBJECT' };
  switch (json.type) {
    case 'ORDER_PLACED':
    case 'ORDER_CANCEL_REQUESTED':
    case 'ORDER_AMEND_REQUESTED':
      return decodeOrder(json.type, json);
    case 'MARKET_CHANGED':
      return decodeMarketChange(json);
    case 'MARKET_TIME_REACHED':
      return decodeMarketTime(json);
    default:
      return { ok: false, reason: 'UNKNOWN_TYPE' };
  }
}

function decodeOrder(type: DecodedOrderEvent['type'], json: Record<string, unknown>): DecodeResult {
  const { order } = json;
  const orderId = isRecord(order) ? readOrderId(order.id) : null;
  if (!isRecord(order) || orderId === null) return { ok: false, reason: 'INVALID_ORDER' };
  const createdAtMs = order.created_at === undefined ? null : readTime(order.created_at);
  if (Number.isNaN(createdAtMs)) return { ok: false, reason: 'INVALID_TIME' };
  const isBook = order.side !== undefined;
  const amend = type === 'ORDER_AMEND_REQUESTED' ? json.amend : {};
  if (!isRecord(amend)) return { ok: false, reason: 'INVALID_AMEND' };
  const price = readDecimal(amend.price);
  const quantity = readDecimal(amend.quantity);
  if (price === undefined || quantity === undefined) return { ok: false, reason: 'INVALID_AMEND' };
  return {
    ok: true,
    event: { type, orderId, isBook, createdAtMs, price, quantity, ...decodeBase(json) },
  };
}

function decodeMarketChange(json: Record<string, unknown>): DecodeResult {
  const { market } = json;
  const faulty: DecodeResult = { ok: false, reason: 'INVALID_MARKET' };
  if (!isRecord(market) || !isItem(market.item)) return faulty;
  const tick = parseUnit(market.tick_size);
  const lot = parseUnit(market.lot_size);
  const state = MARKET_STATES.find((each) => each === market.state);
  const minPrice = readDecimal(market.min_price);
  const maxPrice = readDecimal(market.max_price);
  const minQuantity = readDecimal(market.min_quantity);
  const maxQuantity = readDecimal(market.max_quantity);
  if (tick === null || lot === null || state === undefined) return faulty;
  if (minPrice === undefined || maxPrice === undefined) return faulty;
  if (minQuantity === undefined || maxQuantity === undefined) return faulty;
  const bounds = { minPrice, maxPrice, minQuantity, maxQuantity };
  const { item } = market;
  return {
    ok: true,
    event: { type: 'MARKET_CHANGED', item, tick, lot, state, ...bounds, ...decodeBase(json) },
  };
}

function decodeMarketTime(json: Record<string, unknown>): DecodeResult {
  const { market } = json;
  if (!isRecord(market) || !isItem(market.item)) return { ok: false, reason: 'INVALID_MARKET' };
  const timeMs = readTime(json.time);
  if (Number.isNaN(timeMs) || timeMs < 1) return { ok: false, reason: 'INVALID_TIME' };
  return {
    ok: true,
    event: { type: 'MARKET_TIME_REACHED', item: market.item, timeMs, ...decodeBase(json) },
  };
}

function decodeBase(json: Record<string, unknown>): Decoded {
  const { request_id: requestId, occurred_at: occurredAt, sequence } = json;
  const occurredAtMs = readTime(occurredAt);
  return {
    requestId: typeof requestId === 'string' && REQUEST_ID.test(requestId) ? requestId : null,
    occurredAtMs: Number.isNaN(occurredAtMs) ? null : occurredAtMs,
    sequence: typeof sequence === 'string' && SEQUENCE.test(sequence) ? Number(sequence) : null,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readOrderId(value: unknown): number | null {
  const id = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? id : null;
}

/** @returns null where there is none, undefined where it is no text. */
function readDecimal(value: unknown): string | null | undefined {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : undefined;
}

/** @returns ms since the epoch, or NaN when the value is not a time. */
function readTime(value: unknown): number {
  return typeof value === 'string' ? Date.parse(value) : Number.NaN;
}
