import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Run } from './run';

export interface LoadOptions {
  url: string;
  connections: number;
  warmupSeconds: number;
  seconds: number;
  /** What is sent: plain orders, book orders of which half trade, or batches of those. */
  kind?: LoadKind;
  /** Requests a second over all connections; as many as are answered when it is left out. */
  rate?: number;
}

export type LoadKind = 'plain' | 'book' | 'batch';

export const ORDERS_PER_BATCH = 500;

export interface LoadResult {
  /** Requests a second; of batches, orders. */
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** Answers of 503 with Retry-After, also while warming up. */
  refused: number;
  /** Other answers than these and 201, and broken or timed-out connections, also while warming up. */
  errors: number;
  /** Requests (of batches: each of its orders) that were acknowledged, also while warming up. */
  created: number;
  /** How many requests at most were sent and never answered, since the load ended before. */
  unanswered: number;
}

/** Puts load on a server from a process of its own. */
export async function putLoad(run: Run, tree: string, options: LoadOptions): Promise<LoadResult> {
  const worker = join(tree, 'test', 'bench', 'lib', 'load-worker.js');
  const child = spawn(process.execPath, [worker, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  run.defer(() => {
    child.kill('SIGKILL');
  });
  const [output] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  if (child.exitCode !== 0) throw new Error('the load generator failed');
  const result = JSON.parse(output) as LoadResult;
  // JSON has no NaN: where nothing was acknowledged there are no times.
  return { ...result, p50Ms: result.p50Ms ?? Number.NaN, p99Ms: result.p99Ms ?? Number.NaN };
}
