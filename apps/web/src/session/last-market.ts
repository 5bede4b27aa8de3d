import { useEffect } from 'react';
import { useDirectory } from '../market/live/directory';
import { mostActive } from '../market/logic/market-search';
import { hashOf } from '../route';

const KEY = 'tradeflow.market';

/** The market that was looked at last, if there was any. */
export function lastMarket(): string | null {
  return window.localStorage.getItem(KEY);
}

/** Without a market in the address the last one is shown that was looked at, else the one in which most happens. */
export function useSomeMarket(item: string | null): void {
  const { markets, complete } = useDirectory();
  const wanted = item === null ? (lastMarket() ?? (complete ? mostActive(markets) : null)) : null;
  useEffect(() => {
    if (item !== null) window.localStorage.setItem(KEY, item);
  }, [item]);
  useEffect(() => {
    if (wanted !== null) window.location.replace(hashOf({ view: 'trade', item: wanted }));
  }, [wanted]);
}
