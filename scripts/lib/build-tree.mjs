// Compiles the tree to dist/ with swc; types are checked apart (npm run typecheck).
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

const SOURCES = ['src', 'apps', 'libs'];
/** Files that are served as they are. */
const ASSETS = ['apps/api/src/page'];
const STAMP = 'dist/.built';

/** Ends the process when the compilation fails. */
export function buildTree() {
  rmSync('dist', { recursive: true, force: true });
  const swc = join('node_modules', '@swc', 'cli', 'bin', 'swc.js');
  const config = writeSwcConfig();
  const options = ['--config-file', config, '--quiet', '--ignore', '**/*.spec.ts,**/page/**'];
  const args = [swc, ...SOURCES, '-d', 'dist', ...options];
  const { status } = spawnSync(process.execPath, args, {
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) {
    process.stderr.write('the build failed\n');
    process.exit(1);
  }
  for (const folder of ASSETS) cpSync(folder, join('dist', folder), { recursive: true });
  writeFileSync(STAMP, '');
}

/** The rooms' aliases stand in tsconfig.json alone, where `nest generate library` adds to them. */
function writeSwcConfig() {
  const config = JSON.parse(readFileSync('.swcrc', 'utf8'));
  const { paths } = JSON.parse(readFileSync('tsconfig.json', 'utf8')).compilerOptions;
  Object.assign(config.jsc, { baseUrl: process.cwd(), paths });
  mkdirSync('.tmp', { recursive: true });
  const file = join('.tmp', 'swcrc.json');
  writeFileSync(file, JSON.stringify(config));
  return file;
}

/** Builds only where a source is newer than the last build. */
export function ensureBuilt() {
  if (!existsSync(STAMP) || newestSource() > statSync(STAMP).mtimeMs) buildTree();
}

function newestSource() {
  const files = ['.swcrc', 'tsconfig.json', 'package-lock.json', ...SOURCES];
  return Math.max(...files.map((path) => newestIn(path)));
}

function newestIn(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newestIn(join(path, name))));
}
