/**
 * Amounts: positive decimals with at most two decimal places, at most 99999999.99 (DECIMAL(10,2)).
 * On the wire they arrive as a JSON number or a decimal string and always leave as a string
 * with exactly two decimals. No arithmetic on floats takes place.
 */
const DECIMAL = /^(\d{1,8})(?:\.(\d{1,2}))?$/;

/**
 * @param value whatever a client sent.
 * @returns the amount with exactly two decimals ("150.50"), or null when it is not a valid amount.
 */
export function parseAmount(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const match = DECIMAL.exec(String(value));
  if (match === null) return null;
  const units = match[1]!.replace(/^0+(?=\d)/, '');
  const cents = (match[2] ?? '').padEnd(2, '0');
  return units === '0' && cents === '00' ? null : `${units}.${cents}`;
}

/**
 * @param stored an amount as a database driver returns it: a decimal string (MySQL) or a number (SQLite).
 * @returns the amount with exactly two decimals. Ten significant digits survive a double unchanged.
 */
export function formatAmount(stored: string | number): string {
  return Number(stored).toFixed(2);
}
