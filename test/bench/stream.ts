import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { buildForBench } from './lib/build';
import { ServerProcess } from './lib/process';
import { knob, print, type Run, runBenchmark, say } from './lib/run';
import { percentile, table, tenth, whole } from './lib/statistics';
import type { FromParent, Receipt, ToParent } from './stream/subscribers';

/**
 * Many WebSocket subscribers of one book while its orders come at a steady rate: how long a change takes to each of
 * them, and what the server needs for it. Everything runs on this machine, the subscribers too.
 */
const LIMIT_MS = 300_000;
const ITEM = 'FANOUT';
const SETTLE_MS = 2000;

type Report = Extract<ToParent, { type: 'report' }>;

runBenchmark(LIMIT_MS, async (run) => {
  const subscribers = knob('BENCH_SUBSCRIBERS', 5000, 1, 50_000);
  const stuck = knob('BENCH_STUCK', 50, 0, 1000);
  const rate = knob('BENCH_RATE', 100, 1, 5000);
  const seconds = knob('BENCH_SECONDS', 20, 1, 120);
  const tree = buildForBench();
  const server = await ServerProcess.start(
    run,
    {
      name: 'stream-server',
      script: join(tree, 'src', 'main.js'),
      env: { LOG_LEVEL: 'warn', TRADEFLOW_DATA_DIR: join(run.directory, 'data') },
    },
    'PORT',
  );
  await server.ready();
  const emptyMiB = server.residentMiB();
  const child = startSubscribers(run, tree);
  say(`${subscribers} subscribers and ${stuck} that never read`);
  const task = { port: server.port, channel: `book:${ITEM}`, subscribers, stuck };
  await ask(child, { type: 'begin', task }, 'began');
  const subscribedMiB = server.residentMiB();
  const before = server.cpuMs();
  say(`${rate} orders/s for ${seconds} s`);
  const { sentMs, highestMiB } = await putOrders(server, rate, seconds);
  const cpuShare = (server.cpuMs() - before) / (seconds * 1000);
  await pause(SETTLE_MS);
  const report = (await ask(child, { type: 'report' }, 'report')) as Report;
  server.assertRuns();
  show(report, sentMs, subscribers, seconds);
  print(
    `\nserver: ${whole(100 * cpuShare)}% of a core, orders included; resident ${whole(emptyMiB)} MiB without subscribers, ` +
      `${whole(subscribedMiB)} with, ${whole(highestMiB)} at most, ${whole(server.residentMiB())} at the end`,
  );
  print(
    `gaps ${report.gaps}, connections that were closed ${report.closed} (stuck ones: ${stuck})`,
  );
  if (report.gaps > 0) process.exitCode = 1;
});

function startSubscribers(run: Run, tree: string): ChildProcess {
  const child = fork(join(tree, 'test', 'bench', 'stream', 'subscribers.js'), [], {
    serialization: 'advanced',
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  run.defer(() => {
    child.kill('SIGKILL');
  });
  return child;
}

async function ask(
  child: ChildProcess,
  message: FromParent,
  answer: ToParent['type'],
): Promise<ToParent> {
  child.send(message);
  for (;;) {
    const [reply] = (await once(child, 'message')) as [ToParent];
    if (reply.type === answer) return reply;
  }
}

/** Each order has a price of its own: so a message that has the price is the one that tells of the order. */
async function putOrders(
  server: ServerProcess,
  rate: number,
  seconds: number,
): Promise<{ sentMs: Map<string, number>; highestMiB: number }> {
  const sentMs = new Map<string, number>();
  const answers: Promise<void>[] = [];
  let highestMiB = 0;
  const beganMs = performance.now();
  for (let count = 0; count < rate * seconds; count += 1) {
    const waitMs = beganMs + (count * 1000) / rate - performance.now();
    if (waitMs > 0) await pause(waitMs);
    const price = `${1 + Math.floor(count / 100)}.${String(count % 100).padStart(2, '0')}`;
    sentMs.set(price, performance.timeOrigin + performance.now());
    answers.push(place(server.origin, price));
    if (count % rate === 0) highestMiB = Math.max(highestMiB, server.residentMiB());
  }
  await Promise.all(answers);
  return { sentMs, highestMiB: Math.max(highestMiB, server.residentMiB()) };
}

async function place(origin: string, price: string): Promise<void> {
  const body = JSON.stringify({ user_id: 1, item: ITEM, side: 'BUY', price, quantity: 1 });
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${origin}/orders`, { method: 'POST', headers, body });
  await response.body?.cancel();
  if (response.status !== 201) throw new Error(`an order was answered with ${response.status}`);
}

function show(
  report: Report,
  sentMs: ReadonlyMap<string, number>,
  subscribers: number,
  seconds: number,
): void {
  const fanOut: number[] = [];
  const total: number[] = [];
  for (const receipt of report.receipts) {
    for (const laterMs of receipt.laterMs) fanOut.push(laterMs);
    for (const ms of sinceSent(receipt, sentMs)) total.push(ms);
  }
  const row = (name: string, values: number[]): string[] => [
    name,
    tenth(percentile(values, 50)),
    tenth(percentile(values, 99)),
    tenth(percentile(values, 100)),
  ];
  print(
    table(
      ['ms', 'p50', 'p99', 'max'],
      [
        row('fan-out: from the first subscriber that has a message to each', fanOut),
        row('whole: from sending an order to each subscriber', total),
      ],
    ),
  );
  print(
    `\n${sentMs.size} changes left as ${report.receipts.length} messages to each of ${subscribers} subscribers: ` +
      `${whole(report.messages / seconds)} a second`,
  );
}

/** @returns for each order that a message tells of how long it took to each subscriber. */
function* sinceSent(
  { firstMs, laterMs, prices }: Receipt,
  sentMs: ReadonlyMap<string, number>,
): Iterable<number> {
  for (const price of prices) {
    const sent = sentMs.get(price);
    if (sent === undefined) continue;
    for (const ms of laterMs) yield firstMs + ms - sent;
  }
}
