import { useEffect, useState } from 'react';
import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { useNow } from '../use-now';
import { OpenOrderRow } from './open-order-row';
import type { OrdersView } from './order-log';
import { openRows } from './order-row';
import { isBookOrder } from '../schemas';
import type { OrderActions } from './use-order-actions';

interface OpenOrdersProps {
  view: OrdersView;
  /** Only orders of this market. */
  item: string | null;
  actions: OrderActions;
  fillDelayMs: number | null;
}

const STEP = 50;
const TICK_MS = 250;

export function OpenOrders({ view, item, actions, fillDelayMs }: OpenOrdersProps) {
  const [shown, setShown] = useState(STEP);
  const [amending, setAmending] = useState<number | null>(null);
  const counts = view.live.some(({ order }) => !isBookOrder(order));
  const nowMs = useNow(TICK_MS, counts);
  const { rows, nextMs } = openRows(view, item, Date.now());
  useRedrawAt(nextMs);
  if (!view.synced && rows.length === 0) return <EmptyState title="Loading orders …" />;
  if (rows.length === 0) {
    return (
      <EmptyState title="No open orders">
        {item === null ? 'Orders that wait or rest are shown here.' : `None in ${item}.`}
      </EmptyState>
    );
  }
  return (
    <>
      <table className="account-table open-orders" data-scope={item === null ? 'all' : 'market'}>
        <caption className="visually-hidden">Open orders, newest first</caption>
        <thead>
          <tr>
            <th scope="col" className="wide">
              Time
            </th>
            <th scope="col" className="of-all">
              Market
            </th>
            <th scope="col">Order</th>
            <th scope="col" className="num">
              Price
            </th>
            <th scope="col" className="num">
              Filled
            </th>
            <th scope="col" className="middle">
              Terms
            </th>
            <th scope="col" className="middle">
              Status
            </th>
            <th scope="col" className="actions">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, shown).map((tracked) => (
            <OpenOrderRow
              key={tracked.order.id}
              tracked={tracked}
              pending={actions.pending.get(tracked.order.id)}
              onCancel={actions.cancel}
              onAmend={actions.amend}
              fillDelayMs={fillDelayMs}
              nowMs={isBookOrder(tracked.order) ? 0 : nowMs}
              amending={amending === tracked.order.id}
              onAmending={setAmending}
              item={item}
            />
          ))}
        </tbody>
      </table>
      {rows.length > shown && (
        <div className="account-more">
          <Button size="s" onClick={() => setShown((old) => old + STEP)}>
            Show more ({rows.length - shown})
          </Button>
        </div>
      )}
    </>
  );
}

/** Rows that linger leave without anything else happening. */
function useRedrawAt(atMs: number | null): void {
  const [, redraw] = useState(0);
  useEffect(() => {
    if (atMs === null) return;
    const timer = setTimeout(() => redraw((old) => old + 1), Math.max(0, atMs - Date.now()) + 20);
    return () => clearTimeout(timer);
  }, [atMs]);
}
