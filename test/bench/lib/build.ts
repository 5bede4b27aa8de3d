import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, say } from './run';

interface SwcConfig {
  jsc: Record<string, unknown>;
}

/**
 * Compiles the apps, exactly as `npm run build` does, and the benchmark's own processes into one tree, so that no
 * build that somebody starts meanwhile changes what is measured, and nothing is compiled while it is.
 * @returns the directory of the compiled tree.
 */
export function buildForBench(): string {
  const directory = join(ROOT, '.tmp', 'bench');
  mkdirSync(directory, { recursive: true });
  const config = JSON.parse(readFileSync('.swcrc', 'utf8')) as SwcConfig;
  const { compilerOptions } = JSON.parse(readFileSync('tsconfig.json', 'utf8')) as {
    compilerOptions: { paths: unknown };
  };
  Object.assign(config.jsc, { baseUrl: ROOT, paths: compilerOptions.paths });
  const configFile = join(directory, 'swcrc.json');
  writeFileSync(configFile, JSON.stringify(config));
  const target = join(directory, 'tree');
  const swc = join('node_modules', '@swc', 'cli', 'bin', 'swc.js');
  const options = ['--config-file', configFile, '--quiet', '--ignore', '**/*.spec.ts'];
  say('compiling');
  const { status } = spawnSync(
    process.execPath,
    [swc, 'apps', 'libs', 'src', 'test/bench', 'test/support', '-d', target, ...options],
    { stdio: ['ignore', 2, 2] },
  );
  if (status !== 0) throw new Error('the build failed');
  return target;
}
