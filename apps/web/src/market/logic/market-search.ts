export interface Listed {
  readonly item: string;
  /** How much happened in the market. */
  readonly sequence: number;
}

export type MarketOrder = 'name' | 'activity';

/** The markets whose item has the text in it; those that begin with it first. */
export function searched<T extends Listed>(
  markets: readonly T[],
  text: string,
  order: MarketOrder,
): readonly T[] {
  const wanted = text.trim().toLowerCase();
  const sorted = order === 'name' ? markets : markets.toSorted((a, b) => b.sequence - a.sequence);
  if (wanted === '') return sorted;
  const found = sorted.filter((each) => each.item.toLowerCase().includes(wanted));
  const rank = (each: T) => {
    const item = each.item.toLowerCase();
    if (item === wanted) return 0;
    return item.startsWith(wanted) ? 1 : 2;
  };
  return found.sort((a, b) => rank(a) - rank(b));
}

/** Which one to show to somebody who chose none. */
export function mostActive(markets: readonly Listed[]): string | null {
  let best: Listed | undefined;
  for (const each of markets) {
    if (best === undefined || each.sequence > best.sequence) best = each;
  }
  return best?.item ?? null;
}

/** Both, by item, each once; those of the page hold. The same list when nothing is new. */
export function withPage<T extends Listed>(
  markets: readonly T[],
  page: readonly T[],
): readonly T[] {
  const known = new Map(markets.map((each) => [each.item, each]));
  let changed = false;
  for (const each of page) {
    const before = known.get(each.item);
    if (before !== undefined && JSON.stringify(before) === JSON.stringify(each)) continue;
    known.set(each.item, each);
    changed = true;
  }
  if (!changed) return markets;
  return [...known.values()].sort((a, b) => COLLATOR.compare(a.item, b.item));
}

const COLLATOR = new Intl.Collator('en', { numeric: true });
