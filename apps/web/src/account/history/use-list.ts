import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { type Page, withNewest } from '../paged';

interface ListOptions<T> {
  /** What is listed; another key is another list. */
  queryKey: readonly (string | number | null)[];
  read: (cursor: number | null) => Promise<Page<T>>;
  keyOf: (row: T) => string | number;
  /** Whenever it changes there may be new rows at the top. */
  changes: number;
}

export interface List<T> {
  readonly rows: readonly T[];
  readonly loading: boolean;
  readonly error: string | null;
  /** Whether there are older rows that were not read. */
  readonly more: boolean;
  readonly loadingMore: boolean;
  readonly loadMore: () => void;
  readonly retry: () => void;
}

/** At most so often it is asked for what is new, however fast orders fill. */
const PAUSE_MS = 1000;
/** What belongs together comes together. */
const GATHER_MS = 200;

/** A list that is read newest first, page by page, and gets what is new at its top. */
export function useList<T>({ queryKey, read, keyOf, changes }: ListOptions<T>): List<T> {
  const queries = useQueryClient();
  const key = ['account', ...queryKey];
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
    staleTime: Infinity,
  });
  useRefresh(changes, JSON.stringify(key), async () => {
    const newest = await read(null).catch(() => null);
    // Without an answer the list stays as it is: the next change asks again.
    if (newest === null) return;
    queries.setQueryData<InfiniteData<Page<T>, number | null>>(key, (old) => {
      const pages = withNewest(old?.pages ?? [], newest, keyOf);
      return { pages, pageParams: pages.map((_, index) => old?.pageParams[index] ?? null) };
    });
  });
  const { data } = query;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.rows) ?? [], [data]);
  return {
    rows,
    loading: query.isPending,
    error: query.error?.message ?? null,
    more: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
    retry: () => void query.refetch(),
  };
}

/** Does a task after changes: soon after the first, then not more often than every {@link PAUSE_MS}. */
export function useRefresh(changes: number, key: string, task: () => Promise<void>): void {
  const latest = useRef(task);
  latest.current = task;
  const seen = useRef({ changes, key });
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const ranAt = useRef(-PAUSE_MS);
  useEffect(() => {
    if (seen.current.key !== key) {
      // Another list has just been read as a whole.
      seen.current = { changes, key };
      return;
    }
    if (seen.current.changes === changes || timer.current !== null) return;
    const waitMs = Math.max(GATHER_MS, ranAt.current + PAUSE_MS - performance.now());
    timer.current = setTimeout(() => {
      timer.current = null;
      ranAt.current = performance.now();
      void latest.current();
    }, waitMs);
    seen.current = { changes, key };
  }, [changes, key]);
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
}
