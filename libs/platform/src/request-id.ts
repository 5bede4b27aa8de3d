import type { IncomingMessage, ServerResponse } from 'node:http';
import { randomUUID } from 'node:crypto';

const HEADER = 'x-request-id';
const VALID = /^[\x21-\x7e]{1,128}$/;
const REQUEST_ID = Symbol('request id');

interface Identified extends IncomingMessage {
  [REQUEST_ID]?: string;
}

/**
 * Gives each request an id: the client's `X-Request-Id` where it is 1 to 128 visible ASCII characters,
 * otherwise a new one. It returns in the response's header and travels in the events the request causes.
 */
export function requestIdMiddleware(
  request: IncomingMessage,
  response: ServerResponse,
  next: () => void,
): void {
  const given = request.headers[HEADER];
  const id = typeof given === 'string' && VALID.test(given) ? given : randomUUID();
  (request as Identified)[REQUEST_ID] = id;
  response.setHeader('X-Request-Id', id);
  next();
}

export function requestIdOf(request: IncomingMessage): string {
  return (request as Identified)[REQUEST_ID] ?? '';
}
