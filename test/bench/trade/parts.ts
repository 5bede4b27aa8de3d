import { join } from 'node:path';
import { ServerProcess } from '../lib/process';
import { ROOT, type Run } from '../lib/run';
import type { Sandbox, Stack } from '../lib/stack';
import { waitFor } from '../lib/wait';

/** What every part of the bench needs. */
export interface Bench {
  run: Run;
  tree: string;
  stack: Stack;
  profile: boolean;
}

const HANDLED_TIMEOUT_MS = 300_000;
const LOOK_EVERY_MS = 10;

export function profileDirectory(bench: Bench, name: string): string | null {
  return bench.profile ? join(ROOT, '.tmp', 'bench', `profile-${name}`) : null;
}

export async function startApi(
  bench: Bench,
  sandbox: Sandbox,
  name: string,
): Promise<ServerProcess> {
  const server = await ServerProcess.start(
    bench.run,
    {
      name,
      script: join(bench.tree, 'apps', 'api', 'src', 'main.js'),
      env: { ...sandbox.environment(), LOG_LEVEL: 'info' },
      profileDirectory: profileDirectory(bench, name),
    },
    'PORT',
  );
  await server.ready();
  return server;
}

/** @param group of the consumers; matchers of one group share the partitions. */
export async function startMatcher(
  bench: Bench,
  sandbox: Sandbox,
  name: string,
  group: string,
): Promise<ServerProcess> {
  return ServerProcess.start(
    bench.run,
    {
      name,
      script: join(bench.tree, 'apps', 'matcher', 'src', 'main.js'),
      env: { ...sandbox.environment(group), LOG_LEVEL: 'info' },
      profileDirectory: profileDirectory(bench, name),
    },
    'MATCHER_PORT',
  );
}

/** The tables are there when a matcher has been ready once. */
export async function createTables(bench: Bench, sandbox: Sandbox): Promise<void> {
  const group = `${sandbox.groupId}_tables`;
  const matcher = await startMatcher(bench, sandbox, 'tables', group);
  await matcher.ready();
  await matcher.stop();
  await sandbox.execute('DELETE FROM {db}.checkpoints');
}

/** Events whose effects are committed. */
export function handled(sandbox: Sandbox, group: string): Promise<number> {
  return sandbox.number(
    `SELECT COALESCE(SUM(next_offset), 0) FROM {db}.checkpoints WHERE consumer_group = '${group}'`,
  );
}

export interface HandledRate {
  perSecond: number;
  /** From the first look at which there was any. */
  tookMs: number;
}

/** Waits until all events are handled. The clock starts at the first commit that is seen. */
export async function untilHandled(
  sandbox: Sandbox,
  group: string,
  events: number,
  servers: readonly ServerProcess[],
): Promise<HandledRate> {
  let first: { atMs: number; count: number } | null = null;
  await waitFor('every event is handled', HANDLED_TIMEOUT_MS, LOOK_EVERY_MS, async () => {
    for (const server of servers) server.assertRuns();
    const count = await handled(sandbox, group);
    if (count > 0) first ??= { atMs: performance.now(), count };
    return count >= events || null;
  });
  const { atMs, count } = first ?? { atMs: performance.now(), count: 0 };
  const tookMs = Math.max(1, performance.now() - atMs);
  return { perSecond: (1000 * (events - count)) / tookMs, tookMs };
}
