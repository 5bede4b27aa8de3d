import { OrderType, type SelfTradePrevention, type Side, type TimeInForce } from './commands';
import type { OrderBook } from './order-book';
import {
  HAS_EXTRAS,
  ICEBERG,
  POST_ONLY,
  WAITING,
  preventionOf,
  sideOf,
  timeInForceOf,
  typeOf,
} from './order-flags';

/** A live order as plain values: prices in ticks, quantities in lots, times in ms; 0 where it has none. */
export interface OrderRecord {
  orderId: number;
  ownerId: number;
  side: Side;
  type: OrderType;
  timeInForce: TimeInForce;
  selfTradePrevention: SelfTradePrevention;
  postOnly: boolean;
  /** The total, its filled part included. */
  quantityLots: number;
  remainingLots: number;
  /** What the public book shows of it: less than what remains of an iceberg, 0 of a waiting stop. */
  visibleLots: number;
  priceTicks: number;
  stopTicks: number;
  displayLots: number;
  expiresAtMs: number;
}

/** What is known of the order in a slot. */
export function recordOf(book: OrderBook, slot: number): OrderRecord {
  const { orders, extras } = book;
  const flags = orders.flags(slot);
  const entry = (flags & HAS_EXTRAS) === 0 ? 0 : orders.extras(slot);
  const type = typeOf(flags);
  const hasStop = type === OrderType.Stop || type === OrderType.StopLimit;
  return {
    orderId: orders.orderId(slot),
    ownerId: orders.ownerId(slot),
    side: sideOf(flags),
    type,
    timeInForce: timeInForceOf(flags),
    selfTradePrevention: preventionOf(flags),
    postOnly: (flags & POST_ONLY) !== 0,
    quantityLots: orders.total(slot),
    remainingLots: orders.remaining(slot),
    visibleLots: (flags & WAITING) === 0 ? book.visible(slot) : 0,
    priceTicks: book.limitTicks(slot),
    stopTicks: hasStop ? extras.stopTicks(entry) : 0,
    displayLots: (flags & ICEBERG) === 0 ? 0 : extras.display(entry),
    expiresAtMs: entry === 0 ? 0 : extras.expiresAtMs(entry),
  };
}
