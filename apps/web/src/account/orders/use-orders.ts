import type { Subscription } from '@app/client';
import { useMemo, useSyncExternalStore } from 'react';
import { client } from '../../client';
import { readOrder } from '../requests';
import type { Order } from '../schemas';
import { NO_ORDERS, OrderLog, type OrdersView } from './order-log';

/** At most so often the page is drawn anew, however fast orders change. */
const PAUSE_MS = 80;
/** So many orders are asked for one by one after the stream began anew; of the others the history tells. */
const MOST_ASKED = 50;

/** A user's orders, followed while somebody looks. */
class FollowedOrders {
  private readonly log = new OrderLog();
  private readonly listeners = new Set<() => void>();
  private subscription: Subscription | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly userId: number) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    this.subscription ??= client.stream.orders(this.userId, (orders, reset) => {
      const missing = this.log.receive(orders, reset, Date.now());
      if (missing.length > 0) void this.ask(missing);
      this.changed();
    });
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      this.subscription?.close();
      this.subscription = null;
      this.log.pause();
    };
  };

  readonly view = (): OrdersView => this.log.view();

  get(id: number): Order | undefined {
    return this.log.get(id);
  }

  /** Takes an answer of REST, which may come before the stream. */
  learn(order: Order): void {
    this.log.learn(order, Date.now());
    this.changed();
  }

  private async ask(ids: readonly number[]): Promise<void> {
    for (const id of ids.slice(MOST_ASKED)) this.log.forget(id);
    for (const id of ids.slice(0, MOST_ASKED)) {
      const order = await readOrder(id).catch(() => undefined);
      // Without an answer it stays as it was: the stream tells of it when it changes.
      if (order === null) this.log.forget(id);
      else if (order !== undefined) this.learn(order);
    }
    this.changed();
  }

  private changed(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      for (const listener of this.listeners) listener();
    }, PAUSE_MS);
  }
}

export type UserOrders = Pick<FollowedOrders, 'get' | 'learn'>;

const followed = new Map<number, FollowedOrders>();

function ordersOf(userId: number): FollowedOrders {
  const known = followed.get(userId);
  if (known !== undefined) return known;
  const orders = new FollowedOrders(userId);
  followed.set(userId, orders);
  return orders;
}

/** What is known of a user's orders; everybody who asks shares one subscription. */
export function useOrders(userId: number): { view: OrdersView; orders: UserOrders } {
  const orders = useMemo(() => ordersOf(userId), [userId]);
  const view = useSyncExternalStore(orders.subscribe, orders.view, () => NO_ORDERS);
  return { view, orders };
}
