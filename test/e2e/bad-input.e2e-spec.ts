import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { createDeployment, type Deployment, placeOrder, send } from '../support/processes';

const VALID = { user_id: 1, item: 'AAPL', amount: '150.50' };
const JSON_TYPE = { 'content-type': 'application/json' };

interface RawAnswer {
  status: number;
  text: string;
}

describe('bad input', () => {
  let deployment: Deployment;
  let url: string;

  beforeAll(async () => {
    deployment = await createDeployment({ env: { MATCH_DELAY_MS: '0' } });
    url = deployment.baseUrl;
  }, 60_000);

  afterAll(() => deployment.dispose());

  afterEach(async () => {
    const rows = await deployment.query<{ orders: number }>(
      'SELECT COUNT(*) AS orders FROM orders',
    );
    expect(Number(rows[0]?.orders)).toBe(0);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['an array', []],
    ['a string', 'AAPL'],
    ['an empty object', {}],
    ['no user', { item: 'A', amount: 1 }],
    ['no item', { user_id: 1, amount: 1 }],
    ['no amount', { user_id: 1, item: 'A' }],
    ['a user that is 0', { ...VALID, user_id: 0 }],
    ['a negative user', { ...VALID, user_id: -1 }],
    ['a fractional user', { ...VALID, user_id: 1.5 }],
    ['a user as text', { ...VALID, user_id: '1' }],
    ['a user beyond 2^53', { ...VALID, user_id: 2 ** 53 }],
    ['a user that is null', { ...VALID, user_id: null }],
    ['a user that is an object', { ...VALID, user_id: { $gt: 0 } }],
    ['an empty item', { ...VALID, item: '' }],
    ['a blank item', { ...VALID, item: ' \t ' }],
    ['an item that is a number', { ...VALID, item: 1 }],
    ['an item of 256 characters', { ...VALID, item: 'x'.repeat(256) }],
    ['an item with a NUL', { ...VALID, item: 'A\u0000B' }],
    ['an item with half a surrogate pair', { ...VALID, item: 'A\ud800' }],
    ['an amount of 0', { ...VALID, amount: 0 }],
    ['an amount of "0.00"', { ...VALID, amount: '0.00' }],
    ['a negative amount', { ...VALID, amount: -1 }],
    ['three decimals', { ...VALID, amount: 1.005 }],
    ['three decimals as text', { ...VALID, amount: '1.000' }],
    ['an amount too large', { ...VALID, amount: 100000000 }],
    ['an exponent', { ...VALID, amount: '1e2' }],
    ['an amount with a comma', { ...VALID, amount: '1,5' }],
    ['an amount in hex', { ...VALID, amount: '0x10' }],
    ['an empty amount', { ...VALID, amount: '' }],
    ['an amount with spaces', { ...VALID, amount: ' 1' }],
    ['an amount that is true', { ...VALID, amount: true }],
    ['an amount that is NaN', { ...VALID, amount: 'NaN' }],
    ['an amount that is a list', { ...VALID, amount: [1] }],
    ['an unknown member', { ...VALID, colour: 'red' }],
    ['a side and nothing that belongs to it', { ...VALID, side: 'BUY' }],
    ['members of book orders without a side', { ...VALID, price: '1.00', quantity: 1 }],
    ['a status of its own', { ...VALID, status: 'FILLED' }],
    ['an id of its own', { ...VALID, id: 7 }],
    ['a constructor', { ...VALID, constructor: 1 }],
  ])('refuses a body with %s', async (_, body) => {
    const text = body === undefined ? '' : JSON.stringify(body);
    const answer = await post(url, text, JSON_TYPE);
    expectProblem(answer, 400);
  });

  it.each([
    ['broken JSON', '{"user_id":1,', 400, 'MALFORMED_JSON'],
    [
      'a prototype',
      '{"__proto__":{"user_id":1},"user_id":1,"item":"A","amount":1}',
      400,
      'VALIDATION_FAILED',
    ],
    [
      'a number beyond doubles',
      '{"user_id":1e999,"item":"A","amount":1}',
      400,
      'VALIDATION_FAILED',
    ],
    ['two documents', '{}{}', 400, 'MALFORMED_JSON'],
    [
      'a body of 2 MB',
      JSON.stringify({ ...VALID, item: 'x'.repeat(2_000_000) }),
      413,
      'PAYLOAD_TOO_LARGE',
    ],
    ['deep nesting', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 400, 'VALIDATION_FAILED'],
  ])('refuses %s', async (_, text, status, code) => {
    expectProblem(await post(url, text, JSON_TYPE), status, code);
  });

  it('refuses bytes that are not UTF-8', async () => {
    const body = Buffer.concat([
      Buffer.from('{"user_id":1,"amount":1,"item":"'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('"}'),
    ]);
    expectProblem(await post(url, body, JSON_TYPE), 400, 'MALFORMED_JSON');
  });

  it.each([
    ['text', 'text/plain'],
    ['a form', 'application/x-www-form-urlencoded'],
    ['another charset', 'application/json; charset=utf-16'],
    ['no type at all', undefined],
  ])('refuses %s with 415', async (_, type) => {
    const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
    expectProblem(await post(url, JSON.stringify(VALID), headers), 415, 'UNSUPPORTED_MEDIA_TYPE');
  });

  it.each(['br2', 'snappy'])('refuses the content encoding %s', async (encoding) => {
    const answer = await post(url, 'x', { ...JSON_TYPE, 'content-encoding': encoding });
    expectProblem(answer, 415, 'UNSUPPORTED_MEDIA_TYPE');
  });

  it('refuses a body that says gzip and is not', async () => {
    const answer = await post(url, 'not gzip', { ...JSON_TYPE, 'content-encoding': 'gzip' });
    expectProblem(answer, 400);
  });

  it('refuses a small body that unpacks to a huge one', async () => {
    const bomb = gzipSync(Buffer.from(`{"item":"${'x'.repeat(20_000_000)}"}`));
    const answer = await post(url, bomb, { ...JSON_TYPE, 'content-encoding': 'gzip' });
    expectProblem(answer, 413, 'PAYLOAD_TOO_LARGE');
  });

  it.each([
    ['GET', '/orders/abc', 400, 'INVALID_ID'],
    ['GET', '/orders/0', 400, 'INVALID_ID'],
    ['GET', '/orders/-1', 400, 'INVALID_ID'],
    ['GET', '/orders/1.5', 400, 'INVALID_ID'],
    ['GET', '/orders/1e3', 400, 'INVALID_ID'],
    ['GET', '/orders/99999999999999999999', 400, 'INVALID_ID'],
    ['GET', '/orders/%zz', 400, 'MALFORMED_REQUEST'],
    ['GET', '/orders/1%00', 400, 'INVALID_ID'],
    ['GET', '/orders/user/abc', 400, 'INVALID_ID'],
    ['GET', '/orders/user/1;DROP', 400, 'INVALID_ID'],
    ['DELETE', '/orders/abc', 400, 'INVALID_ID'],
    ['GET', '/orders?limit=0', 400, 'INVALID_QUERY'],
    ['GET', '/orders?limit=1001', 400, 'INVALID_QUERY'],
    ['GET', '/orders?limit=ten', 400, 'INVALID_QUERY'],
    ['GET', '/orders?limit=1&limit=2', 400, 'INVALID_QUERY'],
    ['GET', '/orders?cursor=-5', 400, 'INVALID_QUERY'],
    ['GET', '/orders?order=up', 400, 'INVALID_QUERY'],
    ['GET', '/orders?status=DONE', 400, 'INVALID_QUERY'],
    ['GET', '/orders?item=', 400, 'INVALID_QUERY'],
    ['GET', '/orders?user_id=x', 400, 'INVALID_QUERY'],
    ['GET', '/orders?colour=red', 400, 'INVALID_QUERY'],
    ['GET', '/orders?constructor=1', 400, 'INVALID_QUERY'],
    ['GET', '/nowhere', 404, 'NOT_FOUND'],
    ['PUT', '/orders', 404, 'NOT_FOUND'],
    ['PATCH', '/orders/1', 400, 'VALIDATION_FAILED'],
    ['PATCH', '/orders', 404, 'NOT_FOUND'],
    ['DELETE', '/orders', 400, 'INVALID_QUERY'],
  ])('answers %s %s with %i %s', async (method, path, status, code) => {
    const answer = await send(url, method, path);
    expectProblem({ status: answer.status, text: answer.text }, status, code);
  });

  it('answers headers that are too large with 431', async () => {
    const answer = await raw(
      url,
      `GET /orders HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(50_000)}\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    expect(answer).toContain('HEADERS_TOO_LARGE');
  });

  it.each([
    ['no host', 'GET /orders HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'MALFORMED_REQUEST'],
    [
      'an expectation that nobody knows',
      'GET /orders HTTP/1.1\r\nHost: x\r\nExpect: gold\r\nConnection: close\r\n\r\n',
      417,
      'EXPECTATION_FAILED',
    ],
  ])('answers a request with %s in problem details', async (_, request, status, code) => {
    const answer = await raw(url, request);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toContain(code);
  });

  it('answers what is not HTTP with 400', async () => {
    const answer = await raw(url, 'HELLO\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('MALFORMED_REQUEST');
  });

  it('does not let one bad request fail the good ones beside it', async () => {
    const other = await createDeployment();
    const answers = await Promise.all(
      Array.from({ length: 60 }, async (_, index) =>
        index % 3 === 0
          ? (await post(other.baseUrl, JSON.stringify({ ...VALID, amount: -1 }), JSON_TYPE)).status
          : (await placeOrder(other.baseUrl, VALID)).status,
      ),
    );
    expect(answers.filter((each) => each === 'OPEN')).toHaveLength(40);
    expect(answers.filter((each) => each === 400)).toHaveLength(20);
    await other.dispose();
  }, 60_000);
});

function expectProblem(answer: RawAnswer, status: number, code?: string): void {
  expect({ status: answer.status, text: answer.text }).toMatchObject({ status });
  const problem = JSON.parse(answer.text) as { status: number; code: string; detail: string };
  expect(problem.status).toBe(status);
  expect(problem.detail).not.toBe('');
  if (code !== undefined) expect(problem.code).toBe(code);
}

async function post(
  url: string,
  body: string | Buffer,
  headers: Record<string, string>,
): Promise<RawAnswer> {
  const response = await fetch(`${url}/orders`, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? Buffer.from(body) : body,
  });
  return { status: response.status, text: await response.text() };
}

/** Sends bytes as they are and returns all that comes back. */
function raw(url: string, request: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(request));
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => (answer += chunk));
    socket.on('end', () => resolve(answer));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve(answer) : reject(error),
    );
  });
}
