/**
 * What is left until a plain order is due, for people to read. The end is told by the stream, never by this: at zero it
 * says that the fill is under way.
 * @param delayMs null while nobody has told it.
 */
export function countdown(
  seenMs: number,
  fromStart: boolean,
  delayMs: number | null,
  nowMs: number,
): { text: string; share: number } {
  if (delayMs === null) return { text: 'fills soon', share: 0 };
  const leftMs = Math.min(delayMs, Math.max(0, seenMs + delayMs - nowMs));
  if (leftMs === 0) return { text: 'filling …', share: 1 };
  // One that was there before the page was is due at this time at the latest.
  const within = fromStart ? 'fills in' : 'fills within';
  return { text: `${within} ${duration(leftMs)}`, share: 1 - leftMs / delayMs };
}

function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${String(seconds % 60).padStart(2, '0')} min`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')} h`;
}
