// npm run test:stack: the end-to-end suite, the kill tests and those of the page on real MySQL, Kafka and Redis.
import { spawnSync } from 'node:child_process';
import { ensureBuilt } from './lib/build-tree.mjs';
import { ensureDependencies } from './lib/ensure-dependencies.mjs';
import { stackEnvironment, stackStatus } from './stack/index.mjs';

const SUITES = ['test:e2e', 'test:kill', 'test:web'];

ensureDependencies();
ensureBuilt();
const services = await stackStatus();
const away = services.filter(({ state }) => state !== 'ready');
if (away.length > 0) {
  const names = away.map(({ name, state }) => `${name} is ${state}`).join(', ');
  process.stderr.write(`${names}: run "npm run stack:up" first\n`);
  process.exit(1);
}
const env = { ...process.env, ...stackEnvironment(), TEST_WIRING: 'stack' };
for (const suite of SUITES) {
  process.stderr.write(`\n=== ${suite} on the stack ===\n`);
  const { status } = spawnSync('npm', ['run', '--silent', suite], { stdio: 'inherit', env });
  if (status !== 0) {
    process.stderr.write(`=== ${suite} failed on the stack ===\n`);
    process.exit(1);
  }
}
