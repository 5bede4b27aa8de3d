import autocannon from 'autocannon';
import { decimalPrice, decimalQuantity, flow } from '../trade/flow';
import { type LoadKind, type LoadOptions, type LoadResult, ORDERS_PER_BATCH } from './load';
import { percentile } from './statistics';

const USERS = 1000;
const ITEMS = 100;
const BODIES_PER_CONNECTION = 100;
const BATCHES_PER_CONNECTION = 4;
const DIFFERENT_CONNECTIONS = 256;

interface Phase {
  durationsMs: number[];
  created: number;
  refused: number;
  errors: number;
  tookMs: number;
}

const built = new Map<number, autocannon.Request[]>();

/** Built before the load starts. Connections differ, as far as that is worth its time, and so do the requests of each. */
function requestsFor(connection: number, kind: LoadKind): autocannon.Request[] {
  const like = connection % DIFFERENT_CONNECTIONS;
  const requests = built.get(like) ?? requestsOf(like, kind);
  built.set(like, requests);
  return requests;
}

function requestsOf(connection: number, kind: LoadKind): autocannon.Request[] {
  const path = kind === 'batch' ? '/orders/batch' : '/orders';
  return bodiesOf(connection, kind).map((body) => ({
    method: 'POST',
    path,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }));
}

function bodiesOf(connection: number, kind: LoadKind): object[] {
  if (kind === 'plain') return plainOrders(connection);
  if (kind === 'book') return bookOrders(connection, 2 * BODIES_PER_CONNECTION);
  return Array.from({ length: BATCHES_PER_CONNECTION }, (_, index) => ({
    orders: bookOrders(connection * BATCHES_PER_CONNECTION + index, ORDERS_PER_BATCH),
  }));
}

function plainOrders(connection: number): object[] {
  return Array.from({ length: BODIES_PER_CONNECTION }, (_, index) => {
    const number = connection * 7919 + index * 104_729;
    return {
      user_id: 1 + (number % USERS),
      item: `ITEM-${number % ITEMS}`,
      amount: (10_000 + (number % 9000)) / 100,
    };
  });
}

function bookOrders(seed: number, count: number): object[] {
  return Array.from(flow(count, ITEMS, 1 + seed), (order) => ({
    user_id: order.userId,
    item: order.item,
    side: order.side,
    price: decimalPrice(order.priceTicks),
    quantity: decimalQuantity(order.quantityLots),
  }));
}

async function phase(options: LoadOptions, seconds: number): Promise<Phase> {
  const result: Phase = { durationsMs: [], created: 0, refused: 0, errors: 0, tookMs: 0 };
  let connection = 0;
  const startedMs = performance.now();
  const endMs = startedMs + seconds * 1000;
  const kind = options.kind ?? 'plain';
  const accepted = kind === 'batch' ? 200 : 201;
  const summary = await new Promise<autocannon.Result>((resolve, reject) => {
    const load = {
      url: options.url,
      connections: options.connections,
      duration: seconds,
      timeout: 10,
      ...(options.rate === undefined ? {} : { overallRate: options.rate }),
      setupClient: (client: autocannon.Client) =>
        client.setRequests(requestsFor(connection++, kind)),
    };
    const instance = autocannon(load, (error: Error | null, each) => {
      if (error === null) resolve(each);
      else reject(error);
    });
    instance.on('response', (_client, statusCode, _bytes, durationMs) => {
      if (statusCode === 503) result.refused += 1;
      else if (statusCode !== accepted) result.errors += 1;
      if (statusCode !== accepted) return;
      result.created += 1;
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
  const ordersPerRequest = options.kind === 'batch' ? ORDERS_PER_BATCH : 1;
  const result: LoadResult = {
    perSecond: (ordersPerRequest * measured.durationsMs.length * 1000) / measured.tookMs,
    p50Ms: percentile(measured.durationsMs, 50),
    p99Ms: percentile(measured.durationsMs, 99),
    refused: warmup.refused + measured.refused,
    errors: warmup.errors + measured.errors,
    created: ordersPerRequest * (warmup.created + measured.created),
    unanswered: 2 * options.connections * ordersPerRequest,
  };
  process.stdout.write(JSON.stringify(result));
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
