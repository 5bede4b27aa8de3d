import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { BareFillOptions, Timeline } from '../peers/bare-fill-loop';
import { ServerProcess } from './process';
import type { Run } from './run';
import { partitionOfItem } from './seed';
import { PARTITIONS, type Sandbox } from './stack';
import { waitFor } from './wait';

const DRAIN_TIMEOUT_MS = 300_000;
const LOOK_EVERY_MS = 10;

export interface Drain {
  perSecond: number;
  /** The rate over the first fifth of the orders: code is not compiled yet, caches are empty. */
  cold: number;
  /** The rate over the second half. */
  warm: number;
  /** From the start of the process to its first commit; null for the peers, which prepare themselves first. */
  firstFillMs: number | null;
}

let groups = 0;

/** Puts the seeded orders back to what they were before any matcher saw them. */
export async function resetOrders(sandbox: Sandbox): Promise<void> {
  await sandbox.execute('DROP TABLE IF EXISTS {db}.orders');
  await sandbox.execute('CREATE TABLE {db}.orders LIKE {db}.seeded_orders');
  await sandbox.execute('INSERT INTO {db}.orders SELECT * FROM {db}.seeded_orders ORDER BY id');
  await sandbox.execute('DELETE FROM {db}.checkpoints');
}

/** Lets a matcher fill everything that lies in Kafka. `onTick` is called all along. */
export async function drainWithMatcher(
  run: Run,
  tree: string,
  sandbox: Sandbox,
  options: {
    orders: number;
    logLevel: string;
    profileDirectory?: string;
    onTick?: (matcher: ServerProcess, filled: number) => void;
  },
): Promise<Drain & { pid: number }> {
  const group = `${sandbox.groupId}_${(groups += 1)}`;
  const matcher = await ServerProcess.start(
    run,
    {
      name: `matcher-${groups}`,
      script: join(tree, 'apps', 'matcher', 'src', 'main.js'),
      env: {
        ...sandbox.environment(group),
        MATCH_DELAY_MS: '0',
        LOG_LEVEL: options.logLevel,
      },
      profileDirectory: options.profileDirectory ?? null,
    },
    'MATCHER_PORT',
  );
  const timeline: Timeline = [];
  await waitFor('every order is filled', DRAIN_TIMEOUT_MS, LOOK_EVERY_MS, async () => {
    matcher.assertRuns();
    const filled = await sandbox.number('SELECT SUM(next_offset) FROM {db}.checkpoints');
    options.onTick?.(matcher, filled);
    if (filled > (timeline.at(-1)?.filled ?? 0)) timeline.push({ atMs: Date.now(), filled });
    return filled >= options.orders || null;
  });
  await matcher.stop();
  await assertFilled(sandbox, 'orders', options.orders);
  const firstFillMs = timeline[0]!.atMs - matcher.startedMs;
  return { ...rates(timeline), firstFillMs, pid: matcher.pid };
}

/** The same row changes, as fast as a driver alone can make them. */
export async function drainBare(
  run: Run,
  tree: string,
  sandbox: Sandbox,
  { orders, connections, batchSize }: { orders: number; connections: number; batchSize: number },
): Promise<Drain> {
  const rows = Array.from(
    { length: PARTITIONS },
    (_, partition) => `('bare','t',${partition},0,1,'',0)`,
  );
  await sandbox.execute(`INSERT INTO {db}.checkpoints VALUES ${rows.join(',')}`);
  const options: BareFillOptions = {
    databaseUrl: sandbox.environment().DATABASE_URL!,
    ordersTable: 'orders',
    checkpointsTable: 'checkpoints',
    batchSize,
    connections,
    partitionOfItem: partitionOfItem(sandbox.topic),
  };
  const script = join(tree, 'test', 'bench', 'peers', 'bare-fill-loop.js');
  const child = spawn(process.execPath, [script, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  run.defer(() => {
    child.kill('SIGKILL');
  });
  const [output] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  if (child.exitCode !== 0) throw new Error('the bare loop failed');
  await assertFilled(sandbox, 'orders', orders);
  const timeline = JSON.parse(output) as Timeline;
  // As for the matcher, what is measured begins with the first commit.
  return { ...rates(timeline.slice(1)), firstFillMs: null };
}

async function assertFilled(sandbox: Sandbox, name: string, orders: number): Promise<void> {
  const filled = await sandbox.number(`SELECT COUNT(*) FROM {db}.${name} WHERE status = 'FILLED'`);
  if (filled !== orders) throw new Error(`${filled} of ${orders} orders are filled`);
}

function rates(timeline: Timeline): Pick<Drain, 'perSecond' | 'cold' | 'warm'> {
  const total = timeline.at(-1)!.filled;
  return {
    perSecond: rateBetween(timeline, 0, total),
    cold: rateBetween(timeline, 0, total / 5),
    warm: rateBetween(timeline, total / 2, total),
  };
}

function rateBetween(timeline: Timeline, from: number, to: number): number {
  const first = timeline.find(({ filled }) => filled >= from)!;
  const last = timeline.find(({ filled }) => filled >= to)!;
  return (1000 * (last.filled - first.filled)) / Math.max(1, last.atMs - first.atMs);
}
