import { join } from 'node:path';
import { buildForBench } from './lib/build';
import { ServerProcess } from './lib/process';
import { printProfiles } from './lib/profile';
import { knob, print, ROOT, type Run, runBenchmark, say } from './lib/run';
import { Stack } from './lib/stack';
import { whole } from './lib/statistics';
import { flow } from './trade/flow';
import { seedBookOrders } from './trade/seed';
import { waitFor } from './lib/wait';

async function quick(run: Run): Promise<void> {
  const orders = knob('BENCH_ORDERS', 100_000, 1000, 10_000_000);
  const items = knob('BENCH_ITEMS', 100, 1, 1_000_000);
  const tree = buildForBench();
  const stack = await Stack.open(run);
  const sandbox = await stack.sandbox('trade');
  const script = join(tree, 'apps', 'matcher', 'src', 'main.js');
  const env = sandbox.environment(`${sandbox.groupId}_tables`);
  const tables = await ServerProcess.start(run, { name: 'tables', script, env }, 'MATCHER_PORT');
  await tables.ready();
  await tables.stop();
  say('seeding');
  await seedBookOrders(stack, sandbox, flow(orders, items));
  const profileDirectory = process.argv.includes('--profile')
    ? join(ROOT, '.tmp', 'bench', 'profile-trade')
    : null;
  const matcher = await ServerProcess.start(
    run,
    {
      name: 'matcher',
      script,
      env: { ...sandbox.environment(), LOG_LEVEL: 'info' },
      profileDirectory,
    },
    'MATCHER_PORT',
  );
  let firstMs = 0;
  let firstCount = 0;
  await waitFor('handled', 300_000, 20, async () => {
    matcher.assertRuns();
    const done = await sandbox.number('SELECT SUM(next_offset) FROM {db}.checkpoints');
    if (done > 0 && firstMs === 0) {
      firstMs = Date.now();
      firstCount = done;
    }
    return done >= orders || null;
  });
  const took = Date.now() - firstMs;
  print(
    `${whole((1000 * (orders - firstCount)) / took)}/s, cpu ${(1000 * matcher.cpuMs()) / orders} us an order`,
  );
  print(`trades ${await sandbox.number('SELECT COUNT(*) FROM {db}.trades')}`);
  await matcher.stop();
  if (profileDirectory !== null) printProfiles(profileDirectory, matcher.pid);
}

runBenchmark(600_000, quick);
