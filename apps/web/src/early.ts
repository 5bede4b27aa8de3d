import type { QueryClient } from '@tanstack/react-query';
import { client } from './client';
import { marketQuery } from './market/live/use-market';
import { parseRoute } from './route';
import { lastMarket } from './session/last-market';

/** By then the page follows the book itself. */
const HELD_MS = 10_000;

/** Asks for what the first drawing will show before it is drawn: the answers are on their way meanwhile. */
export function askEarly(queries: QueryClient): void {
  const route = parseRoute(window.location.hash);
  const item = route.view === 'trade' ? (route.item ?? lastMarket()) : null;
  if (item === null) return;
  const book = client.stream.book(item, () => undefined);
  setTimeout(() => book.close(), HELD_MS);
  void queries.prefetchQuery(marketQuery(item));
}
