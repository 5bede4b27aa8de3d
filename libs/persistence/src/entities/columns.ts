import type { ColumnOptions } from 'typeorm';

/** MySQL hands BIGINT back as text; all our integers are below 2^53. */
export const safeInteger = {
  from: (stored: string | number | null): number | null =>
    stored === null ? null : Number(stored),
  to: (value: number | null): number | null => value,
};

/** A sum that may pass 2^53: DECIMAL(38,0). */
export const bigInteger = {
  from: (stored: string | number): bigint => BigInt(stored),
  to: (value: bigint): string => String(value),
};

/**
 * Text compared byte by byte: "AAPL", "aapl" and "AAPL " are three items, on every store.
 * SQLite compares so by itself and has no such collation, see `adaptToSqlite`.
 */
export const binaryText: Pick<ColumnOptions, 'charset' | 'collation'> = {
  charset: 'utf8mb4',
  collation: 'utf8mb4_0900_bin',
};
