import { useCallback, useEffect, useMemo, useState } from 'react';
import { showToast } from '../../ui/toast-list';
import { type Answer, sentence } from '../answer';
import { amendOrder, type Amend, cancelAll, cancelOrder, readOrder } from '../requests';
import { isLive, type Order } from '../schemas';
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

/** Long enough to be read. */
const REFUSAL_SHOWN_MS = 12_000;

export function useOrderActions(
  userId: number,
  view: OrdersView,
  orders: UserOrders,
): OrderActions {
  const [pending, setPending] = useState<PendingOrders>(new Map());
  useEffect(() => setPending((old) => settle(old, (id) => orders.get(id))), [view, orders]);

  const mark = useCallback(
    (ids: readonly number[], what: Pending) => setPending((old) => withPending(old, ids, what)),
    [],
  );
  const unmark = useCallback(
    (ids: readonly number[], what: Pending) => setPending((old) => withoutPending(old, ids, what)),
    [],
  );

  /** Tells for a while that what was asked for was refused, unless something else is asked for by now. */
  const refuse = useCallback(
    (id: number, what: Pending, message: string) => {
      const refusal: Pending = { kind: 'refused', message };
      setPending((old) => (old.get(id) === what ? withPending(old, [id], refusal) : old));
      setTimeout(() => unmark([id], refusal), REFUSAL_SHOWN_MS);
    },
    [unmark],
  );

  const cancel = useCallback(
    async ({ id }: Order) => {
      const what: Pending = { kind: 'cancelling' };
      mark([id], what);
      const message = await refusalOf(() => cancelOrder(id));
      if (message !== null) refuse(id, what, message);
    },
    [mark, refuse],
  );

  const amend = useCallback(
    async ({ id }: Order, wish: Amend) => {
      const what: Pending = { kind: 'amending', wish };
      mark([id], what);
      const message = await refusalOf(() => amendOrder(id, wish));
      if (message !== null) return refuse(id, what, message);
      await new Promise((resolve) => setTimeout(resolve, AMEND_PATIENCE_MS));
      const order = await readOrder(id).catch(() => null);
      if (order !== null) orders.learn(order);
      const known = orders.get(id);
      const open = order !== null && known !== undefined && isLive(known);
      if (!open || isAmended(known, wish)) return unmark([id], what);
      refuse(id, what, 'The matcher refused the change: the order is as it was.');
    },
    [mark, unmark, refuse, orders],
  );

  const cancelEverything = useCallback(
    async (item: string | null, ids: readonly number[]) => {
      const what: Pending = { kind: 'cancelling' };
      mark(ids, what);
      const answer = await answered(() => cancelAll(userId, item));
      if (!answer.ok) {
        unmark(ids, what);
        showToast({ key: 'cancel-all', text: answer.message, tone: 'bad' });
        return;
      }
      const { requested, halted = 0 } = answer.data;
      if (halted > 0) unmark(ids, what);
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
