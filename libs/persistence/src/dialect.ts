/** The few places where the SQL of MySQL and SQLite differs. */
export interface Dialect {
  /** Start of an INSERT that leaves rows alone whose key exists. */
  insertIgnore: string;
  /** Locks the rows that a SELECT returns until the transaction ends. */
  forUpdate: string;
  /** The same, passing over rows that another transaction has locked. */
  forUpdateSkipLocked: string;
}

export const MYSQL_DIALECT: Dialect = {
  insertIgnore: 'INSERT IGNORE INTO',
  forUpdate: 'FOR UPDATE',
  forUpdateSkipLocked: 'FOR UPDATE SKIP LOCKED',
};

/** SQLite has one writer at a time, so a write transaction holds every row by itself. */
export const SQLITE_DIALECT: Dialect = {
  insertIgnore: 'INSERT OR IGNORE INTO',
  forUpdate: '',
  forUpdateSkipLocked: '',
};

/** `(?,?,?),(?,?,?)` for `rows` rows of `columns` columns. */
export function valuesList(rows: number, columns: number): string {
  const row = `(${placeholders(columns)})`;
  return Array.from({ length: rows }, () => row).join(',');
}

/** `?,?,?` */
export function placeholders(count: number): string {
  return Array.from({ length: count }, () => '?').join(',');
}
