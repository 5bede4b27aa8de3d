const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * Reads a moment: ISO 8601 with date, time and zone, as in `2026-11-22T15:18:29.317Z`.
 * @returns ms since the epoch, digits beyond them cut off; null when it is anything else, as a 30th of February.
 */
export function parseInstant(text: unknown): number | null {
  const match = typeof text === 'string' ? INSTANT.exec(text) : null;
  if (match === null) return null;
  const time = Date.parse(match[0]);
  return Number.isNaN(time) || !isDate(match[1]!) ? null : Math.trunc(time);
}

/** `Date.parse` takes the 30th of February for the 2nd of March. */
function isDate(date: string): boolean {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(date);
}
