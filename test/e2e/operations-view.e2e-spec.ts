import Database from 'libsql';
import { join } from 'node:path';
import {
  createDeployment,
  type Deployment,
  eventually,
  getJson,
  orderBecomes,
  placeBookOrder,
  placeOrder,
  send,
  WIRING,
} from '../support/processes';
import { type ServiceName, stackService } from '../support/stack-services';
import { EventStream, StreamSocket } from '../support/stream';

interface Sample {
  time: string;
  orders_per_second: number | null;
  trades_per_second: number | null;
  consumer_lag: number | null;
  outbox_depth: number | null;
  accept_p50_ms: number | null;
  accept_p99_ms: number | null;
  match_p50_ms: number | null;
  match_p99_ms: number | null;
  stream_connections: number;
  stream_subscriptions: number;
  rss_bytes: number;
  readiness: string | null;
}

interface Operations {
  instance: string;
  role: string;
  started_at: string;
  lag_unit: string;
  readiness: {
    status: string;
    dependencies: Record<string, { kind: string; status: string; required: boolean }>;
  } | null;
  samples: Sample[];
}

const onStack = WIRING === 'stack' ? describe : describe.skip;
const SLOW = { timeoutMs: 30_000, everyMs: 250 };
const FRONT = WIRING === 'stack' ? 'api' : 'hybrid';

const operations = (url: string): Promise<Operations> => getJson(url, '/operations');

/** Waits until the newest sample is as it is said to be. @returns the whole answer. */
function becomes(url: string, expected: Partial<Sample>): Promise<Operations> {
  return eventually(async () => {
    const answer = await operations(url);
    expect(answer.samples.at(-1)).toMatchObject(expected);
    return answer;
  }, SLOW);
}

/** How much came in all, by how much came in a second. */
function total(samples: readonly Sample[], rate: (sample: Sample) => number | null): number {
  const seconds = (index: number): number =>
    (timeOf(samples[index]) - timeOf(samples[index - 1])) / 1000;
  return samples.reduce(
    (sum, sample, index) => (index === 0 ? 0 : sum + (rate(sample) ?? 0) * seconds(index)),
    0,
  );
}

const timeOf = (sample: Sample | undefined): number => Date.parse(sample?.time ?? '');

describe('the view for operators', () => {
  let deployment: Deployment;
  let url: string;

  beforeAll(async () => {
    deployment = await createDeployment({ env: { MATCH_DELAY_MS: '0' } });
    url = deployment.baseUrl;
  }, 60_000);

  afterAll(() => deployment.dispose());

  it('tells of the process before anybody asked, and of the system from then on', async () => {
    const front = deployment.process(FRONT);
    await front.stop();
    await front.start();
    const first = await eventually(async () => {
      const answer = await operations(url);
      expect(answer.samples.length).toBeGreaterThan(0);
      return answer;
    }, SLOW);
    expect(first).toMatchObject({
      role: FRONT,
      lag_unit: WIRING === 'stack' ? 'events' : 'commits',
    });
    expect(first.instance).toMatch(new RegExp(`:${front.pid}$`));
    expect(Math.abs(Date.parse(first.started_at) - Date.now())).toBeLessThan(60_000);
    expect(first.samples[0]?.rss_bytes).toBeGreaterThan(10_000_000);
    const { readiness } = await becomes(url, {
      orders_per_second: 0,
      trades_per_second: 0,
      consumer_lag: 0,
      outbox_depth: 0,
      accept_p50_ms: null,
      match_p50_ms: null,
      readiness: 'ready',
    });
    const health = await getJson<Operations['readiness']>(url, '/health/ready');
    expect(readiness).toMatchObject({ ...health });
  }, 60_000);

  it('counts orders and trades, and tells how long they took', async () => {
    const before = (await operations(url)).samples.at(-1);
    const after = before?.time ?? '';
    for (let count = 0; count < 20; count += 1) {
      const order = { item: 'VIEW', price: '5.00', quantity: '1' };
      await placeBookOrder(url, { ...order, user_id: 1, side: 'SELL' });
      const { id } = await placeBookOrder(url, { ...order, user_id: 2, side: 'BUY' });
      await orderBecomes(url, id, { status: 'FILLED' });
    }
    for (let count = 0; count < 5; count += 1) await placeOrder(url);
    const samples = await eventually(async () => {
      const answer = await operations(url);
      const since = answer.samples.filter(({ time }) => time >= after);
      const off = {
        orders: total(since, (each) => each.orders_per_second) - 45,
        trades: total(since, (each) => each.trades_per_second) - 20,
      };
      // A sample's time is not quite that of its readings.
      expect(Math.abs(off.orders)).toBeLessThan(8);
      expect(Math.abs(off.trades)).toBeLessThan(4);
      return since;
    }, SLOW);
    const accepted = samples.filter((each) => each.accept_p50_ms !== null);
    const matched = samples.filter((each) => each.match_p50_ms !== null);
    expect(accepted.length).toBeGreaterThan(0);
    expect(matched.length).toBeGreaterThan(0);
    for (const { accept_p50_ms: p50, accept_p99_ms: p99 } of accepted) {
      expect(p50).toBeGreaterThan(0.05);
      expect(p50).toBeLessThan(5000);
      expect(p99 ?? 0).toBeGreaterThanOrEqual(p50 ?? 0);
    }
    for (const { match_p50_ms: p50, match_p99_ms: p99 } of matched) {
      expect(p50).toBeLessThan(5000);
      expect(p99 ?? 0).toBeGreaterThanOrEqual(p50 ?? 0);
    }
  }, 60_000);

  it('gives only what is newer than a time', async () => {
    const { samples } = await eventually(async () => {
      const answer = await operations(url);
      expect(answer.samples.length).toBeGreaterThan(3);
      return answer;
    }, SLOW);
    const known = samples.at(-3)?.time ?? '';
    const newer = await getJson<Operations>(url, `/operations?after=${known}`);
    expect(newer.samples.length).toBeGreaterThanOrEqual(2);
    expect(newer.samples.length).toBeLessThan(samples.length);
    expect(newer.samples.every(({ time }) => time > known)).toBe(true);
    for (const query of ['after=soon', 'before=1']) {
      const answer = await send(url, 'GET', `/operations?${query}`);
      expect([answer.status, answer.json]).toMatchObject([400, { code: 'INVALID_QUERY' }]);
    }
  }, 40_000);

  it('counts live streams', async () => {
    await becomes(url, { stream_connections: 0, stream_subscriptions: 0 });
    const socket = await StreamSocket.open(url);
    await socket.begin('book:VIEW');
    await socket.begin('trades:VIEW');
    const events = await EventStream.open(url, { channel: 'ticker:VIEW' });
    await becomes(url, { stream_connections: 2, stream_subscriptions: 3 });
    socket.cut();
    events.close();
    await becomes(url, { stream_connections: 0, stream_subscriptions: 0 });
  }, 60_000);

  it('shows what the matcher has not consumed, until it has', async () => {
    const matcher = await withoutMatcher(deployment);
    try {
      await becomes(url, { consumer_lag: 0 });
      for (let count = 0; count < 7; count += 1) await placeOrder(url);
      await becomes(url, { consumer_lag: 7 });
    } finally {
      await matcher.back();
    }
    await becomes(url, { consumer_lag: 0 });
  }, 90_000);
});

