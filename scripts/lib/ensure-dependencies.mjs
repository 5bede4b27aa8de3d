// Installs the dependencies when they are missing or not those of the lock file. Nothing but Node is needed.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const WANTED = 'package-lock.json';
/** Where npm notes what it installed. */
const INSTALLED = 'node_modules/.package-lock.json';

/** Ends the process when the installation fails. */
export function ensureDependencies() {
  if (isInstalled()) return;
  process.stderr.write('Installing dependencies (npm ci) …\n');
  const windows = process.platform === 'win32';
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, error } = spawnSync(windows ? 'npm.cmd' : 'npm', args, {
    stdio: ['ignore', 2, 2],
    shell: windows,
  });
  if (error !== undefined || status !== 0) {
    process.stderr.write(`npm ci failed: ${error?.message ?? `exit code ${status}`}\n`);
    process.exit(1);
  }
}

function isInstalled() {
  if (!existsSync(INSTALLED)) return false;
  const installed = packagesOf(INSTALLED);
  return Object.entries(packagesOf(WANTED)).every(
    ([path, wanted]) => isOptional(path, wanted) || installed[path]?.version === wanted.version,
  );
}

/** Packages of other platforms, and peers that nothing here uses, are in the lock file but not on disk. */
function isOptional(path, wanted) {
  return path === '' || wanted.optional || wanted.devOptional || wanted.extraneous || wanted.peer;
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}
