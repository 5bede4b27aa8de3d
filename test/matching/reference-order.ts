import {
  OrderType,
  Side,
  type PlaceOrder,
  type SelfTradePrevention,
  type TimeInForce,
} from '@app/matching';

/** An order as the reference keeps it; one object from acceptance to its end. */
export interface ReferenceOrder {
  readonly orderId: number;
  readonly market: number;
  readonly ownerId: number;
  readonly side: Side;
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  readonly selfTradePrevention: SelfTradePrevention;
  readonly postOnly: boolean;
  /** 0: everything is shown. */
  readonly displayLots: number;
  readonly stopTicks: number;
  /** 0: never. */
  readonly expiresAtMs: number;
  /** Orders of a market in the order in which they were accepted. */
  readonly arrival: number;
  readonly byAmount: boolean;
  /** 0 for an order without a limit. */
  priceTicks: number;
  /** The total: filled + remaining. Shrinks with amends and decrements. */
  quantityLots: number;
  filledLots: number;
  remainingLots: number;
  /** What is left of an order by amount, in ticks × lots. */
  amountLeft: number;
  /** The slice in the public book; 0 unless the order rests. */
  visibleLots: number;
  /** Its last trade was its end. */
  filled: boolean;
  /** Set when self-trade prevention has ended the incoming order: what its `cancelled` says is left. */
  selfTraded?: number;
}

/** An order as it has just been accepted. */
export function newOrder(
  order: Readonly<PlaceOrder>,
  market: number,
  arrival: number,
): ReferenceOrder {
  return {
    orderId: order.orderId,
    market,
    ownerId: order.ownerId,
    side: plain(order.side),
    type: plain(order.type),
    timeInForce: plain(order.timeInForce),
    selfTradePrevention: plain(order.selfTradePrevention),
    postOnly: order.postOnly,
    // §2: a display quantity equal to the quantity is no iceberg.
    displayLots: order.displayLots === order.quantityLots ? 0 : plain(order.displayLots),
    stopTicks: plain(order.stopTicks),
    expiresAtMs: plain(order.expiresAtMs),
    arrival,
    byAmount: order.amountTickLots > 0,
    priceTicks: plain(order.priceTicks),
    quantityLots: plain(order.quantityLots),
    filledLots: 0,
    remainingLots: plain(order.quantityLots),
    amountLeft: plain(order.amountTickLots),
    visibleLots: 0,
    filled: false,
  };
}

/** A 0 that was given as −0 is 0. */
export function plain<T extends number>(value: T): T {
  return (value + 0) as T;
}

export function isStop(order: { type: OrderType }): boolean {
  return order.type === OrderType.Stop || order.type === OrderType.StopLimit;
}

export function hasLimit(order: { type: OrderType }): boolean {
  return order.type === OrderType.Limit || order.type === OrderType.StopLimit;
}

/** The slice that an order shows when it joins the tail of a queue. */
export function sliceOf(order: ReferenceOrder): number {
  if (order.displayLots === 0) return order.remainingLots;
  return Math.min(order.displayLots, order.remainingLots);
}

export function other(side: Side): Side {
  return side === Side.Buy ? Side.Sell : Side.Buy;
}

/** Would an order of this side with this limit trade with an opposite order at this price? */
export function crosses(side: Side, limitTicks: number, oppositeTicks: number): boolean {
  return side === Side.Buy ? limitTicks >= oppositeTicks : limitTicks <= oppositeTicks;
}

/** How many whole lots an incoming order still wants at this price. */
export function wantedLots(taker: ReferenceOrder, priceTicks: number): number {
  if (!taker.byAmount) return taker.remainingLots;
  return (taker.amountLeft - (taker.amountLeft % priceTicks)) / priceTicks;
}
