import { setTimeout as pause } from 'node:timers/promises';
import { type LoadResult, putLoad } from '../lib/load';
import { knob, print, say } from '../lib/run';
import { percentile, table, tenth, whole } from '../lib/statistics';
import { waitFor } from '../lib/wait';
import { type Bench, handled, startApi, startMatcher } from './parts';

const CONNECTIONS = 64;
const WARMUP_SECONDS = 2;
const PROBE_ITEM = 'PROBE';
const PROBE_GAP_MS = 20;
const FILLED_TIMEOUT_MS = 10_000;

/** The answer of one request, and how long it took to come. */
async function call(origin: string, path: string, body?: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${origin}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const json = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(json)}`);
  return json;
}

/** From sending the order that takes until `GET /orders/{id}` shows its trade, ms. */
async function probe(origin: string): Promise<number> {
  const order = { item: PROBE_ITEM, price: '100.00', quantity: '1' };
  await call(origin, '/orders', { ...order, user_id: 1, side: 'SELL' });
  const startedMs = performance.now();
  const taker = await call(origin, '/orders', { ...order, user_id: 2, side: 'BUY' });
  const deadlineMs = startedMs + FILLED_TIMEOUT_MS;
  for (;;) {
    const seen = await call(origin, `/orders/${String(taker.id)}`);
    if (seen.status === 'FILLED') return performance.now() - startedMs;
    if (performance.now() > deadlineMs) throw new Error(`order ${String(taker.id)} is not filled`);
  }
}

/** POST to trade visible, while api and matcher take a tenth and a half of what they can sustain. */
export async function latencyPart(bench: Bench): Promise<void> {
  const seconds = knob('BENCH_SECONDS', 5, 1, 120);
  const sandbox = await bench.stack.sandbox('latency');
  const group = sandbox.groupId;
  const api = await startApi(bench, sandbox, 'latency-api');
  const matcher = await startMatcher(bench, sandbox, 'latency-matcher', group);
  await matcher.ready();
  await waitFor('the first trade', 30_000, 50, async () => {
    await probe(api.origin);
    return true;
  });

  const load = (rate?: number): Promise<LoadResult> =>
    putLoad(bench.run, bench.tree, {
      url: api.origin,
      connections: CONNECTIONS,
      warmupSeconds: WARMUP_SECONDS,
      seconds,
      kind: 'book',
      ...(rate === undefined ? {} : { rate }),
    });
  const before = await handled(sandbox, group);
  const startedMs = performance.now();
  const full = await load();
  await waitFor('the backlog is gone', 60_000, 10, async () => {
    return (await handled(sandbox, group)) - before >= full.created || null;
  });
  const sustainable = (1000 * full.created) / (performance.now() - startedMs);
  say(`  sustainable: ${whole(sustainable)} orders/s`);

  const rows: string[][] = [];
  for (const [name, share] of [
    ['idle', 0],
    ['a tenth', 0.1],
    ['half', 0.5],
  ] as const) {
    const loading = share === 0 ? pause(seconds * 1000) : load(Math.round(sustainable * share));
    let running = true;
    void loading.finally(() => {
      running = false;
    });
    await pause(share === 0 ? 0 : WARMUP_SECONDS * 1000);
    const samples: number[] = [];
    while (running) {
      samples.push(await probe(api.origin));
      await pause(PROBE_GAP_MS);
    }
    await loading;
    rows.push([
      name,
      whole(sustainable * share),
      whole(samples.length),
      tenth(percentile(samples, 50)),
      tenth(percentile(samples, 99)),
    ]);
    say(`  ${name}: p50 ${rows.at(-1)![3]!} ms, p99 ${rows.at(-1)![4]!} ms`);
  }
  print(
    `\nPOST to trade visible in GET /orders/{id}; api and matcher sustain ${whole(sustainable)} orders/s\n`,
  );
  print(table(['load', 'orders/s', 'samples', 'p50 ms', 'p99 ms'], rows));
  print('\ngoal: p99 under 50 ms at a tenth');
}
