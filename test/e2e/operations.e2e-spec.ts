import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import {
  createDeployment,
  type Deployment,
  eventually,
  getOrder,
  placeOrder,
  postOrder,
  send,
  WIRING,
} from '../support/processes';

interface OpenApi {
  openapi: string;
  paths: Record<
    string,
    Record<string, { operationId: string; responses: Record<string, unknown> }>
  >;
  components: { schemas: Record<string, { required?: string[]; properties: object }> };
}

describe('operations', () => {
  let deployment: Deployment;
  let url: string;

  beforeAll(async () => {
    deployment = await createDeployment({ env: { MATCH_DELAY_MS: '0' } });
    url = deployment.baseUrl;
  }, 60_000);

  afterAll(() => deployment.dispose());

  it('is healthy and live', async () => {
    for (const path of ['/health', '/health/live']) {
      const answer = await send(url, 'GET', path);
      expect([answer.status, answer.json]).toEqual([200, { status: 'healthy' }]);
    }
  });

  it('is ready, and names each dependency', async () => {
    const answer = await send(url, 'GET', '/health/ready');
    expect(answer.status).toBe(200);
    const kinds = WIRING === 'stack' ? ['mysql', 'kafka', 'redis'] : ['sqlite', 'outbox', 'memory'];
    expect(answer.json).toMatchObject({
      status: 'ready',
      dependencies: {
        store: { kind: kinds[0], status: 'up' },
        event_log: { kind: kinds[1], status: 'up' },
        cache: { kind: kinds[2], status: 'up' },
      },
    });
  });

  it('serves an OpenAPI document from which a client can be made', async () => {
    const answer = await send(url, 'GET', '/openapi.json');
    const document = answer.json as OpenApi;
    expect(document.openapi).toMatch(/^3\./);
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
    );
    expect(operations.map(({ method, path }) => `${method} ${path}`)).toEqual(
      expect.arrayContaining([
        'post /orders',
        'get /orders',
        'get /orders/{id}',
        'delete /orders/{id}',
        'patch /orders/{id}',
        'delete /orders',
        'post /orders/batch',
        'get /orders/by-client-id/{user_id}/{client_order_id}',
        'delete /orders/by-client-id/{user_id}/{client_order_id}',
        'get /orders/{id}/trades',
        'get /trades',
        'get /markets',
        'get /markets/{item}',
        'put /markets/{item}',
        'get /markets/{item}/book',
        'get /markets/{item}/trades',
        'get /markets/{item}/candles',
        'get /markets/{item}/ticker',
        'get /users/{user_id}/positions',
        'get /orders/user/{user_id}',
        'get /settings',
        'get /health',
      ]),
    );
    const ids = operations.map((operation) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const create = document.paths['/orders']?.post;
    expect(Object.keys(create?.responses ?? {})).toEqual(
      expect.arrayContaining(['201', '200', '400', '409', '413', '415', '503']),
    );
    expect(document.components.schemas.OrderDto?.required).toEqual([
      'id',
      'user_id',
      'item',
      'amount',
      'status',
    ]);
    expect(answer.text.match(/"#\/components\/schemas\/[^"]+"/g) ?? []).not.toHaveLength(0);
    for (const [reference] of answer.text.matchAll(/#\/components\/schemas\/(\w+)/g)) {
      expect(document.components.schemas).toHaveProperty(reference.split('/').at(-1) ?? '');
    }
  });

  it('tells how long a plain order waits', async () => {
    const answer = await send(url, 'GET', '/settings');
    expect([answer.status, answer.json]).toEqual([200, { match_delay_ms: 0 }]);
  });

  it('serves the explorer at /docs and a page at /', async () => {
    for (const path of ['/docs', '/']) {
      const answer = await send(url, 'GET', path);
      expect(answer.status).toBe(200);
      expect(answer.headers['content-type']).toMatch(/text\/html/);
    }
  });

  it('answers requests in flight and loses nothing when it is asked to stop', async () => {
    const other = await createDeployment({ env: { MATCH_DELAY_MS: '200' } });
    const front = other.processes.hybrid ?? other.process('api');
    const placed = new Set<number>();
    let stopping = false;
    const load = async (): Promise<void> => {
      for (;;) {
        try {
          const answer = await postOrder(other.baseUrl, { user_id: 1, item: 'A', amount: '1' });
          expect(answer.status).toBe(201);
          placed.add((answer.json as { id: number }).id);
        } catch (error) {
          if (!stopping) throw error;
          expect((error as NodeJS.ErrnoException).code).toMatch(/ECONNREFUSED|ECONNRESET/);
          return;
        }
      }
    };
    const clients = Array.from({ length: 20 }, load);
    await eventually(() => expect(placed.size).toBeGreaterThan(100));
    stopping = true;
    const startedMs = Date.now();
    expect(await front.stop()).toBe(0);
    expect(Date.now() - startedMs).toBeLessThan(10_000);
    await Promise.all(clients);
    await front.start();
    for (const id of placed) {
      await eventually(async () => {
        expect((await getOrder(other.baseUrl, id)).status).toBe('FILLED');
      });
    }
    const rows = await other.query<{ orders: number }>('SELECT COUNT(*) AS orders FROM orders');
    expect(Number(rows[0]?.orders)).toBe(placed.size);
    await other.dispose();
  }, 90_000);

  it('stops in time although a client never finishes its request', async () => {
    const other = await createDeployment();
    const front = other.processes.hybrid ?? other.process('api');
    const { hostname, port } = new URL(other.baseUrl);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(
      'POST /orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{',
    );
    socket.on('error', () => undefined);
    const startedMs = Date.now();
    expect(await front.stop()).toBe(0);
    expect(Date.now() - startedMs).toBeLessThan(10_000);
    socket.destroy();
    await other.dispose();
  }, 60_000);

  it('takes up where it stopped after a restart', async () => {
    const other = await createDeployment({ env: { MATCH_DELAY_MS: '1500' } });
    const placed = await placeOrder(other.baseUrl);
    for (const each of Object.values(other.processes)) expect(await each.stop()).toBe(0);
    for (const each of Object.values(other.processes)) await each.start();
    await eventually(
      async () => expect((await getOrder(other.baseUrl, placed.id)).status).toBe('FILLED'),
      { timeoutMs: 20_000 },
    );
    await other.dispose();
  }, 60_000);

  it.each([
    ['PORT', '99999', /PORT is "99999": it must be an integer from 0 to 65535/],
    ['MATCH_DELAY_MS', '-1', /MATCH_DELAY_MS is "-1"/],
    ['MATCH_DELAY_MS', '3s', /MATCH_DELAY_MS is "3s"/],
    ['LOG_LEVEL', 'loud', /LOG_LEVEL is "loud": it must be one of trace, debug/],
    [
      'DATABASE_URL',
      'postgres://me:s3cret@db/orders',
      /DATABASE_URL is "postgres:\/\/\*\*\*@db\/orders"/,
    ],
    ['DATABASE_URL', 'mysql://me:s3cret@db', /DATABASE_URL is "mysql:\/\/\*\*\*@db"/],
    ['REDIS_URL', 'localhost', /REDIS_URL is "localhost"/],
    [
      'KAFKA_BOOTSTRAP_SERVERS',
      'kafka',
      /KAFKA_BOOTSTRAP_SERVERS is "kafka": it must be host:port/,
    ],
    ['ACCEPT_BATCH_LIMIT', '20000', /ACCEPT_BATCH_LIMIT is "20000"/],
  ])('does not start with %s=%s, and says why in one line', async (name, value, line) => {
    const { code, stderr } = await startWith({ [name]: value });
    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(line);
    expect(stderr).not.toContain('s3cret');
  });
});

/** Runs the hybrid with these variables until it ends. */
async function startWith(env: Record<string, string>): Promise<{ code: number; stderr: string }> {
  const child = spawn(process.execPath, ['dist/src/main.js'], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  const [code] = (await once(child, 'close')) as [number];
  return { code, stderr };
}
