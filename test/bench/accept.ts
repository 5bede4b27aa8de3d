import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { buildForBench } from './lib/build';
import { type LoadResult, putLoad } from './lib/load';
import { ServerProcess } from './lib/process';
import { printProfiles } from './lib/profile';
import { knob, print, ROOT, type Run, runBenchmark, say } from './lib/run';
import { type Sandbox, Stack } from './lib/stack';
import { median, medianRatio, table, tenth, times, whole } from './lib/statistics';
import { waitFor } from './lib/wait';

const CONNECTIONS = [64, 256];
const WARMUP_SECONDS = 2;
const DRAIN_TIMEOUT_MS = 60_000;
const LIMIT_MS = 15 * 60_000;

interface Backlog {
  /** Events not yet in Kafka when the load ended. */
  events: number;
  drainedMs: number;
}

type Sample = LoadResult & {
  backlog: Backlog | null;
  /** Processor time that the server's own process spent on one request. */
  cpuMicroseconds: number;
};

interface System {
  name: string;
  server: ServerProcess;
  sandbox: Sandbox | null;
  /** Whether events reach Kafka after the answer. */
  hasOutbox: boolean;
  /** By number of connections, in the order of the rounds. */
  samples: Map<number, Sample[]>;
}

function system(
  name: string,
  server: ServerProcess,
  sandbox: Sandbox | null,
  hasOutbox: boolean,
): System {
  return { name, server, sandbox, hasOutbox, samples: new Map() };
}

async function startOurs(
  run: Run,
  stack: Stack,
  tree: string,
  level: string,
  profile: boolean,
): Promise<System> {
  const sandbox = await stack.sandbox(`ours_${level}`);
  const program = {
    name: `ours-${level}`,
    script: join(tree, 'apps', 'api', 'src', 'main.js'),
    env: { ...sandbox.environment(), LOG_LEVEL: level },
    profileDirectory: profile ? join(ROOT, '.tmp', 'bench', 'profile-accept') : null,
  };
  const server = await ServerProcess.start(run, program, 'PORT');
  await server.ready();
  return system(`ours, log ${level}`, server, sandbox, true);
}

/** The peer writes into a table like ours. */
async function startPeer(run: Run, stack: Stack, tree: string, like: Sandbox): Promise<System> {
  const sandbox = await stack.sandbox('peer');
  await sandbox.execute(`CREATE TABLE {db}.orders LIKE ${like.database}.orders`);
  const program = {
    name: 'peer',
    script: join(tree, 'test', 'bench', 'peers', 'bare-server.js'),
    env: sandbox.environment(),
  };
  const server = await ServerProcess.start(run, program, 'PORT');
  await server.ready();
  return system('peer', server, sandbox, false);
}

async function startNoStorage(run: Run, tree: string): Promise<System> {
  const program = {
    name: 'no-storage',
    script: join(tree, 'test', 'bench', 'peers', 'no-storage-server.js'),
    env: { LOG_LEVEL: 'info', LOG_FORMAT: 'json' },
  };
  const server = await ServerProcess.start(run, program, 'PORT');
  await server.ready();
  return system('no storage, log info', server, null, false);
}

async function measure(
  run: Run,
  tree: string,
  target: System,
  connections: number,
  seconds: number,
): Promise<void> {
  const before = (await target.sandbox?.messages()) ?? 0;
  const cpuBeforeMs = target.server.cpuMs();
  const result = await putLoad(run, tree, {
    url: target.server.origin,
    connections,
    warmupSeconds: WARMUP_SECONDS,
    seconds,
  });
  const backlog = target.hasOutbox ? await drain(target.sandbox!, before + result.created) : null;
  const cpuMs = target.server.cpuMs() - cpuBeforeMs;
  const cpuMicroseconds = (1000 * cpuMs) / (result.created + result.unanswered);
  const samples = target.samples.get(connections) ?? [];
  target.samples.set(connections, [...samples, { ...result, backlog, cpuMicroseconds }]);
  say(
    `  ${target.name}, ${connections} connections: ${whole(result.perSecond)}/s, ` +
      `p50 ${tenth(result.p50Ms)} ms, p99 ${tenth(result.p99Ms)} ms`,
  );
}

/** Waits until the outbox is empty, so that what one load left does not slow down the next. */
async function drain(sandbox: Sandbox, acknowledged: number): Promise<Backlog> {
  const startedMs = Date.now();
  const events = Math.max(0, acknowledged - (await sandbox.messages()));
  await waitFor('the outbox is empty', DRAIN_TIMEOUT_MS, 20, async () => {
    const left = await sandbox.number('SELECT COUNT(*) FROM {db}.outbox_entries');
    return left === 0 || null;
  });
  return { events, drainedMs: Date.now() - startedMs };
}

