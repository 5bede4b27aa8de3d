import type { IncomingMessage, ServerResponse } from 'node:http';
import { requestIdMiddleware, requestIdOf } from './request-id';

function handle(given: string | string[] | undefined) {
  const request = { headers: { 'x-request-id': given } } as unknown as IncomingMessage;
  const setHeader = jest.fn<void, [string, string]>();
  const next = jest.fn();
  requestIdMiddleware(request, { setHeader } as unknown as ServerResponse, next);
  expect(next).toHaveBeenCalledTimes(1);
  expect(setHeader).toHaveBeenCalledWith('X-Request-Id', requestIdOf(request));
  return requestIdOf(request);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe('requestIdMiddleware', () => {
  it.each(['a', 'order-1/2', '!~', 'x'.repeat(128)])("keeps the client's id %p", (given) => {
    expect(handle(given)).toBe(given);
  });

  it.each([undefined, '', ' ', 'a b', 'x'.repeat(129), 'ä', 'a\r\nSet-Cookie: b', '\u007f'])(
    'makes a new id instead of %j',
    (given) => {
      expect(handle(given)).toMatch(UUID);
    },
  );

  it('makes a new id where several were sent', () => {
    expect(handle(['a', 'b'])).toMatch(UUID);
  });

  it('makes another id for each request', () => {
    expect(handle(undefined)).not.toBe(handle(undefined));
  });

  it('knows no id of a request that it did not see', () => {
    expect(requestIdOf({ headers: {} } as IncomingMessage)).toBe('');
  });
});
