/** What a dialect needs of a transaction. */
interface Statements {
  rows<Row>(sql: string, parameters: string[]): Promise<Row[]>;
  insert(sql: string, parameters: string[], count: number): Promise<number[]>;
}

/** The few places where the SQL of MySQL and SQLite differs. */
export interface Dialect {
  /** Start of an INSERT that leaves rows alone whose key exists. */
  insertIgnore: string;
  /** Locks the rows that a SELECT returns until the transaction ends. */
  forUpdate: string;
  /** The same, passing over rows that another transaction has locked. */
  forUpdateSkipLocked: string;
  /** Adds 1 to the number of a topic's newest outbox entry and returns it; the row stays locked until the commit. */
  nextOutboxSeq(tx: Statements, topic: string): Promise<number>;
}

export const MYSQL_DIALECT: Dialect = {
  insertIgnore: 'INSERT IGNORE INTO',
  forUpdate: 'FOR UPDATE',
  forUpdateSkipLocked: 'FOR UPDATE SKIP LOCKED',
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
  async nextOutboxSeq(tx, topic) {
    const sql =
      'UPDATE outbox_heads SET last_seq = last_seq + 1 WHERE topic = ? RETURNING last_seq';
    const [row] = await tx.rows<{ last_seq: number }>(sql, [topic]);
    return row!.last_seq;
  },
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
