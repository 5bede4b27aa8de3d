// Makes the package @tradeflow/client: ES modules and their types, ready for `npm publish`.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOM = 'libs/client';
export const PACKAGE_DIRECTORY = 'dist/packages/client';
/** Sources import each other as `./file`, which bundlers and Jest understand; Node and its types want `./file.js`. */
const IMPORT = /(from '|from "|import\(')(\.\/[\w-]+)(?=['"])/g;

/** @throws Error when the sources do not compile. */
export function buildPackage() {
  rmSync(PACKAGE_DIRECTORY, { recursive: true, force: true });
  const modules = join(PACKAGE_DIRECTORY, 'dist');
  mkdirSync(modules, { recursive: true });
  compile(modules);
  for (const name of readdirSync(modules)) {
    const file = join(modules, name);
    writeFileSync(file, readFileSync(file, 'utf8').replace(IMPORT, '$1$2.js'));
  }
  for (const name of ['README.md', 'LICENSE', 'examples']) {
    cpSync(join(ROOM, name), join(PACKAGE_DIRECTORY, name), { recursive: true });
  }
  writeFileSync(
    join(PACKAGE_DIRECTORY, 'package.json'),
    `${JSON.stringify(manifest(), null, 2)}\n`,
  );
}

function compile(modules) {
  const tsc = join('node_modules', 'typescript', 'bin', 'tsc');
  const project = ['--project', join(ROOM, 'tsconfig.package.json'), '--outDir', modules];
  const { status } = spawnSync(process.execPath, [tsc, ...project], { stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error('the client does not compile');
}

/**
 * In the repository the sources belong to a CommonJS tree, so only what is published says that it is ES modules.
 * The range of what the client needs is the root's, with which it is tested.
 */
function manifest() {
  const own = JSON.parse(readFileSync(join(ROOM, 'package.json'), 'utf8'));
  const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  for (const [name, range] of Object.entries(own.dependencies)) {
    if (devDependencies[name] !== range) {
      throw new Error(`${name} is ${range} in ${ROOM}, and ${devDependencies[name]} at the root`);
    }
  }
  const { name, version, description, ...rest } = own;
  return { name, version, description, type: 'module', ...rest };
}
