import type { components } from '@app/client';
import { useSyncExternalStore } from 'react';
import { client } from '../../client';
import { LiveValue, LiveValues } from './live-value';

type Order = components['schemas']['OrderDto'] | components['schemas']['BookOrderDto'];

export interface OwnPrices {
  readonly BUY: ReadonlySet<string>;
  readonly SELL: ReadonlySet<string>;
}

const NONE: OwnPrices = { BUY: new Set(), SELL: new Set() };
/** Sets are made anew with each change; of somebody who has more orders than that, nothing is marked. */
const MOST_ORDERS = 5000;

/** The prices at which a user's own orders rest, by item. */
const live = new LiveValues<ReadonlyMap<string, OwnPrices>>((userId) => {
  const channel = `orders:${userId}`;
  return new LiveValue({
    channel,
    open(publish) {
      const resting = new Map<number, { item: string; side: 'BUY' | 'SELL'; price: string }>();
      return client.stream.orders(Number(userId), (orders, reset) => {
        if (reset) resting.clear();
        for (const order of orders) {
          if (rests(order)) resting.set(order.id, order);
          else resting.delete(order.id);
        }
        publish(pricesOf(resting.size > MOST_ORDERS ? [] : resting.values()));
      });
    },
  });
});

export function useOwnPrices(userId: number, item: string): OwnPrices {
  const value = live.of(String(userId));
  return useSyncExternalStore(value.subscribe, value.get).value?.get(item) ?? NONE;
}

type Resting = components['schemas']['BookOrderDto'] & { price: string };

function rests(order: Order): order is Resting {
  if (!('side' in order) || order.price === null || order.type !== 'LIMIT') return false;
  return order.status === 'OPEN' || order.status === 'PARTIALLY_FILLED';
}

function pricesOf(
  orders: Iterable<{ item: string; side: 'BUY' | 'SELL'; price: string }>,
): ReadonlyMap<string, OwnPrices> {
  const byItem = new Map<string, { BUY: Set<string>; SELL: Set<string> }>();
  for (const { item, side, price } of orders) {
    const prices = byItem.get(item) ?? { BUY: new Set(), SELL: new Set() };
    prices[side].add(price);
    byItem.set(item, prices);
  }
  return byItem;
}
