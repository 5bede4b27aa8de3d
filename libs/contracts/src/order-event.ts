import type { OrderStatus } from './order-status';

/** Kafka topics (a deployment may put a prefix before them). Events are keyed by item. */
export const ORDER_EVENTS_TOPIC = 'order.events';
export const ORDER_EVENTS_DLQ_TOPIC = 'order.events.dlq';

export interface EventOrder {
  id: number;
  user_id: number;
  item: string;
  amount: string;
  status: OrderStatus;
  /** When the order was placed, ISO 8601 with milliseconds, UTC. */
  created_at: string;
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

export type OrderEvent = OrderPlaced | OrderCancelRequested;

/** Why a message can not be handled and goes to the dead-letter topic. A closed list. */
export type DeadLetterReason =
  | 'NOT_JSON'
  | 'NOT_AN_OBJECT'
  | 'UNKNOWN_TYPE'
  | 'INVALID_ORDER'
  | 'INVALID_TIME'
  | 'UNKNOWN_ORDER';

/** What the matcher needs of an order event; members it does not know are ignored. */
export interface DecodedOrderEvent {
  type: OrderEvent['type'];
  orderId: number;
  /** When the order was placed, ms since the epoch; null where the event does not say. */
  createdAtMs: number | null;
  requestId: string | null;
}

export type DecodeResult =
  { ok: true; event: DecodedOrderEvent } | { ok: false; reason: DeadLetterReason };

const REQUEST_ID = /^[\x21-\x7e]{1,128}$/;

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
  const { type, order } = json;
  if (type !== 'ORDER_PLACED' && type !== 'ORDER_CANCEL_REQUESTED') {
    return { ok: false, reason: 'UNKNOWN_TYPE' };
  }
  const orderId = isRecord(order) ? readOrderId(order.id) : null;
  if (!isRecord(order) || orderId === null) return { ok: false, reason: 'INVALID_ORDER' };
  const createdAtMs = order.created_at === undefined ? null : readTime(order.created_at);
  if (Number.isNaN(createdAtMs)) return { ok: false, reason: 'INVALID_TIME' };
  const requestId =
    typeof json.request_id === 'string' && REQUEST_ID.test(json.request_id)
      ? json.request_id
      : null;
  return { ok: true, event: { type, orderId, createdAtMs, requestId } };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readOrderId(value: unknown): number | null {
  const id = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? id : null;
}

/** @returns ms since the epoch, or NaN when the value is not a time. */
function readTime(value: unknown): number {
  return typeof value === 'string' ? Date.parse(value) : Number.NaN;
}
