import autocannon from 'autocannon';
import type { LoadOptions, LoadResult } from './load';
import { percentile } from './statistics';

const USERS = 1000;
const ITEMS = 100;
const BODIES_PER_CONNECTION = 100;

interface Phase {
  durationsMs: number[];
  created: number;
  errors: number;
  tookMs: number;
}

/** Built before the load starts. Connections differ, and so do the requests of each. */
function bodiesOf(connection: number): autocannon.Request[] {
  return Array.from({ length: BODIES_PER_CONNECTION }, (_, index) => {
    const number = connection * 7919 + index * 104_729;
    const body = JSON.stringify({
      user_id: 1 + (number % USERS),
      item: `ITEM-${number % ITEMS}`,
      amount: (10_000 + (number % 9000)) / 100,
    });
    return {
      method: 'POST',
      path: '/orders',
      headers: { 'content-type': 'application/json' },
      body,
    };
  });
}

async function phase(options: LoadOptions, seconds: number): Promise<Phase> {
  const result: Phase = { durationsMs: [], created: 0, errors: 0, tookMs: 0 };
  let connection = 0;
  const startedMs = performance.now();
  const endMs = startedMs + seconds * 1000;
  const summary = await new Promise<autocannon.Result>((resolve, reject) => {
    const load = {
      url: options.url,
      connections: options.connections,
      duration: seconds,
      timeout: 10,
      setupClient: (client: autocannon.Client) => client.setRequests(bodiesOf(connection++)),
    };
    const instance = autocannon(load, (error: Error | null, each) => {
      if (error === null) resolve(each);
      else reject(error);
    });
    instance.on('response', (_client, statusCode, _bytes, durationMs) => {
      if (statusCode === 201) result.created += 1;
      else result.errors += 1;
      // The load goes on a little longer than asked for: autocannon looks at the clock once a second.
      if (performance.now() <= endMs) result.durationsMs.push(durationMs);
    });
  });
  result.errors += summary.errors;
  result.tookMs = seconds * 1000;
  return result;
}

async function main(): Promise<void> {
  const options = JSON.parse(process.argv[2] ?? '') as LoadOptions;
  const warmup = await phase(options, options.warmupSeconds);
  const measured = await phase(options, options.seconds);
  const result: LoadResult = {
    perSecond: (measured.durationsMs.length * 1000) / measured.tookMs,
    p50Ms: percentile(measured.durationsMs, 50),
    p99Ms: percentile(measured.durationsMs, 99),
    errors: warmup.errors + measured.errors,
    created: warmup.created + measured.created,
    unanswered: 2 * options.connections,
  };
  process.stdout.write(JSON.stringify(result));
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
