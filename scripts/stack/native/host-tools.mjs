/**
 * What has to be on the machine itself before the services can be fetched or
 * run without Docker: mmdebstrap, Java and Maven. Missing ones are installed
 * with apt-get; none of them starts a service.
 */
import fs from 'node:fs';
import path from 'node:path';

import { progress } from '../progress.mjs';
import { capture, runLogged, withRetries } from '../run-command.mjs';
import { readDistribution } from './apt-sources.mjs';

const OLDEST_JAVA = 17;
const JAVA_PACKAGES = [
  'openjdk-17-jre-headless',
  'openjdk-21-jre-headless',
  'openjdk-25-jre-headless',
];
const JVM_DIRECTORY = '/usr/lib/jvm';
/** Another apt-get may be at work, as on a machine that has just booted. */
const APT_OPTIONS = ['-o', 'DPkg::Lock::Timeout=120', '-o', 'Acquire::Retries=2'];
/** RUNLEVEL=1 keeps a package from starting services, should a dependency have one. */
const APT_ENVIRONMENT = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };

/** One line that says why the native mode cannot work here, or undefined. */
export function whyNotNative() {
  if (process.platform !== 'linux') return 'this is not Linux';
  const { id } = readDistribution();
  if (id !== 'debian' && id !== 'ubuntu') return `this is neither Debian nor Ubuntu but ${id}`;
  return undefined;
}

async function javaMajorVersion(java) {
  const { code, stderr } = await capture(java, ['-version']);
  if (code !== 0) return 0;
  return Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
}

/** The path of a Java that can run Kafka 4, or undefined. */
export async function findJava() {
  const candidates = ['java'];
  if (process.env.JAVA_HOME) candidates.unshift(path.join(process.env.JAVA_HOME, 'bin', 'java'));
  if (fs.existsSync(JVM_DIRECTORY)) {
    const homes = fs.readdirSync(JVM_DIRECTORY);
    candidates.push(...homes.map((home) => path.join(JVM_DIRECTORY, home, 'bin', 'java')));
  }
  for (const candidate of candidates) {
    if ((await javaMajorVersion(candidate)) >= OLDEST_JAVA) return candidate;
  }
  return undefined;
}

function isOnPath(program) {
  const directories = (process.env.PATH ?? '').split(path.delimiter);
  return directories.some((directory) => fs.existsSync(path.join(directory, program)));
}

async function choosePackage(names, signal) {
  for (const name of names) {
    const { code, stdout } = await capture('apt-cache', ['policy', name], {
      signal,
      environment: { LC_ALL: 'C' },
    });
    if (code === 0 && /Candidate: (?!\(none\))\S/.test(stdout)) return name;
  }
  throw new Error(`apt has none of the packages ${names.join(', ')}`);
}

/** `wanted`: any of 'mmdebstrap', 'java', 'maven'. */
export async function ensureHostTools(wanted, { settings, signal }) {
  const missing = [];
  if (wanted.has('mmdebstrap') && !isOnPath('mmdebstrap')) missing.push(['mmdebstrap']);
  if (wanted.has('java') && !(await findJava())) missing.push(JAVA_PACKAGES);
  if (wanted.has('maven') && !isOnPath('mvn')) missing.push(['maven']);
  if (missing.length === 0) return;

  if (process.getuid() !== 0) {
    throw new Error(
      `to install ${missing.map(([name]) => name).join(', ')} this has to run as root ` +
        '(or start a Docker engine, which needs none of them)',
    );
  }
  const logFile = path.join(settings.logsDirectory, 'install-tools.log');
  const run = (args) =>
    runLogged('apt-get', [...APT_OPTIONS, ...args], {
      logFile,
      signal,
      environment: APT_ENVIRONMENT,
    });
  await withRetries('installing tools with apt-get', 3, { signal }, async () => {
    await run(['update']);
    const packages = [];
    for (const names of missing) packages.push(await choosePackage(names, signal));
    progress(`installing ${packages.join(', ')} with apt-get`);
    await run(['install', '-y', '--no-install-recommends', ...packages]);
  });
}
