// Compiles the tree to dist/ with swc, and the page with Vite; types are checked apart (npm run typecheck).
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { compressPage } from './compress-page.mjs';

const SOURCES = ['src', 'apps', 'libs'];
const PAGE = 'apps/web';
const STAMP = 'dist/.built';

/** Ends the process when the compilation fails. */
export function buildTree() {
  rmSync('dist', { recursive: true, force: true });
  const ignored = ['--ignore', `**/*.spec.ts,${PAGE}/**`];
  const swc = ['--config-file', writeSwcConfig(), '--quiet', ...ignored];
  run(join('@swc', 'cli', 'bin', 'swc.js'), [...SOURCES, '-d', 'dist', ...swc]);
  run(join('vite', 'bin', 'vite.js'), ['build', PAGE, '--logLevel', 'warn']);
  compressPage(join('dist', PAGE));
  writeFileSync(STAMP, '');
}

function run(program, args) {
  const { status } = spawnSync(process.execPath, [join('node_modules', program), ...args], {
    stdio: ['ignore', 2, 2],
  });
  if (status === 0) return;
  process.stderr.write('the build failed\n');
  process.exit(1);
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
