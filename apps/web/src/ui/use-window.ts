import { useState, type UIEvent } from 'react';
import { useSize } from './use-size';

/** Rows beyond those in sight, so that scrolling finds them there. */
const SPARE = 3;

/**
 * Which rows of a long list are in sight: only they have to exist.
 * @param row pixels of a row, the same for each.
 */
export function useWindow(count: number, row: number) {
  const [measure, { height }] = useSize();
  const [top, setTop] = useState(0);
  const first = Math.floor(top / row);
  return {
    /** Belongs to the element that scrolls, or to one of its height. */
    measure,
    /** Whether something lies above what is in sight. */
    scrolled: top > 0,
    onScroll: (event: UIEvent<HTMLElement>) => setTop(event.currentTarget.scrollTop),
    from: Math.max(0, Math.min(first, count) - SPARE),
    to: Math.min(count, first + Math.ceil(height / row) + SPARE + 1),
  };
}
