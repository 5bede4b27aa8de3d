import { join } from 'node:path';
import { buildForBench } from './lib/build';
import { type Drain, drainBare, drainWithMatcher, resetOrders } from './lib/drain';
import { ServerProcess } from './lib/process';
import { printProfiles } from './lib/profile';
import { knob, print, ROOT, type Run, runBenchmark, say } from './lib/run';
import { seedOrders } from './lib/seed';
import { type Sandbox, Stack } from './lib/stack';
import { median, medianRatio, table, times, whole } from './lib/statistics';

const LIMIT_MS = 20 * 60_000;
const BATCH_SIZE = 1000;
const SAMPLE_EVERY_MS = 250;
const POINTS_PRINTED = 24;
/** Growth of the heap that a garbage collector may well not have given back yet. */
const FLAT_RATIO = 1.15;

interface Contender {
  name: string;
  drain(): Promise<Drain>;
  results: Drain[];
}

/** Orders and events as the api leaves them, and a copy of the orders to begin anew from. */
async function prepare(
  run: Run,
  tree: string,
  stack: Stack,
  label: string,
  orders: number,
): Promise<Sandbox> {
  const sandbox = await stack.sandbox(label);
  // A matcher's start makes the tables.
  const script = join(tree, 'apps', 'matcher', 'src', 'main.js');
  const env = sandbox.environment(`${sandbox.groupId}_tables`);
  const matcher = await ServerProcess.start(run, { name: 'tables', script, env }, 'MATCHER_PORT');
  await matcher.ready();
  await matcher.stop();
  say(`placing ${orders} orders`);
  await seedOrders(stack, sandbox, orders);
  await sandbox.execute('RENAME TABLE {db}.orders TO {db}.seeded_orders');
  return sandbox;
}

function contenders(run: Run, tree: string, sandbox: Sandbox, orders: number): Contender[] {
  const ours = (logLevel: string): Contender => ({
    name: `ours, log ${logLevel}`,
    drain: () => drainWithMatcher(run, tree, sandbox, { orders, logLevel }),
    results: [],
  });
  const bare = (connections: number): Contender => ({
    name: `bare loop, ${connections} connection${connections === 1 ? '' : 's'}`,
    drain: () => drainBare(run, tree, sandbox, { orders, connections, batchSize: BATCH_SIZE }),
    results: [],
  });
  return [ours('info'), ours('warn'), bare(1), bare(3)];
}

function report(all: readonly Contender[]): void {
  const rows = all.map(({ name, results }) => {
    const firstFills = results.flatMap(({ firstFillMs }) =>
      firstFillMs === null ? [] : [firstFillMs],
    );
    return [
      name,
      whole(median(results.map(({ perSecond }) => perSecond))),
      whole(median(results.map(({ cold }) => cold))),
      whole(median(results.map(({ warm }) => warm))),
      firstFills.length === 0 ? '' : whole(median(firstFills)),
    ];
  });
  print('\nOrders filled a second, medians\n');
  print(table(['', 'all', 'cold', 'warm', 'start to first fill ms'], rows));
  const [ours, quiet, one, three] = all.map(({ results }) =>
    results.map(({ perSecond }) => perSecond),
  );
  print(`\nours / bare loop                 ${times(medianRatio(ours!, one!))}  (goal 0.5)`);
  print(`ours / bare loop, log warn       ${times(medianRatio(quiet!, one!))}`);
  print(`ours / bare loop, 3 connections  ${times(medianRatio(ours!, three!))}`);
}

/** Memory must not depend on how much has been filled. */
async function watchMemory(run: Run, tree: string, stack: Stack, orders: number): Promise<void> {
  const sandbox = await prepare(run, tree, stack, 'memory', orders);
  await resetOrders(sandbox);
  const samples: { filled: number; residentMiB: number }[] = [];
  let sampledMs = 0;
  await drainWithMatcher(run, tree, sandbox, {
    orders,
    logLevel: 'info',
    onTick: (matcher, filled) => {
      if (filled === 0 || Date.now() - sampledMs < SAMPLE_EVERY_MS) return;
      sampledMs = Date.now();
      samples.push({ filled, residentMiB: matcher.residentMiB() });
    },
  });
  const quarter = (index: number): number =>
    median(
      samples
        .filter(({ filled }) => Math.min(3, Math.floor((4 * filled) / orders)) === index)
        .map(({ residentMiB }) => residentMiB),
    );
  const step = Math.max(1, Math.ceil(samples.length / POINTS_PRINTED));
  const shown = samples.filter((_, index) => index % step === 0);
  print(`\nResident memory of the matcher while it fills ${orders} orders\n`);
  print(
    table(
      ['filled', 'MiB'],
      shown.map(({ filled, residentMiB }) => [whole(filled), whole(residentMiB)]),
    ),
  );
  const ratio = quarter(3) / quarter(1);
  print(
    `\nlast quarter / second quarter  ${times(ratio)}: ${ratio <= FLAT_RATIO ? 'flat' : 'NOT FLAT'}`,
  );
  if (ratio > FLAT_RATIO) process.exitCode = 1;
}

async function compare(run: Run): Promise<void> {
  const orders = knob('BENCH_ORDERS', 100_000, 1000, 10_000_000);
  const rounds = knob('BENCH_ROUNDS', 3, 1, 20);
  const memoryOrders = knob('BENCH_MEMORY_ORDERS', 1_000_000, 0, 10_000_000);
  const tree = buildForBench();
  const stack = await Stack.open(run);
  const sandbox = await prepare(run, tree, stack, 'match', orders);
  const all = contenders(run, tree, sandbox, orders);
  for (let round = 0; round < rounds; round += 1) {
    say(`round ${round + 1} of ${rounds}`);
    for (let turn = 0; turn < all.length; turn += 1) {
      const contender = all[(turn + round) % all.length]!;
      await resetOrders(sandbox);
      const result = await contender.drain();
      contender.results.push(result);
      say(`  ${contender.name}: ${whole(result.perSecond)}/s`);
    }
  }
  report(all);
  if (memoryOrders > 0) await watchMemory(run, tree, stack, memoryOrders);
}

async function profile(run: Run): Promise<void> {
  const orders = knob('BENCH_ORDERS', 100_000, 1000, 10_000_000);
  const tree = buildForBench();
  const stack = await Stack.open(run);
  const sandbox = await prepare(run, tree, stack, 'profile', orders);
  await resetOrders(sandbox);
  const profileDirectory = join(ROOT, '.tmp', 'bench', 'profile-match');
  const options = { orders, logLevel: 'info', profileDirectory };
  const { pid } = await drainWithMatcher(run, tree, sandbox, options);
  printProfiles(profileDirectory, pid);
}

runBenchmark(LIMIT_MS, process.argv.includes('--profile') ? profile : compare);
