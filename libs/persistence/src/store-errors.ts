/** The store did not answer, and nothing of the transaction was kept. */
export class StoreUnavailableError extends Error {
  constructor(cause: unknown) {
    super('the store is not available', { cause });
    this.name = 'StoreUnavailableError';
  }
}

/** The connection broke while the transaction was being committed: it may or may not have been kept. */
export class OutcomeUnknownError extends Error {
  constructor(cause: unknown) {
    super('the store did not confirm the commit', { cause });
    this.name = 'OutcomeUnknownError';
  }
}

const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'POOL_CLOSED',
  'ER_CON_COUNT_ERROR',
  'ER_SERVER_SHUTDOWN',
  'ER_NORMAL_SHUTDOWN',
  'ER_SERVER_ISNT_AVAILABLE',
  'ER_QUERY_INTERRUPTED',
  'ER_OPTION_PREVENTS_STATEMENT',
  'ER_DISK_FULL',
  'SQLITE_FULL',
  'SQLITE_IOERR',
  'SQLITE_READONLY',
  'SQLITE_CANTOPEN',
]);

const RETRYABLE_CODES = new Set([
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  'SQLITE_BUSY',
  'SQLITE_BUSY_SNAPSHOT',
  'SQLITE_LOCKED',
]);

const DUPLICATE_KEY_CODES = new Set([
  'ER_DUP_ENTRY',
  'SQLITE_CONSTRAINT',
  'SQLITE_CONSTRAINT_UNIQUE',
  'SQLITE_CONSTRAINT_PRIMARYKEY',
]);

/** Whether an error means that the store can not be reached or can not write now, whatever was asked of it. */
export function isStoreUnavailable(error: unknown): boolean {
  if (error instanceof StoreUnavailableError || error instanceof OutcomeUnknownError) return true;
  const code = codeOf(error);
  return code !== null && CONNECTION_CODES.has(code);
}

/** Whether the same transaction may succeed when it is run again. */
export function isRetryable(error: unknown): boolean {
  const code = codeOf(error);
  return code !== null && RETRYABLE_CODES.has(code);
}

/** Whether a row was refused because another one has its key. */
export function isDuplicateKey(error: unknown): boolean {
  const code = codeOf(error);
  return code !== null && DUPLICATE_KEY_CODES.has(code);
}

/** Drivers' errors arrive wrapped in TypeORM's; mysql2 says "closed state" without a code. */
function codeOf(error: unknown): string | null {
  for (let each = error; each instanceof Error; each = innerOf(each)) {
    if ('code' in each && typeof each.code === 'string') return each.code;
    if (each.message.includes('closed state')) return 'PROTOCOL_CONNECTION_LOST';
    if (each.message.startsWith('Queue limit reached')) return 'ER_CON_COUNT_ERROR';
  }
  return null;
}

function innerOf(error: Error): unknown {
  return 'driverError' in error && error.driverError !== error ? error.driverError : error.cause;
}
