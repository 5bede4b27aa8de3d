/** What a dialect needs of a transaction. */
interface Statements {
  rows<Row>(sql: string, parameters: string[]): Promise<Row[]>;
  insert(sql: string, parameters: string[], count: number): Promise<number[]>;
}

/** An UPDATE of many rows in which each row has its own values. */
export interface UpdateEach {
  table: string;
  /** Names of the values of a row, the first of which is compared with `key`. */
  values: readonly string[];
  key: string;
  /** New values by column: SQL over the row `o` and its values `v`. */
  set: Readonly<Record<string, string>>;
  /** A further condition. */
  where?: string;
}

/** An INSERT of many rows that changes those whose key exists. */
export interface Upsert {
  table: string;
  key: readonly string[];
  columns: readonly string[];
  /** New values of a row that exists: SQL over its columns and those that `given(column)` names. */
  set: (given: (column: string) => string) => Readonly<Record<string, string>>;
}

/** The few places where the SQL of MySQL and SQLite differs. */
export interface Dialect {
  /** Start of an INSERT that leaves rows alone whose key exists. */
  insertIgnore: string;
  /** Locks the rows that a SELECT returns until the transaction ends. */
  forUpdate: string;
  /** The same, passing over rows that another transaction has locked. */
  forUpdateSkipLocked: string;
  /** Functions of the greater and the lesser of two values. */
  greatest: string;
  least: string;
  /** By how much generated keys rise from row to row; several MySQL servers that write take turns. */
  keyStep: string;
  updateEach(update: UpdateEach, rows: number): string;
  upsert(upsert: Upsert, rows: number): string;
  /** The right side of `(a, b) IN …` for `count` pairs. */
  pairs(count: number): string;
  /** Adds 1 to the number of a topic's newest outbox entry and returns it; the row stays locked until the commit. */
  nextOutboxSeq(tx: Statements, topic: string): Promise<number>;
}

export const MYSQL_DIALECT: Dialect = {
  insertIgnore: 'INSERT IGNORE INTO',
  forUpdate: 'FOR UPDATE',
  forUpdateSkipLocked: 'FOR UPDATE SKIP LOCKED',
  greatest: 'GREATEST',
  least: 'LEAST',
  keyStep: '@@auto_increment_increment',
  updateEach({ table, values, key, set, where }, rows) {
    const row = `ROW(${placeholders(values.length)})`;
    const list = Array.from({ length: rows }, () => row).join(',');
    const changes = Object.entries(set).map(([column, value]) => `o.${column} = ${value}`);
    // The values come first: the table is never searched but by its key.
    return `UPDATE (VALUES ${list}) AS v (${values.join(', ')})
      STRAIGHT_JOIN ${table} AS o ON o.${key} = v.${values[0]!}
      SET ${changes.join(', ')}${where === undefined ? '' : ` WHERE ${where}`}`;
  },
  upsert({ table, columns, set }, rows) {
    const changes = assignments(set((column) => `given.${column}`));
    return `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${valuesList(rows, columns.length)}
      AS given ON DUPLICATE KEY UPDATE ${changes}`;
  },
  pairs: (count) => `(${valuesList(count, 2)})`,
  async nextOutboxSeq(tx, topic) {
    const sql = 'UPDATE outbox_heads SET last_seq = LAST_INSERT_ID(last_seq + 1) WHERE topic = ?';
    const [seq] = await tx.insert(sql, [topic], 1);
    return seq!;
  },
};

/** SQLite has one writer at a time, so a write transaction holds every row by itself. */
export const SQLITE_DIALECT: Dialect = {
  insertIgnore: 'INSERT OR IGNORE INTO',
  forUpdate: '',
  forUpdateSkipLocked: '',
  greatest: 'MAX',
  least: 'MIN',
  keyStep: '1',
  updateEach({ table, values, key, set, where }, rows) {
    return `WITH v (${values.join(', ')}) AS (VALUES ${valuesList(rows, values.length)})
      UPDATE ${table} AS o SET ${assignments(set)} FROM v
      WHERE o.${key} = v.${values[0]!}${where === undefined ? '' : ` AND ${where}`}`;
  },
  upsert({ table, key, columns, set }, rows) {
    const changes = assignments(set((column) => `excluded.${column}`));
    return `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${valuesList(rows, columns.length)}
      ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${changes}`;
  },
  pairs: (count) => `(VALUES ${valuesList(count, 2)})`,
  async nextOutboxSeq(tx, topic) {
    const sql =
      'UPDATE outbox_heads SET last_seq = last_seq + 1 WHERE topic = ? RETURNING last_seq';
    const [row] = await tx.rows<{ last_seq: number }>(sql, [topic]);
    return row!.last_seq;
  },
};

function assignments(set: Readonly<Record<string, string>>): string {
  return Object.entries(set)
    .map(([column, value]) => `${column} = ${value}`)
    .join(', ');
}

/** `(?,?,?),(?,?,?)` for `rows` rows of `columns` columns. */
export function valuesList(rows: number, columns: number): string {
  const row = `(${placeholders(columns)})`;
  return Array.from({ length: rows }, () => row).join(',');
}

/** `?,?,?` */
export function placeholders(count: number): string {
  return Array.from({ length: count }, () => '?').join(',');
}
