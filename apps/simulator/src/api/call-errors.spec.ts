import { answered, RefusedError, retryAfterMs, UnavailableError } from './call-errors';

const NEVER = new AbortController().signal;
const answer = (status: number, body: object, headers: Record<string, string> = {}) => {
  const response = new Response(null, { status, headers });
  return Promise.resolve(response.ok ? { data: body, response } : { error: body, response });
};

describe('answered', () => {
  it('gives what was answered', async () => {
    await expect(answered(answer(201, { id: 1 }), NEVER)).resolves.toEqual({ id: 1 });
  });

  it.each([
    [503, { 'retry-after': '2' }, 2000],
    [503, {}, null],
    [429, { 'retry-after': '7' }, 7000],
    [500, {}, null],
  ])('takes %d for unavailable, and how long', async (status, headers, retryAfterMs) => {
    const failure = answered(answer(status, { code: 'OVERLOADED' }, headers), NEVER);
    await expect(failure).rejects.toBeInstanceOf(UnavailableError);
    await expect(failure).rejects.toMatchObject({ retryAfterMs });
  });

  it('tells why a request is refused', async () => {
    const failure = answered(answer(409, { code: 'ORDER_FINAL', detail: 'it has ended' }), NEVER);
    await expect(failure).rejects.toBeInstanceOf(RefusedError);
    await expect(failure).rejects.toMatchObject({ status: 409, code: 'ORDER_FINAL' });
  });

  it('takes a broken connection for unavailable', async () => {
    const broken = new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') });
    const failure = answered(Promise.reject(broken), NEVER);
    await expect(failure).rejects.toMatchObject({ message: 'ECONNREFUSED', retryAfterMs: null });
  });

  it('does not take an abort for a failure of the api', async () => {
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(answered(Promise.reject(new Error('aborted')), signal)).rejects.toThrow('stopped');
  });
});

describe('retryAfterMs', () => {
  it.each([
    ['3', 3000],
    ['Thu, 01 Jan 1970 00:00:10 GMT', 9000],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
    ['soon', null],
  ])('reads "%s"', (text, expected) => {
    expect(retryAfterMs(new Headers({ 'retry-after': text }), 1000)).toBe(expected);
  });
});
