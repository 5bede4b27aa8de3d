// Finds the Chromium that browser tests run in; where there is none, installs Debian's package.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const APT = ['-o', 'DPkg::Lock::Timeout=120', '-o', 'Acquire::Retries=2'];

/** @returns the path of a Chromium. @throws an Error that says what to do where there is none. */
export function ensureChromium() {
  const wanted = process.env.CHROMIUM_PATH ?? '';
  if (wanted !== '') {
    if (isProgram(wanted)) return wanted;
    throw new Error(`CHROMIUM_PATH names no program: ${wanted}`);
  }
  const found = onPath();
  if (found !== undefined) return found;
  if (!isDebian() || process.getuid() !== 0) {
    throw new Error(
      `browser tests need Chromium: none of ${NAMES.join(', ')} is on the PATH. ` +
        'Install it, or name it in CHROMIUM_PATH (as root on Debian it would be installed now)',
    );
  }
  process.stderr.write('No Chromium here: installing the package "chromium" with apt-get …\n');
  apt('update');
  apt('install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core');
  const installed = onPath();
  if (installed === undefined) throw new Error('apt-get has installed no chromium on the PATH');
  return installed;
}

function onPath() {
  const directories = (process.env.PATH ?? '').split(delimiter);
  const candidates = NAMES.flatMap((name) => directories.map((directory) => join(directory, name)));
  return candidates.find((file) => isProgram(file));
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Ubuntu's package is a stub for a snap, which a container can not run. */
function isDebian() {
  const file = '/etc/os-release';
  return existsSync(file) && /^ID=debian$/m.test(readFileSync(file, 'utf8'));
}

function apt(...args) {
  const { status } = spawnSync('apt-get', [...APT, '-qq', ...args], {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) throw new Error(`apt-get ${args[0]} failed`);
}
