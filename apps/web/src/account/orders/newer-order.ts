import { compare, parseDecimal, ZERO } from '../decimal';
import { isBookOrder, isLive, type Order } from '../schemas';

/**
 * Which of two states of one order is the newer: REST and the stream may overtake one another, but a status only ever
 * goes forward and what is filled only grows (docs/streams.md §5).
 */
export function newerOf(known: Order, incoming: Order): Order {
  if (isLive(known) !== isLive(incoming)) return isLive(known) ? incoming : known;
  if (!isBookOrder(known) || !isBookOrder(incoming)) return incoming;
  const growth = compare(filledOf(incoming), filledOf(known));
  if (growth !== 0) return growth > 0 ? incoming : known;
  return incoming.updated_at < known.updated_at ? known : incoming;
}

export function filledOf(order: Order) {
  return isBookOrder(order) ? (parseDecimal(order.filled_quantity) ?? ZERO) : ZERO;
}
