import type { ColumnOptions } from 'typeorm';

/** MySQL hands BIGINT back as text; all our integers are below 2^53. */
export const safeInteger = {
  from: (stored: string | number): number => Number(stored),
  to: (value: number): number => value,
};

/**
 * Text compared byte by byte: "AAPL", "aapl" and "AAPL " are three items, on every store.
 * SQLite compares so by itself and has no such collation, see `adaptToSqlite`.
 */
export const binaryText: Pick<ColumnOptions, 'charset' | 'collation'> = {
  charset: 'utf8mb4',
  collation: 'utf8mb4_0900_bin',
};
