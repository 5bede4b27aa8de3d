/**
 * @param text a DECIMAL(38,0) read with CAST(… AS CHAR). SQLite keeps those beyond 2^63 as doubles, and writes them
 *   with an exponent.
 */
export function toBigInt(text: string | number): bigint {
  const digits = String(text);
  return /^-?\d+$/.test(digits) ? BigInt(digits) : BigInt(Number(digits));
}
