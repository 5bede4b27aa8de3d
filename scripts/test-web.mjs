// npm run test:web: the page in a real Chromium, on embedded parts or (TEST_WIRING=stack) on real servers.
import { spawnSync } from 'node:child_process';
import { ensureBuilt } from './lib/build-tree.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { ensureDependencies } from './lib/ensure-dependencies.mjs';

ensureDependencies();
ensureBuilt();
try {
  const jest = ['node_modules/jest/bin/jest.js', '--selectProjects', 'web', '--maxWorkers=2'];
  const { status } = spawnSync(process.execPath, [...jest, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, CHROMIUM_PATH: ensureChromium() },
  });
  process.exitCode = status ?? 1;
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