onStack('the view for operators while something is away', () => {
  let deployment: Deployment;
  let url: string;

  beforeAll(async () => {
    deployment = await createDeployment({ env: { MATCH_DELAY_MS: '0' } });
    url = deployment.baseUrl;
  }, 60_000);

  afterAll(() => deployment.dispose());

  const without = async (
    name: ServiceName,
    how: 'stop' | 'pause',
    work: () => Promise<void>,
  ): Promise<void> => {
    await stackService(how, name);
    try {
      await work();
    } finally {
      await stackService(how === 'pause' ? 'resume' : 'start', name);
    }
  };

  it('shows the events that wait for Kafka, and that it is away', async () => {
    await becomes(url, { outbox_depth: 0, consumer_lag: 0, readiness: 'ready' });
    await without('kafka', 'stop', async () => {
      for (let count = 0; count < 7; count += 1) await placeOrder(url);
      const { readiness } = await becomes(url, {
        outbox_depth: 7,
        consumer_lag: null,
        readiness: 'degraded',
      });
      expect(readiness?.dependencies.event_log).toMatchObject({ kind: 'kafka', status: 'down' });
      expect(readiness?.dependencies.store).toMatchObject({ status: 'up' });
    });
    await becomes(url, { outbox_depth: 0, consumer_lag: 0, readiness: 'ready' });
  }, 150_000);

  it('answers at once while the store hangs, and makes no figure up', async () => {
    await becomes(url, { orders_per_second: 0, readiness: 'ready' });
    await without('mysql', 'pause', async () => {
      await becomes(url, { readiness: 'not_ready' });
      const startedMs = Date.now();
      const { samples, readiness } = await operations(url);
      expect(Date.now() - startedMs).toBeLessThan(1000);
      expect(samples.at(-1)).toMatchObject({
        orders_per_second: null,
        trades_per_second: null,
        consumer_lag: null,
        outbox_depth: null,
      });
      expect(readiness?.dependencies.store?.status).toBe('down');
    });
    await becomes(url, { orders_per_second: 0, consumer_lag: 0, readiness: 'ready' });
  }, 150_000);
});

/** Takes the matcher away while the api goes on. In the hybrid it waits for the lock that readers of the log hold. */
async function withoutMatcher(deployment: Deployment): Promise<{ back(): Promise<void> }> {
  if (deployment.wiring === 'stack') {
    const matcher = deployment.process('matcher-1');
    await matcher.kill();
    return { back: () => matcher.start() };
  }
  const hybrid = deployment.process('hybrid');
  await hybrid.stop();
  const lock = new Database(join(deployment.dataDirectory(), 'outbox-tail.lock'));
  lock.exec('BEGIN EXCLUSIVE');
  await hybrid.start();
  return {
    back: () => {
      lock.close();
      return Promise.resolve();
    },
  };
}
