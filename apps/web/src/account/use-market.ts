import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { client } from '../client';
import { readMarket } from './requests';
import type { Market, MarketState } from './schemas';

/** The best prices of a market and what it takes, as its book is told live. */
export interface BookTop {
  readonly bid: string | null;
  readonly ask: string | null;
  readonly state: MarketState;
}

/** Null until the book is there. */
export function useBookTop(item: string): BookTop | null {
  const [top, setTop] = useState<(BookTop & { item: string }) | null>(null);
  useEffect(() => {
    if (item === '') return;
    const subscription = client.stream.book(item, ({ bids, asks, state }) => {
      const bid = bids[0]?.[0] ?? null;
      const ask = asks[0]?.[0] ?? null;
      setTop((old) => {
        const same = old?.item === item && old.bid === bid && old.ask === ask;
        return same && old.state === state ? old : { item, bid, ask, state };
      });
    });
    return () => subscription.close();
  }, [item]);
  return top?.item === item ? top : null;
}

/** The price of the latest trade; null before the first, and until it is told. */
export function useLastPrice(item: string): string | null {
  const [last, setLast] = useState<{ item: string; price: string | null } | null>(null);
  useEffect(() => {
    if (item === '') return;
    const subscription = client.stream.ticker(item, ({ last: price }) => {
      setLast((old) => (old?.item === item && old.price === price ? old : { item, price }));
    });
    return () => subscription.close();
  }, [item]);
  return last?.item === item ? last.price : null;
}

/** The rules of a market: read again when its state changes, and now and then, as an operator may change them. */
export function useMarket(item: string, state: MarketState | null): Market | null {
  const { data } = useQuery({
    queryKey: ['account', 'market', item, state],
    queryFn: () => readMarket(item),
    enabled: item !== '',
    refetchInterval: 20_000,
    placeholderData: (old) => (old?.item === item ? old : undefined),
  });
  return data ?? null;
}
