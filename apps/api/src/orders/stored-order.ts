import type {
  OrderReason,
  OrderSide,
  OrderStatus,
  OrderType,
  SelfTradePrevention,
  TimeInForce,
  Units,
} from '@app/contracts';

/** What a book order asks for: prices in ticks, quantities in lots, times in ms since the epoch; null: not given. */
export interface BookTerms {
  units: Units;
  side: OrderSide;
  type: OrderType;
  timeInForce: TimeInForce;
  selfTradePrevention: SelfTradePrevention;
  postOnly: boolean;
  priceTicks: number | null;
  /** The total; null for a MARKET order by amount. */
  quantityLots: number | null;
  /** What a MARKET order by amount spends or raises at most, in ticks × lots. */
  budget: number | null;
  stopTicks: number | null;
  displayLots: number | null;
  expiresAtMs: number | null;
}

/** A valid order that is to be stored: plain with an amount, or a book order with terms. */
export interface NewOrder {
  userId: number;
  item: string;
  /** Decimal string with two decimals; null for a book order. */
  amount: string | null;
  book: BookTerms | null;
  clientOrderId: string | null;
  /** What the same request would have again; null where the client has named it in no way. */
  request: RequestIdentity | null;
}

/** `key` is unique for the user for ever; `hash` says what was asked for. */
export interface RequestIdentity {
  key: string;
  hash: string;
}

/** An order as the store has it. */
export interface StoredOrder {
  id: number;
  userId: number;
  item: string;
  amount: string | null;
  status: OrderStatus;
  reason: OrderReason | null;
  clientOrderId: string | null;
  book: BookTerms | null;
  filledLots: number;
  /** Sum of price × quantity of its trades, in ticks × lots. */
  notional: bigint;
  createdAtMs: number;
  updatedAtMs: number;
}

/** A new order as it is once it is stored. */
export function toOpenOrder(order: NewOrder, id: number, nowMs: number): StoredOrder {
  const { userId, item, amount, clientOrderId, book } = order;
  return {
    id,
    userId,
    item,
    amount,
    status: 'OPEN',
    reason: null,
    clientOrderId,
    book,
    filledLots: 0,
    notional: 0n,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  };
}
