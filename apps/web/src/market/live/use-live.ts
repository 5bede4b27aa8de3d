import type { BookView, components, StreamStatus } from '@app/client';
import { useSyncExternalStore } from 'react';
import { client } from '../../client';
import { LiveValue, LiveValues, type Live } from './live-value';
import { openTape } from './trade-feed';

type Ticker = components['schemas']['TickerDto'];
type Trade = components['schemas']['TradeDto'];

const books = new LiveValues<BookView>(
  (item) =>
    new LiveValue({
      channel: `book:${item}`,
      open: (publish) => client.stream.book(item, publish),
    }),
);

const tickers = new LiveValues<Ticker>(
  (item) =>
    new LiveValue({
      channel: `ticker:${item}`,
      open: (publish) => client.stream.ticker(item, publish),
      keep: true,
      openAfterMs: 60,
      closeAfterMs: 200,
    }),
);

const tapes = new LiveValues<readonly Trade[]>(
  (item) =>
    new LiveValue({
      channel: `trades:${item}`,
      open: (publish) => openTape(item, publish),
    }),
);

export const useBook = (item: string): Live<BookView> => useLive(books.of(item));

/** Rows that are scrolled past quickly are not followed. */
export const useTicker = (item: string): Live<Ticker> => useLive(tickers.of(item));

/** The newest trades, newest first, bounded. */
export const useTape = (item: string): Live<readonly Trade[]> => useLive(tapes.of(item));

export function useStreamStatus(): StreamStatus {
  return useSyncExternalStore(onStatus, () => client.stream.status);
}

const onStatus = (changed: () => void) => client.stream.onStatus(changed);

function useLive<T>(live: LiveValue<T>): Live<T> {
  return useSyncExternalStore(live.subscribe, live.get);
}
