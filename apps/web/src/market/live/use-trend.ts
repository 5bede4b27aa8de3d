import { useState } from 'react';

export type Trend = 'up' | 'down' | '';

/** Where a price went with its last change. */
export function useTrend(price: string | null): Trend {
  const [{ before, trend }, set] = useState<{ before: string | null; trend: Trend }>({
    before: price,
    trend: '',
  });
  if (price === before) return trend;
  const next =
    before === null || price === null ? '' : Number(price) > Number(before) ? 'up' : 'down';
  set({ before: price, trend: next });
  return next;
}
