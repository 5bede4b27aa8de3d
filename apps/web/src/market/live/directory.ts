import type { components } from '@app/client';
import { useSyncExternalStore } from 'react';
import { client } from '../../client';
import { withPage } from '../logic/market-search';

export type Market = components['schemas']['MarketDto'];

export interface Directory {
  readonly markets: readonly Market[];
  /** Whether every page was read once. */
  readonly complete: boolean;
  readonly error: string | null;
}

const PAGE = 1000;
/** One page is asked for at a time, so many thousands of markets cost the server no more than a few do. */
const PAUSE_MS = 4000;

let directory: Directory = { markets: [], complete: false, error: null };
const listeners = new Set<() => void>();
let cursor: string | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let abort: AbortController | undefined;

/** All markets, by item. They are read round and round while somebody looks: new ones appear by themselves. */
export function useDirectory(): Directory {
  return useSyncExternalStore(subscribe, () => directory);
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  if (listeners.size === 1) {
    abort = new AbortController();
    void readOn(abort.signal);
  }
  return () => {
    listeners.delete(changed);
    if (listeners.size > 0) return;
    clearTimeout(timer);
    abort?.abort();
  };
}

async function readOn(signal: AbortSignal): Promise<void> {
  try {
    const { data, error } = await client.rest.GET('/markets', {
      params: { query: { limit: PAGE, cursor } },
      signal,
    });
    if (data === undefined) throw new Error(error.detail);
    const last = data.length < PAGE;
    cursor = last ? undefined : data.at(-1)?.item;
    tell({
      markets: withPage(directory.markets, data),
      complete: directory.complete || last,
      error: null,
    });
  } catch (error) {
    if (signal.aborted) return;
    tell({ ...directory, error: error instanceof Error ? error.message : String(error) });
  }
  if (signal.aborted) return;
  const pause = directory.complete || directory.error !== null ? PAUSE_MS : 0;
  timer = setTimeout(() => void readOn(signal), pause);
}

function tell(next: Directory): void {
  const same =
    next.markets === directory.markets &&
    next.complete === directory.complete &&
    next.error === directory.error;
  if (same) return;
  directory = next;
  for (const listener of listeners) listener();
}
