/** A page of a list that is read newest first. */
export interface Page<T> {
  readonly rows: readonly T[];
  /** Where the next page begins; null: there is none. */
  readonly next: number | null;
}

/** The cursor in a header `Link` (`</orders?limit=1&cursor=5>; rel="next"`). */
export function nextCursor(link: string | null): number | null {
  const address = link === null ? undefined : /<([^>]*)>;\s*rel="next"/.exec(link)?.[1];
  if (address === undefined) return null;
  const cursor = new URLSearchParams(address.split('?')[1] ?? '').get('cursor');
  return cursor !== null && /^\d+$/.test(cursor) ? Number(cursor) : null;
}

/** A list that has grown longer than that while it was shown begins anew: all its rows are drawn. */
const MOST_ROWS = 1000;

/**
 * Puts what is new in front of what was read before. Where the newest page does not reach back to it, there may be a gap:
 * the list then begins anew.
 */
export function withNewest<T>(
  pages: readonly Page<T>[],
  newest: Page<T>,
  keyOf: (row: T) => string | number,
): Page<T>[] {
  const [first] = pages;
  if (first === undefined) return [newest];
  const known = new Set(pages.flatMap(({ rows }) => rows.map(keyOf)));
  const fresh = newest.rows.filter((row) => !known.has(keyOf(row)));
  const gap = fresh.length === newest.rows.length && newest.next !== null;
  if (gap || known.size + fresh.length > Math.max(MOST_ROWS, known.size)) return [newest];
  const latest = new Map(newest.rows.map((row) => [keyOf(row), row]));
  const renewed = pages.map(({ rows, next }) => ({
    rows: rows.map((row) => latest.get(keyOf(row)) ?? row),
    next,
  }));
  const [head, ...rest] = renewed;
  return [{ rows: [...fresh, ...(head?.rows ?? [])], next: first.next }, ...rest];
}
