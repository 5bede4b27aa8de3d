const DIGITS = /^[1-9]\d{0,15}$/;

/**
 * Reads an id (of an order or a user) from a path or a query: decimal digits, 1 … 2^53−1.
 * @returns the id, or null when the text is anything else.
 */
export function parseId(text: unknown): number | null {
  if (typeof text !== 'string' || !DIGITS.test(text)) return null;
  const id = Number(text);
  return Number.isSafeInteger(id) ? id : null;
}