/** Every 201 must have its row and its message; what was unanswered when the load ended may have. */
async function verify({ name, sandbox, samples }: System): Promise<string> {
  if (sandbox === null) return '';
  await pause(250);
  const all = [...samples.values()].flat();
  const created = all.reduce((sum, { created }) => sum + created, 0);
  const unanswered = all.reduce((sum, { unanswered }) => sum + unanswered, 0);
  const rows = await sandbox.number('SELECT COUNT(*) FROM {db}.orders');
  const messages = await sandbox.messages();
  const holds = rows >= created && rows <= created + unanswered && messages === rows;
  if (!holds) process.exitCode = 1;
  return (
    `${name}: ${created} acknowledged, ${rows} rows (at most ${unanswered} unanswered), ` +
    `${messages} messages: ${holds ? 'complete' : 'NOT COMPLETE'}`
  );
}

function report(systems: readonly System[], connections: number): void {
  const of = (target: System): Sample[] => target.samples.get(connections) ?? [];
  const rows = systems.map((target) => {
    const samples = of(target);
    const backlogs = samples.flatMap(({ backlog }) => (backlog === null ? [] : [backlog]));
    return [
      target.name,
      whole(median(samples.map(({ perSecond }) => perSecond))),
      tenth(median(samples.map(({ p50Ms }) => p50Ms))),
      tenth(median(samples.map(({ p99Ms }) => p99Ms))),
      whole(median(samples.map(({ cpuMicroseconds }) => cpuMicroseconds))),
      whole(samples.reduce((sum, { errors }) => sum + errors, 0)),
      backlogs.length === 0 ? '' : whole(median(backlogs.map(({ events }) => events))),
      backlogs.length === 0 ? '' : whole(median(backlogs.map(({ drainedMs }) => drainedMs))),
    ];
  });
  const header = ['', 'req/s', 'p50 ms', 'p99 ms', 'cpu us', 'errors', 'backlog', 'drained ms'];
  print(`\nPOST /orders, ${connections} connections, medians\n`);
  print(table(header, rows));
  const [ours, quiet, peer, noStorage] = systems.map(of);
  const rate = (samples: Sample[] = []): number[] => samples.map(({ perSecond }) => perSecond);
  const tail = (samples: Sample[] = []): number[] => samples.map(({ p99Ms }) => p99Ms);
  print(`\nours / peer            ${times(medianRatio(rate(ours), rate(peer)))}  (goal 1.5 at 64)`);
  print(`ours / peer, log warn  ${times(medianRatio(rate(quiet), rate(peer)))}`);
  print(`p99 ours / peer        ${times(medianRatio(tail(ours), tail(peer)))}  (goal at most 1)`);
  print(`ours / no storage      ${times(medianRatio(rate(ours), rate(noStorage)))}  (aim 0.8)`);
}

async function compare(run: Run): Promise<void> {
  const seconds = knob('BENCH_SECONDS', 5, 1, 120);
  const rounds = knob('BENCH_ROUNDS', 3, 1, 20);
  const tree = buildForBench();
  const stack = await Stack.open(run);
  const ours = await startOurs(run, stack, tree, 'info', false);
  const quiet = await startOurs(run, stack, tree, 'warn', false);
  const peer = await startPeer(run, stack, tree, ours.sandbox!);
  const systems = [ours, quiet, peer, await startNoStorage(run, tree)];
  for (let round = 0; round < rounds; round += 1) {
    say(`round ${round + 1} of ${rounds}`);
    for (const connections of CONNECTIONS) {
      // Each round begins with another system, so that none always follows the same one.
      for (let turn = 0; turn < systems.length; turn += 1) {
        const target = systems[(turn + round) % systems.length]!;
        await measure(run, tree, target, connections, seconds);
      }
    }
  }
  for (const connections of CONNECTIONS) report(systems, connections);
  print('');
  for (const target of systems) print(await verify(target));
}

async function profile(run: Run): Promise<void> {
  const tree = buildForBench();
  const stack = await Stack.open(run);
  const ours = await startOurs(run, stack, tree, 'info', true);
  await measure(run, tree, ours, 64, knob('BENCH_SECONDS', 8, 1, 120));
  await ours.server.stop();
  printProfiles(join(ROOT, '.tmp', 'bench', 'profile-accept'), ours.server.pid);
}

runBenchmark(LIMIT_MS, process.argv.includes('--profile') ? profile : compare);
