import type { components } from '@app/client';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { client } from '../../client';
import { decimalsOf, toUnits } from '../logic/decimal';

type Market = components['schemas']['MarketDto'];

export interface MarketUnits {
  readonly market: Market;
  readonly priceDecimals: number;
  readonly quantityDecimals: number;
}

const FRESH_MS = 5000;

/** What holds for a market, as the api has it. */
export function marketQuery(item: string) {
  return queryOptions({
    queryKey: ['market', item],
    queryFn: async ({ signal }) => {
      const { data, error } = await client.rest.GET('/markets/{item}', {
        params: { path: { item } },
        signal,
      });
      if (data === undefined) throw new Error(error.detail);
      return data;
    },
    staleTime: FRESH_MS,
  });
}

/** What holds for a market: any item has a tick and a lot, also before its first order. */
export function useMarket(item: string): {
  units: MarketUnits | undefined;
  error: string | null;
} {
  const { data, error } = useQuery({
    ...marketQuery(item),
    select: unitsOf,
    // An operator may change it, and until the first order its tick and lot too.
    refetchInterval: 15_000,
  });
  return { units: data, error: data === undefined ? (error?.message ?? null) : null };
}

function unitsOf(market: Market): MarketUnits {
  return {
    market,
    priceDecimals: decimalsOf(market.tick_size),
    quantityDecimals: decimalsOf(market.lot_size),
  };
}

/** The tick in units of its last decimal. */
export function tickUnits({ market, priceDecimals }: MarketUnits): bigint {
  return toUnits(market.tick_size, priceDecimals);
}
