import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { printProfiles } from '../lib/profile';
import { knob, print, say } from '../lib/run';
import type { Sandbox } from '../lib/stack';
import { median, medianRatio, table, tenth, times, whole } from '../lib/statistics';
import type { BareTradeOptions, BareTradeResult } from '../peers/bare-trade-loop';
import { flow } from './flow';
import { type Bench, createTables, profileDirectory, startMatcher, untilHandled } from './parts';
import { seedBookOrders, seedRestingOrders } from './seed';

let groups = 0;

export interface DrainOptions {
  orders: number;
  items: number;
  matchers: number;
  /** Orders that rest in the books before. */
  resting?: number;
}

interface DrainResult {
  perSecond: number;
  /** Processor time of all matchers, a handled order. */
  cpuMicroseconds: number;
}

/** Orders and events as the api leaves them, and a copy of the orders to begin anew from. */
export async function seeded(bench: Bench, label: string, options: DrainOptions): Promise<Sandbox> {
  const sandbox = await bench.stack.sandbox(label);
  await createTables(bench, sandbox);
  say(`placing ${options.orders} orders in ${options.items} items`);
  const { orders, items, resting = 0 } = options;
  await seedRestingOrders(bench.stack, sandbox, resting, items);
  await sandbox.execute('CREATE TABLE {db}.seeded_books AS SELECT * FROM {db}.books');
  await seedBookOrders(bench.stack, sandbox, flow(orders, items));
  await sandbox.execute('RENAME TABLE {db}.orders TO {db}.seeded_orders');
  return sandbox;
}

/** Puts everything back to what it was before any matcher saw the orders. */
async function reset(sandbox: Sandbox): Promise<void> {
  await sandbox.execute('DROP TABLE IF EXISTS {db}.orders');
  await sandbox.execute('CREATE TABLE {db}.orders LIKE {db}.seeded_orders');
  await sandbox.execute('INSERT INTO {db}.orders SELECT * FROM {db}.seeded_orders ORDER BY id');
  for (const name of ['books', 'trades', 'positions', 'candles']) {
    await sandbox.execute(`TRUNCATE TABLE {db}.${name}`);
  }
  await sandbox.execute('INSERT INTO {db}.books SELECT * FROM {db}.seeded_books');
  await sandbox.execute('DELETE FROM {db}.checkpoints');
  await sandbox.execute("DELETE FROM {db}.outbox_entries WHERE topic = 'market.events'");
}

/** Lets matchers handle everything that lies in Kafka. */
export async function drain(
  bench: Bench,
  sandbox: Sandbox,
  { orders, matchers }: DrainOptions,
): Promise<DrainResult & { pid: number }> {
  await reset(sandbox);
  const group = `${sandbox.groupId}_${(groups += 1)}`;
  const servers = [];
  for (let index = 0; index < matchers; index += 1) {
    servers.push(await startMatcher(bench, sandbox, `matcher-${groups}-${index}`, group));
  }
  const { perSecond } = await untilHandled(sandbox, group, orders, servers);
  const cpuMs = servers.reduce((sum, server) => sum + server.cpuMs(), 0);
  for (const server of servers) await server.stop();
  const trades = await sandbox.number('SELECT COUNT(*) FROM {db}.trades');
  const bad = await sandbox.number(
    'SELECT COUNT(*) FROM {db}.orders WHERE accepted_sequence IS NULL',
  );
  if (bad > 0 || trades < orders / 5) throw new Error(`${bad} orders unanswered, ${trades} trades`);
  return { perSecond, cpuMicroseconds: (1000 * cpuMs) / orders, pid: servers[0]!.pid };
}

