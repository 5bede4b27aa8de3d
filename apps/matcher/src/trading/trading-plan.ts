import type { MarketUpdate, OrderReason, OrderSide, OrderStatus } from '@app/contracts';
import type { MarketRules, MarketState } from '@app/matching';
import type { Candle } from './candle';
import type { Position } from './position';

/** What a batch changes in the row of one order. Null: the column stays as it is. */
export interface OrderChange {
  orderId: number;
  userId: number;
  item: string;
  status: OrderStatus | null;
  reason: OrderReason | null;
  /** Lots, and ticks × lots, to add. */
  filledLots: number;
  notional: bigint;
  priceTicks: number | null;
  quantityLots: number | null;
  /** To add to the quantity, after it was set. */
  quantityChange: number;
  visibleLots: number;
  acceptedSequence: number | null;
  queueSequence: number | null;
  triggered: boolean;
  commandSequence: number | null;
}

export interface TradeRow {
  item: string;
  tradeId: number;
  sequence: number;
  priceTicks: number;
  quantityLots: number;
  makerOrderId: number;
  takerOrderId: number;
  makerUserId: number;
  takerUserId: number;
  takerSide: OrderSide;
  executedAtMs: number;
}

/** A book as it is after a batch. */
export interface BookChange {
  item: string;
  /** What the row must have; null where there is none yet. */
  expectedSequence: number | null;
  sequence: number;
  tradeId: number;
  lastPriceTicks: number;
  clockMs: number;
  state: MarketState;
  rules: Readonly<MarketRules>;
  commandSequence: number;
}

export interface PositionChange extends Position {
  userId: number;
  item: string;
}

/** Everything that the book orders of a batch change: it is written in one transaction, or forgotten. */
export interface TradingPlan {
  orders: OrderChange[];
  trades: TradeRow[];
  books: BookChange[];
  positions: PositionChange[];
  candles: Candle[];
  updates: MarketUpdate[];
  /** Users whose orders change. */
  userIds: number[];
}

/** Plans of different partitions, which have no row in common, as one. */
export function joinPlans(plans: readonly TradingPlan[]): TradingPlan {
  return {
    orders: plans.flatMap((plan) => plan.orders),
    trades: plans.flatMap((plan) => plan.trades),
    books: plans.flatMap((plan) => plan.books),
    positions: plans.flatMap((plan) => plan.positions),
    candles: plans.flatMap((plan) => plan.candles),
    updates: plans.flatMap((plan) => plan.updates),
    userIds: plans.flatMap((plan) => plan.userIds),
  };
}
