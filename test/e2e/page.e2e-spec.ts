import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { createDeployment, type Deployment } from '../support/processes';

interface PageAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

const DECODERS: Record<string, (body: Buffer) => Buffer> = {
  br: brotliDecompressSync,
  gzip: gunzipSync,
};

describe('the page', () => {
  let deployment: Deployment;
  let script: string;
  let style: string;

  beforeAll(async () => {
    deployment = await createDeployment();
    const html = (await get('/')).body.toString();
    script = pathIn(html, /src="\.(\/assets\/[^"]+\.js)"/);
    style = pathIn(html, /href="\.(\/assets\/[^"]+\.css)"/);
  }, 90_000);

  afterAll(() => deployment.dispose());

  /** The path exactly as it is given: fetch would clean it. */
  function get(
    path: string,
    headers: Record<string, string | undefined> = {},
    method = 'GET',
  ): Promise<PageAnswer> {
    const { hostname, port } = new URL(deployment.baseUrl);
    const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value));
    return new Promise((resolve, reject) => {
      const outgoing = request({ hostname, port, path, method, headers: sent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
          }),
        );
      });
      outgoing.on('error', reject);
      outgoing.end();
    });
  }

  it('is served with its types, each file cached as its name allows', async () => {
    const [html, js, css, icon] = await Promise.all(
      ['/', script, style, '/icon.svg'].map((path) => get(path)),
    );
    expect(html).toMatchObject({ status: 200, headers: { 'cache-control': 'no-cache' } });
    expect(html?.headers['content-type']).toMatch(/^text\/html; charset=utf-8$/i);
    expect(js?.headers).toMatchObject({
      'content-type': expect.stringMatching(/^(?:text|application)\/javascript/) as string,
      'cache-control': 'public, max-age=31536000, immutable',
    });
    expect(css?.headers['content-type']).toMatch(/^text\/css/);
    expect(icon?.headers['content-type']).toBe('image/svg+xml');
    expect(icon?.headers['cache-control']).toBe('no-cache');
  });

  it.each([{}, { 'accept-encoding': 'br' }])(
    'lets nothing in from elsewhere, and nobody frame it (%j)',
    async (headers) => {
      for (const path of ['/', script, style]) {
        const answer = await get(path, headers);
        const policy = String(answer.headers['content-security-policy']);
        expect(policy).toContain("default-src 'self'");
        expect(policy).toContain("frame-ancestors 'none'");
        expect(policy).not.toMatch(/script-src|unsafe-eval|https?:/);
        expect(answer.headers['x-content-type-options']).toBe('nosniff');
      }
    },
  );

  it.each([
    ['gzip, deflate, br', 'br'],
    ['br;q=0.5, gzip;q=0.8', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['*', 'br'],
    ['identity', undefined],
    ['br;q=0, gzip;q=0', undefined],
    [undefined, undefined],
  ])('answers "Accept-Encoding: %s" with %s', async (accepted, expected) => {
    const plain = await get(script);
    const answer = await get(script, { 'accept-encoding': accepted });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-encoding']).toBe(expected);
    expect(answer.headers.vary).toMatch(/accept-encoding/i);
    expect(answer.headers['content-type']).toBe(plain.headers['content-type']);
    expect(answer.headers['cache-control']).toBe(plain.headers['cache-control']);
    expect(answer.headers['content-length']).toBe(String(answer.body.length));
    const decoded = DECODERS[expected ?? '']?.(answer.body) ?? answer.body;
    expect(decoded.equals(plain.body)).toBe(true);
    if (expected !== undefined) expect(answer.body.length).toBeLessThan(plain.body.length / 2);
  });

  it('tells copies apart, and sends nothing again to who has it', async () => {
    const tags = new Set<unknown>();
    for (const encoding of ['br', 'gzip', 'identity']) {
      const headers = { 'accept-encoding': encoding };
      const first = await get(script, headers);
      expect(first.headers.etag).toBeDefined();
      tags.add(first.headers.etag);
      const second = await get(script, { ...headers, 'if-none-match': String(first.headers.etag) });
      expect(second.status).toBe(304);
      expect(second.body).toHaveLength(0);
    }
    expect(tags.size).toBe(3);
  });

  it('answers HEAD without a body', async () => {
    const answer = await get(script, { 'accept-encoding': 'br' }, 'HEAD');
    expect(answer).toMatchObject({ status: 200, headers: { 'content-encoding': 'br' } });
    expect(Number(answer.headers['content-length'])).toBeGreaterThan(0);
    expect(answer.body).toHaveLength(0);
  });

  it.each([
    '/assets/none.js',
    '/assets/',
    '/none.html',
    '/..%2f..%2fpackage.json',
    '/../../../package.json',
    '/%2e%2e/%2e%2e/src/main.js',
    '/assets/..%5c..%5cmain.js',
    '/assets/../../api/src/main.js',
    '/../web.br/index.html',
    '/..%2fweb.br%2findex.html',
    '/.built',
    '/%00',
  ])('has no file at %s', async (path) => {
    for (const headers of [{}, { 'accept-encoding': 'br, gzip' }]) {
      const answer = await get(path, headers);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(answer.headers['content-encoding']).toBeUndefined();
    }
  });

  it.each(['br', 'identity'])('gives the whole to who asks for a part (%s)', async (encoding) => {
    for (const range of ['bytes=0-9', 'bytes=99999999-']) {
      const whole = await get(script, { 'accept-encoding': encoding });
      const answer = await get(script, { 'accept-encoding': encoding, range });
      expect(answer.status).toBe(200);
      expect(answer.body.equals(whole.body)).toBe(true);
    }
  });

  it('has no page for a folder', async () => {
    expect((await get('/assets')).status).toBe(404);
  });

  it('takes no other method', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) {
      expect((await get('/icon.svg', {}, method)).status).toBe(404);
    }
  });
});

function pathIn(html: string, pattern: RegExp): string {
  const path = pattern.exec(html)?.[1];
  if (path === undefined) throw new Error(`the page names no such file: ${html}`);
  return path;
}