/** The same statements by mysql2 alone; and the engine alone. */
async function bare(bench: Bench, sandbox: Sandbox): Promise<BareTradeResult> {
  await reset(sandbox);
  const options: BareTradeOptions = {
    databaseUrl: sandbox.environment().DATABASE_URL!,
    batchSize: 1000,
  };
  const script = join(bench.tree, 'test', 'bench', 'peers', 'bare-trade-loop.js');
  const child = spawn(process.execPath, [script, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  bench.run.defer(() => {
    child.kill('SIGKILL');
  });
  const [output] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  if (child.exitCode !== 0) throw new Error('the bare loop failed');
  return JSON.parse(output) as BareTradeResult;
}

/** From Kafka to committed trades, beside what the row changes cost by themselves. */
export async function drainPart(bench: Bench): Promise<void> {
  const orders = knob('BENCH_ORDERS', 100_000, 1000, 10_000_000);
  const items = knob('BENCH_ITEMS', 100, 1, 1_000_000);
  const rounds = bench.profile ? 1 : knob('BENCH_ROUNDS', 3, 1, 20);
  const options = { orders, items, matchers: 1 };
  const sandbox = await seeded(bench, 'drain', options);
  if (bench.profile) {
    const { pid } = await drain(bench, sandbox, options);
    printProfiles(profileDirectory(bench, `matcher-${groups}-0`)!, pid);
    return;
  }
  const ours: DrainResult[] = [];
  const bares: BareTradeResult[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await drain(bench, sandbox, options));
    bares.push(await bare(bench, sandbox));
    say(`  ours ${whole(ours.at(-1)!.perSecond)}/s, bare ${whole(bares.at(-1)!.perSecond)}/s`);
  }
  const rates = ours.map(({ perSecond }) => perSecond);
  const bareRates = bares.map(({ perSecond }) => perSecond);
  const engineRates = bares.map(({ enginePerSecond }) => enginePerSecond);
  print(
    `\nConsumed from Kafka, matched and committed: ${orders} orders, half of them trade, ${items} items\n`,
  );
  print(
    table(
      ['', 'orders/s', 'cpu us'],
      [
        ['ours', whole(median(rates)), tenth(median(ours.map((each) => each.cpuMicroseconds)))],
        ['bare loop: the same statements by mysql2, one connection', whole(median(bareRates)), ''],
        ['the engine alone, effects written', whole(median(engineRates)), ''],
      ],
    ),
  );
  print(`\norders a second      ${whole(median(rates))}  (goal 15000)`);
  print(`ours / bare loop     ${times(medianRatio(rates, bareRates))}`);
  print(`ours / engine alone  ${(100 * medianRatio(rates, engineRates)).toFixed(2)} %`);
}

/** How the rate goes with the number of items, of matchers and of resting orders. */
export async function growthPart(bench: Bench): Promise<void> {
  const orders = knob('BENCH_ORDERS', 100_000, 1000, 10_000_000);
  const rows: string[][] = [];
  for (const items of [1, 10, 1000]) {
    const sandbox = await seeded(bench, `growth_${items}`, { orders, items, matchers: 1 });
    const rates: string[] = [];
    for (const matchers of [1, 2]) {
      const { perSecond } = await drain(bench, sandbox, { orders, items, matchers });
      say(`  ${items} items, ${matchers} matchers: ${whole(perSecond)}/s`);
      rates.push(whole(perSecond));
    }
    rows.push([`${items} items`, ...rates]);
  }
  print('\nConsumed, matched and committed, orders a second\n');
  print(table(['', '1 matcher', '2 matchers'], rows));

  const depths: string[][] = [];
  for (const resting of [1000, 10_000, 100_000, 1_000_000]) {
    const options = { orders, items: 100, matchers: 1, resting };
    const sandbox = await seeded(bench, `depth_${resting}`, options);
    const { perSecond } = await drain(bench, sandbox, options);
    say(`  ${resting} resting orders: ${whole(perSecond)}/s`);
    depths.push([whole(resting), whole(perSecond)]);
    await sandbox.drop();
  }
  print('\nThe same in 100 items with orders that rest there before; from the first commit on\n');
  print(table(['resting orders', 'orders/s'], depths));
}
