// npm test: every check that needs nothing but Node. Stops at the first that fails.
import { spawnSync } from 'node:child_process';
import { ensureBuilt } from './lib/build-tree.mjs';
import { ensureDependencies } from './lib/ensure-dependencies.mjs';

const STEPS = [
  'format:check',
  'lint',
  'typecheck',
  'test:arch',
  'test:unit',
  'test:engine',
  'test:e2e',
  'test:kill',
];

ensureDependencies();
ensureBuilt();
for (const step of STEPS) {
  process.stderr.write(`\n=== ${step} ===\n`);
  const started = Date.now();
  const { status } = spawnSync('npm', ['run', '--silent', step], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    process.stderr.write(`=== ${step} failed ===\n`);
    process.exit(1);
  }
  process.stderr.write(
    `=== ${step} passed in ${((Date.now() - started) / 1000).toFixed(1)} s ===\n`,
  );
}
