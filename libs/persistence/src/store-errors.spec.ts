import { QueryFailedError } from 'typeorm';
import {
  isRetryable,
  isStoreUnavailable,
  OutcomeUnknownError,
  StoreUnavailableError,
} from './store-errors';

const driverError = (code: string, message = 'failed') =>
  Object.assign(new Error(message), { code });
const wrapped = (error: Error) => new QueryFailedError('SELECT 1', [], error);
const kindOf = (error: unknown) => ({
  unavailable: isStoreUnavailable(error),
  retryable: isRetryable(error),
});

describe('store errors', () => {
  it.each([
    'ECONNREFUSED',
    'ECONNRESET',
    'ETIMEDOUT',
    'ENOTFOUND',
    'PROTOCOL_CONNECTION_LOST',
    'ER_CON_COUNT_ERROR',
    'ER_SERVER_SHUTDOWN',
    'ER_DISK_FULL',
    'SQLITE_FULL',
    'SQLITE_IOERR',
  ])('say with %s that the store is not available, wrapped or not', (code) => {
    const kind = { unavailable: true, retryable: false };
    expect(kindOf(driverError(code))).toEqual(kind);
    expect(kindOf(wrapped(driverError(code)))).toEqual(kind);
  });

  it.each(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'SQLITE_BUSY', 'SQLITE_LOCKED'])(
    'say with %s that the transaction may succeed when it is run again, wrapped or not',
    (code) => {
      const kind = { unavailable: false, retryable: true };
      expect(kindOf(driverError(code))).toEqual(kind);
      expect(kindOf(wrapped(driverError(code)))).toEqual(kind);
    },
  );

  it.each(['ER_DUP_ENTRY', 'ER_PARSE_ERROR', 'ER_NO_SUCH_TABLE', 'SQLITE_CONSTRAINT', 'EACCES'])(
    'say with %s that the statement is to blame',
    (code) => {
      const kind = { unavailable: false, retryable: false };
      expect(kindOf(driverError(code))).toEqual(kind);
      expect(kindOf(wrapped(driverError(code)))).toEqual(kind);
    },
  );

  it('know a connection that mysql2 calls closed, without a code', () => {
    const error = new Error("Can't add new command when connection is in closed state");
    expect(isStoreUnavailable(error)).toBe(true);
    expect(isStoreUnavailable(wrapped(error))).toBe(true);
  });

  it('look behind the error for its cause', () => {
    const error = new Error('outer', { cause: driverError('ECONNRESET') });
    expect(isStoreUnavailable(error)).toBe(true);
  });

  it.each([
    ['StoreUnavailableError', new StoreUnavailableError('why')],
    ['OutcomeUnknownError', new OutcomeUnknownError('why')],
    [
      'a StoreUnavailableError after a deadlock',
      new StoreUnavailableError(driverError('SQLITE_BUSY')),
    ],
  ])('take %s for an unavailable store', (_, error) => {
    expect(isStoreUnavailable(error)).toBe(true);
  });

  it.each([
    [new Error('failed')],
    ['ECONNREFUSED'],
    [{ code: 'ECONNREFUSED' }],
    [null],
    [undefined],
  ])('know nothing of %p', (error) => {
    expect(kindOf(error)).toEqual({ unavailable: false, retryable: false });
  });
});
