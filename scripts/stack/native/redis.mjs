/**
 * Redis without Docker: the distribution's own package, unpacked into the stack
 * directory.
 */
import fs from 'node:fs';
import path from 'node:path';

import { HOST } from '../settings.mjs';
import { findArchiveMirror, readDistribution } from './apt-sources.mjs';
import { treeCommand, unpackDebianTree } from './debian-tree.mjs';

const treeOf = (settings) => path.join(settings.softwareDirectory, 'redis');
const dataOf = (settings) => path.join(settings.dataDirectory, 'redis');

export const redis = {
  toolsToInstall: ['mmdebstrap'],
  toolsToRun: [],

  isInstalled: (settings) => fs.existsSync(treeOf(settings)),

  async install({ settings, signal, logFile }) {
    const { id, codename } = readDistribution();
    await unpackDebianTree({
      target: treeOf(settings),
      suite: codename,
      components: id === 'ubuntu' ? ['main', 'universe'] : ['main'],
      packages: ['redis-server'],
      mirror: findArchiveMirror(codename),
      logFile,
      signal,
    });
  },

  prepareData({ settings }) {
    fs.mkdirSync(dataOf(settings), { recursive: true });
  },

  commandLine(settings) {
    const { command, args } = treeCommand(treeOf(settings), 'usr/bin/redis-server');
    const options = {
      bind: HOST,
      port: String(settings.ports.redis),
      dir: dataOf(settings),
      daemonize: 'no',
      save: '',
      appendonly: 'no',
      // The command line has to stay as it was started: it is what tells
      // whether a recorded pid is still ours.
      'set-proc-title': 'no',
    };
    return {
      command,
      args: [...args, ...Object.entries(options).flatMap(([key, value]) => [`--${key}`, value])],
    };
  },
};
