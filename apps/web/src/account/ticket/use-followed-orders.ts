import { useCallback, useEffect, useRef } from 'react';
import { showToast } from '../../ui/toast-list';
import type { OrdersView } from '../orders/order-log';
import type { UserOrders } from '../orders/use-orders';
import { isLive, type Order } from '../schemas';
import { outcomeOf } from './outcome';

/** After so long without a change the matcher has had its turn: what is open then waits. */
const MATCHED_AFTER_MS = 700;

/** Tells of each order that this page has placed, now and whenever its state changes. */
export function useFollowedOrders(view: OrdersView, orders: UserOrders): (order: Order) => void {
  const told = useRef(new Map<number, string>());

  // Orders of another user are another's.
  useEffect(() => told.current.clear(), [orders]);

  const tell = useCallback((order: Order, matched: boolean) => {
    const { text, tone, final } = outcomeOf(order, matched);
    if (told.current.get(order.id) !== text) {
      showToast({ key: `order-${order.id}`, text, tone });
    }
    if (final) told.current.delete(order.id);
    else told.current.set(order.id, text);
  }, []);

  useEffect(() => {
    for (const [id, text] of told.current) {
      const order = orders.get(id);
      if (order === undefined) continue;
      const moved = !isLive(order) || order.status === 'PARTIALLY_FILLED';
      if (moved || outcomeOf(order, true).text === text) tell(order, true);
    }
  }, [view, orders, tell]);

  return useCallback(
    (order: Order) => {
      tell(order, false);
      setTimeout(() => {
        if (told.current.has(order.id)) tell(orders.get(order.id) ?? order, true);
      }, MATCHED_AFTER_MS);
    },
    [orders, tell],
  );
}
