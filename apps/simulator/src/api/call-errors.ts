/** The api can not be reached, or says that it is overloaded: try again later. */
export class UnavailableError extends Error {
  constructor(
    reason: string,
    /** What its `Retry-After` says; null when it says nothing. */
    readonly retryAfterMs: number | null,
  ) {
    super(reason);
  }
}

/** The api has refused a request: an order that has ended meanwhile, a market that is halted. */
export class RefusedError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
  ) {
    super(`${status} ${code}: ${detail}`);
  }
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/**
 * Waits for an answer of the api.
 * @throws UnavailableError, RefusedError, and what `signal` was aborted with
 */
export async function answered<T>(call: Promise<Answer<T>>, signal: AbortSignal): Promise<T> {
  const { data, error, response } = await call.catch((failure: unknown) => {
    signal.throwIfAborted();
    throw new UnavailableError(reasonOf(failure), null);
  });
  if (response.ok && data !== undefined) return data;
  const { code = '', detail = '' } = (error ?? {}) as { code?: string; detail?: string };
  const { status } = response;
  if (status === 429 || status >= 500) {
    throw new UnavailableError(`${status} ${code}`, retryAfterMs(response.headers, Date.now()));
  }
  throw new RefusedError(status, code, detail);
}

/** Seconds or a date (RFC 9110). */
export function retryAfterMs(headers: Headers, nowMs: number): number | null {
  const text = headers.get('retry-after') ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const untilMs = Date.parse(text);
  return Number.isNaN(untilMs) ? null : Math.max(0, untilMs - nowMs);
}

function reasonOf(failure: unknown): string {
  if (!(failure instanceof Error)) return String(failure);
  return failure.cause instanceof Error ? failure.cause.message : failure.message;
}
