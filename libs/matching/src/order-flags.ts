import {
  OrderType,
  TimeInForce,
  type PlaceOrder,
  type SelfTradePrevention,
  Side,
} from './commands';

// What kind of order it is, in one integer: side (bit 0), type (1–2), time in force (3–5), self-trade mode (6–8),
// then single bits.
const SIDE_MASK = 1;
const TYPE_SHIFT = 1;
const TYPE_MASK = 3;
const TIME_SHIFT = 3;
const TIME_MASK = 7;
const PREVENTION_SHIFT = 6;
const PREVENTION_MASK = 7;

export const POST_ONLY = 1 << 9;
/** It shows a slice at a time: `extras` has display and slice. */
export const ICEBERG = 1 << 10;
/** It waits outside the book for its stop price. */
export const WAITING = 1 << 11;
/** It ends at a time: `extras` has it, and the order's place among the expiries. */
export const EXPIRES = 1 << 12;
/** Its record goes on in `extras`. */
export const HAS_EXTRAS = 1 << 13;
/** What is left of it may rest; otherwise it is cancelled. */
export const CAN_REST = 1 << 14;

const { Limit, StopLimit } = OrderType;
const { Ioc, Fok } = TimeInForce;

/** What of an order decides its flags. */
type FlaggedOrder = Omit<PlaceOrder, 'orderId' | 'ownerId' | 'priceTicks' | 'amountTickLots'>;

/** The flags of a GTC limit order without any flag, but for its side. */
export const PLAIN = CAN_REST;

/** The flags of a well-formed order. @param iceberg by default not if it would show everything. */
export function flagsOf(order: Readonly<FlaggedOrder>, iceberg = hidesLots(order)): number {
  const { type, timeInForce } = order;
  let flags =
    order.side |
    (type << TYPE_SHIFT) |
    (timeInForce << TIME_SHIFT) |
    (order.selfTradePrevention << PREVENTION_SHIFT);
  if (order.postOnly) flags |= POST_ONLY;
  if (iceberg) flags |= ICEBERG | HAS_EXTRAS;
  if (order.expiresAtMs !== 0) flags |= EXPIRES | HAS_EXTRAS;
  if (order.stopTicks !== 0) flags |= HAS_EXTRAS;
  if (canRest(order)) flags |= CAN_REST;
  return flags;
}

function hidesLots({ displayLots, quantityLots }: Readonly<FlaggedOrder>): boolean {
  return displayLots !== 0 && displayLots < quantityLots;
}

/** Whether what is left of the order may rest. */
export function canRest(order: Readonly<Pick<PlaceOrder, 'type' | 'timeInForce'>>): boolean {
  const { type, timeInForce } = order;
  return (type === Limit || type === StopLimit) && timeInForce !== Ioc && timeInForce !== Fok;
}

export function sideOf(flags: number): Side {
  return (flags & SIDE_MASK) as Side;
}
export function typeOf(flags: number): OrderType {
  return ((flags >> TYPE_SHIFT) & TYPE_MASK) as OrderType;
}
export function timeInForceOf(flags: number): TimeInForce {
  return ((flags >> TIME_SHIFT) & TIME_MASK) as TimeInForce;
}
export function preventionOf(flags: number): SelfTradePrevention {
  return ((flags >> PREVENTION_SHIFT) & PREVENTION_MASK) as SelfTradePrevention;
}
