import { useSyncExternalStore } from 'react';

/** A price that somebody picked on the page; a new object each time, so that picking the same price again counts. */
export interface DraftPrice {
  readonly price: string;
}

let draft: DraftPrice | null = null;
const listeners = new Set<() => void>();

/** Puts a price into the order ticket. */
export function setDraftPrice(price: string): void {
  draft = { price };
  for (const listener of listeners) listener();
}

/** The price that was picked last; `null` before the first, and after another market was chosen. */
export function useDraftPrice(): DraftPrice | null {
  return useSyncExternalStore(subscribe, () => draft);
}

/** A price belongs to its market. */
export function clearDraftPrice(): void {
  draft = null;
  for (const listener of listeners) listener();
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}
