import { useCallback, useEffect, useMemo, useState } from 'react';
import { showToast } from '../../ui/toast-list';
import { type Answer, sentence } from '../answer';
import { amendOrder, type Amend, cancelAll, cancelOrder, readOrder } from '../requests';
import type { Order } from '../schemas';
import type { OrdersView } from './order-log';
import {
  isAmended,
  type Pending,
  type PendingOrders,
  settle,
  withoutPending,
  withPending,
} from './pending';
import type { UserOrders } from './use-orders';

export interface OrderActions {
  readonly pending: PendingOrders;
  readonly cancel: (order: Order) => void;
  readonly amend: (order: Order, body: Amend) => void;
  /** @param item null: in all markets. */
  readonly cancelEverything: (item: string | null, ids: readonly number[]) => void;
}

/** An amend that the matcher refuses leaves no trace on the order: after so long it is looked at. */
const AMEND_PATIENCE_MS = 2500;

export function useOrderActions(
  userId: number,
  view: OrdersView,
  orders: UserOrders,
): OrderActions {
  const [pending, setPending] = useState<PendingOrders>(new Map());
  useEffect(() => setPending((old) => settle(old, (id) => orders.get(id))), [view, orders]);

  const mark = useCallback(
    (id: number, what: Pending) => setPending((old) => withPending(old, id, what)),
    [],
  );
  const unmark = useCallback((id: number) => setPending((old) => withoutPending(old, id)), []);

  const cancel = useCallback(
    async ({ id }: Order) => {
      mark(id, { kind: 'cancelling' });
      const message = await refusalOf(() => cancelOrder(id));
      if (message !== null) mark(id, { kind: 'refused', message });
    },
    [mark],
  );

  const amend = useCallback(
    async ({ id }: Order, wish: Amend) => {
      mark(id, { kind: 'amending', wish });
      const message = await refusalOf(() => amendOrder(id, wish));
      if (message !== null) return mark(id, { kind: 'refused', message });
      await new Promise((resolve) => setTimeout(resolve, AMEND_PATIENCE_MS));
      const order = await readOrder(id).catch(() => null);
      if (order === null) return unmark(id);
      orders.learn(order);
      setPending((old) => {
        const mine = old.get(id);
        if (mine?.kind !== 'amending' || mine.wish !== wish || isAmended(order, wish)) return old;
        const refused = 'The matcher refused the change: the order is as it was.';
        return withPending(old, id, { kind: 'refused', message: refused });
      });
    },
    [mark, unmark, orders],
  );

  const cancelEverything = useCallback(
    async (item: string | null, ids: readonly number[]) => {
      for (const id of ids) mark(id, { kind: 'cancelling' });
      const unmarkAll = () => {
        for (const id of ids) unmark(id);
      };
      const answer = await answered(() => cancelAll(userId, item));
      if (!answer.ok) {
        unmarkAll();
        showToast({ key: 'cancel-all', text: answer.message, tone: 'bad' });
        return;
      }
      const { requested, halted = 0 } = answer.data;
      if (halted > 0) unmarkAll();
      showToast({ key: 'cancel-all', text: cancelledText(requested, halted), tone: 'info' });
    },
    [mark, unmark, userId],
  );

  const asked = useMemo(
    () => ({
      cancel: (order: Order) => void cancel(order),
      amend: (order: Order, body: Amend) => void amend(order, body),
      cancelEverything: (item: string | null, ids: readonly number[]) =>
        void cancelEverything(item, ids),
    }),
    [cancel, amend, cancelEverything],
  );
  return { pending, ...asked };
}

function cancelledText(requested: number, halted: number): string {
  const asked = `Cancelling ${requested} ${requested === 1 ? 'order' : 'orders'}`;
  return halted === 0 ? asked : `${asked}; ${halted} stay, their market is halted`;
}

async function refusalOf(request: () => Promise<Answer<Order>>): Promise<string | null> {
  const answer = await answered(request);
  return answer.ok ? null : answer.message;
}

type Answered<T> = { ok: true; data: T } | { ok: false; message: string };

const TRIES = 3;
const PAUSE_MS = 600;

/** Cancels and amends may be asked for again: it does no harm (docs/orders.md §3). */
async function answered<T>(request: () => Promise<Answer<T>>): Promise<Answered<T>> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await request().catch(() => null);
    if (answer?.ok === true) return answer;
    const passing = answer === null || answer.status >= 500;
    if (!passing || attempt === TRIES) {
      const detail = answer === null ? 'the server does not answer' : answer.problem.detail;
      return { ok: false, message: sentence(detail) };
    }
    await new Promise((resolve) => setTimeout(resolve, attempt * PAUSE_MS));
  }
}
