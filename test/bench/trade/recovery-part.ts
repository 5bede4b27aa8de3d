import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { print, say } from '../lib/run';
import type { Sandbox } from '../lib/stack';
import { table, tenth, whole } from '../lib/statistics';
import type { Recovery } from '../peers/recover-books';
import { type Bench, createTables } from './parts';
import { seedRestingOrders } from './seed';

const CASES = [
  { orders: 100_000, items: 10_000, goalSeconds: 3 },
  { orders: 1_000_000, items: 10_000, goalSeconds: 20 },
  { orders: 1_000_000, items: 100, goalSeconds: 20 },
];

async function recover(bench: Bench, sandbox: Sandbox, items: number): Promise<Recovery> {
  const script = join(bench.tree, 'test', 'bench', 'peers', 'recover-books.js');
  const child = spawn(process.execPath, ['--max-semi-space-size=32', script, String(items)], {
    env: { ...process.env, ...sandbox.environment() },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  bench.run.defer(() => {
    child.kill('SIGKILL');
  });
  const [output] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  if (child.exitCode !== 0) throw new Error('the books were not read');
  return JSON.parse(output) as Recovery;
}

/** How long a matcher without anything in memory takes to have all books: all that recovery is. */
export async function recoveryPart(bench: Bench): Promise<void> {
  const rows: string[][] = [];
  for (const { orders, items, goalSeconds } of CASES) {
    const sandbox = await bench.stack.sandbox(`recovery_${orders}_${items}`);
    await createTables(bench, sandbox);
    await seedRestingOrders(bench.stack, sandbox, orders, items);
    const { tookMs, cpuMs, liveOrders, residentMiB } = await recover(bench, sandbox, items);
    if (liveOrders !== orders) throw new Error(`${liveOrders} of ${orders} orders are there`);
    say(`  ${orders} orders in ${items} books: ${whole(tookMs)} ms`);
    rows.push([
      `${orders} orders in ${items} books`,
      tenth(tookMs / 1000),
      tenth(cpuMs / 1000),
      whole(residentMiB),
      whole(goalSeconds),
    ]);
    await sandbox.drop();
  }
  print('\nReading books that rest in MySQL\n');
  print(table(['', 's', 'cpu s', 'MiB', 'goal s'], rows));
}
