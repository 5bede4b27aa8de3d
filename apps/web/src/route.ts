import { useSyncExternalStore } from 'react';

/** What the page shows; it stands behind the `#` of its address, so that it can be linked to. */
export type Route = { view: 'trade'; item: string | null } | { view: 'operations' };

/** `#/operations`, `#/trade/{item}`; anything else is the trading view without an item. */
export function parseRoute(hash: string): Route {
  if (hash === '#/operations') return { view: 'operations' };
  const item = /^#\/trade\/(.+)$/.exec(hash)?.[1];
  return { view: 'trade', item: item === undefined ? null : decoded(item) };
}

export function hashOf(route: Route): string {
  if (route.view === 'operations') return '#/operations';
  return route.item === null ? '#/' : `#/trade/${encodeURIComponent(route.item)}`;
}

export function goTo(route: Route): void {
  window.location.hash = hashOf(route);
}

/** The route, and a new rendering with each change of it. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(
    (changed) => {
      window.addEventListener('hashchange', changed);
      return () => window.removeEventListener('hashchange', changed);
    },
    () => window.location.hash,
  );
  return parseRoute(hash);
}

/** A hand-typed address may hold a `%` that encodes nothing. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
