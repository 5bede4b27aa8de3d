/**
 * MySQL without Docker. Debian has MySQL itself (and not MariaDB) in its
 * unstable suite only, so that is where the package comes from; Ubuntu has it
 * in every release, with the version in the package's name.
 */
import fs from 'node:fs';
import path from 'node:path';

import { progress } from '../progress.mjs';
import { capture, runLogged } from '../run-command.mjs';
import { HOST } from '../settings.mjs';
import { findArchiveMirror, readDistribution } from './apt-sources.mjs';
import { treeCommand, unpackDebianTree } from './debian-tree.mjs';

const treeOf = (settings) => path.join(settings.softwareDirectory, 'mysql');
const dataOf = (settings) => path.join(settings.dataDirectory, 'mysql');

async function findUbuntuPackage(signal) {
  const { stdout } = await capture(
    'apt-cache',
    ['search', '--names-only', '^mysql-server-core-[0-9.]+$'],
    { signal },
  );
  const names = stdout
    .split('\n')
    .map((line) => line.split(' ')[0])
    .filter(Boolean);
  const version = (name) => Number.parseFloat(name.slice('mysql-server-core-'.length));
  names.sort((left, right) => version(right) - version(left));
  if (names.length > 0) return names[0];
  throw new Error('apt knows no package mysql-server-core-*; run apt-get update');
}

async function packageSource(signal) {
  const { id, codename } = readDistribution();
  const mirror = findArchiveMirror(codename);
  if (id === 'debian')
    return {
      suite: 'sid',
      components: ['main'],
      packages: ['mysql-server-core'],
      mirror,
    };
  const name = await findUbuntuPackage(signal);
  return {
    suite: codename,
    components: ['main', 'universe'],
    packages: [name],
    mirror,
  };
}

function serverCommand(settings, dataDirectory) {
  const tree = treeOf(settings);
  const { command, args } = treeCommand(tree, 'usr/sbin/mysqld', ['usr/lib/mysql/private']);
  return {
    command,
    args: [
      ...args,
      '--no-defaults',
      '--user=root',
      `--basedir=${path.join(tree, 'usr')}`,
      `--plugin-dir=${path.join(tree, 'usr/lib/mysql/plugin')}`,
      `--lc-messages-dir=${path.join(tree, 'usr/share/mysql')}`,
      '--secure-file-priv=NULL',
      '--mysqlx=OFF',
      `--datadir=${dataDirectory}`,
    ],
  };
}

export const mysql = {
  toolsToInstall: ['mmdebstrap'],
  toolsToRun: [],

  isInstalled: (settings) => fs.existsSync(treeOf(settings)),

  async install({ settings, signal, logFile }) {
    const source = await packageSource(signal);
    await unpackDebianTree({
      ...source,
      target: treeOf(settings),
      logFile,
      signal,
    });
  },

  async prepareData({ settings, signal, logFile }) {
    const data = dataOf(settings);
    if (fs.existsSync(data)) return;
    // A data directory whose making was interrupted must never be started.
    const partial = `${data}.partial`;
    fs.rmSync(partial, { recursive: true, force: true });
    fs.mkdirSync(partial, { recursive: true });
    progress('mysql: making an empty data directory');
    const { command, args } = serverCommand(settings, partial);
    await runLogged(command, [...args, '--initialize-insecure'], {
      logFile,
      signal,
    });
    fs.renameSync(partial, data);
  },

  /** The settings of the server itself are those of deploy/stack.compose.yml. */
  commandLine(settings) {
    const { command, args } = serverCommand(settings, dataOf(settings));
    return {
      command,
      args: [
        ...args,
        `--bind-address=${HOST}`,
        `--port=${settings.ports.mysql}`,
        // Relative to the data directory: a full path may pass the limit of
        // 107 characters that a socket's address has.
        '--socket=mysql.sock',
        '--pid-file=mysqld.pid',
        `--init-file=${path.join(settings.repositoryRoot, 'scripts/stack/mysql-init.sql')}`,
        '--skip-name-resolve',
        '--character-set-server=utf8mb4',
        '--collation-server=utf8mb4_0900_ai_ci',
        '--default-time-zone=+00:00',
        '--max-connections=500',
        '--innodb-buffer-pool-size=1G',
        // Full durability, the defaults, stated since the measurements depend on it.
        '--innodb-flush-log-at-trx-commit=1',
        '--sync-binlog=1',
      ],
    };
  },
};
