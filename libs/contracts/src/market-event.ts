import type { OrderReason } from './order-reason';
import type { OrderStatus } from './order-status';
import type { MarketState, OrderSide } from './trading-terms';

/** What happened in markets, by the matcher. Keyed by item. */
export const MARKET_EVENTS_TOPIC = 'market.events';

/** One fill, at the maker's price. */
export interface EventTrade {
  /** 1, 2, 3, … without a gap in each item. */
  trade_id: number;
  sequence: number;
  price: string;
  quantity: string;
  taker_side: OrderSide;
  maker_order_id: number;
  taker_order_id: number;
  executed_at: string;
}

/** A price level as it is from now on; quantity "0" and no orders: it is gone. */
export interface EventLevel {
  side: OrderSide;
  price: string;
  quantity: string;
  orders: number;
}

/** What an update means for one order; the row has all of it. */
export interface EventOrderUpdate {
  id: number;
  user_id: number;
  /** Null: as before. */
  status: OrderStatus | null;
  reason: OrderReason | null;
  /** What was filled in this update. */
  filled_quantity: string;
}

/**
 * What one commit of the matcher changed in one market. Sequences are the market's: an update takes a reader from
 * `prev_seq` to `seq`; one who stands elsewhere has missed something, or has it already.
 */
export interface MarketUpdate {
  type: 'MARKET_UPDATED';
  event_id: string;
  /** ISO 8601 with milliseconds, UTC. */
  occurred_at: string;
  item: string;
  prev_seq: number;
  seq: number;
  state: MarketState;
  trades: EventTrade[];
  /** The last state of each level that changed. */
  levels: EventLevel[];
  orders: EventOrderUpdate[];
}
