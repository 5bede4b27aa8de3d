/**
 * The stack without Docker: each service as a process of this machine, its
 * software and data in the stack directory.
 */
import fs from 'node:fs';
import path from 'node:path';

import { progress } from '../progress.mjs';
import { readLogTail } from '../run-command.mjs';
import { SERVICE_NAMES } from '../settings.mjs';
import { ensureHostTools } from './host-tools.mjs';
import { kafka } from './kafka.mjs';
import { mysql } from './mysql.mjs';
import {
  findPid,
  killProcess,
  logFileOf,
  pauseProcess,
  processState,
  resumeProcess,
  spawnDetached,
  terminateProcess,
} from './process-files.mjs';
import { redis } from './redis.mjs';

const DEFINITIONS = { mysql, redis, kafka };

/** The stack directory ignores itself, so no clone has to know about it. */
function makeStackDirectory(settings) {
  fs.mkdirSync(settings.logsDirectory, { recursive: true });
  const ignoreFile = path.join(settings.directory, '.gitignore');
  if (!fs.existsSync(ignoreFile)) fs.writeFileSync(ignoreFile, '*\n');
}

function removeDirectories(names, settings) {
  for (const name of names) {
    fs.rmSync(path.join(settings.directory, name), {
      recursive: true,
      force: true,
    });
  }
}

export function createNativeBackend(settings) {
  return {
    mode: 'native',

    /** Installs the tools that the named services need, once for all of them. */
    async prepareHost(names, { signal } = {}) {
      makeStackDirectory(settings);
      const wanted = new Set(
        names.flatMap((name) => {
          const definition = DEFINITIONS[name];
          const tools = definition.isInstalled(settings) ? [] : definition.toolsToInstall;
          return [...tools, ...definition.toolsToRun];
        }),
      );
      await ensureHostTools(wanted, { settings, signal });
    },

    async launch(name, { signal } = {}) {
      const definition = DEFINITIONS[name];
      const context = {
        settings,
        signal,
        logFile: path.join(settings.logsDirectory, `install-${name}.log`),
      };
      if (!definition.isInstalled(settings)) await definition.install(context);
      await definition.prepareData(context);
      const commandLine = await definition.commandLine(settings);
      signal?.throwIfAborted();
      await spawnDetached(name, commandLine, settings);
    },

    state: async (name) => processState(name, settings),
    describe: async (name) => `pid ${findPid(name, settings) ?? '-'}`,
    pause: (name) => pauseProcess(name, settings),
    resume: async (name) => resumeProcess(name, settings),
    kill: (name) => killProcess(name, settings),
    terminate: (name) =>
      terminateProcess(name, settings, (error) =>
        progress(`${error.message}: ending it with SIGKILL`),
      ),

    logTail: async (name) => readLogTail(logFileOf(name, settings)),

    async removeAll({ purge }) {
      await Promise.all(SERVICE_NAMES.map((name) => this.terminate(name)));
      removeDirectories(purge ? ['data', 'software', 'logs', 'run'] : ['data'], settings);
    },
  };
}
