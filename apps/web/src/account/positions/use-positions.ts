import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { client } from '../../client';
import { useRefresh } from '../history/use-list';
import { readPositions } from '../requests';
import type { Position } from '../schemas';

/** Positions change with own trades, which the stream of orders tells; this is for what it may have missed. */
const POLL_MS = 30_000;

export function usePositions(userId: number, fills: number) {
  const query = useQuery({
    queryKey: ['account', 'positions', userId],
    queryFn: () => readPositions(userId),
    refetchInterval: POLL_MS,
  });
  useRefresh(fills, String(userId), async () => {
    await query.refetch();
  });
  return query;
}

/** So many markets are followed for their price at most; a connection has 200 channels. */
const MOST_FOLLOWED = 40;

/** The last prices of the markets of open positions, live. */
export function useLastPrices(positions: readonly Position[]): ReadonlyMap<string, string> {
  const [prices, setPrices] = useState<ReadonlyMap<string, string>>(new Map());
  const items = JSON.stringify(positions.slice(0, MOST_FOLLOWED).map(({ item }) => item));
  useEffect(() => {
    const followed = JSON.parse(items) as string[];
    const subscriptions = followed.map((item) =>
      client.stream.ticker(item, ({ last }) => {
        if (last === null) return;
        setPrices((old) => (old.get(item) === last ? old : new Map(old).set(item, last)));
      }),
    );
    return () => {
      for (const subscription of subscriptions) subscription.close();
    };
  }, [items]);
  return prices;
}
