/**
 * The stack on a Docker engine: deploy/stack.compose.yml, driven with
 * `docker compose`.
 */
import path from 'node:path';

import { progress } from './progress.mjs';
import { capture } from './run-command.mjs';

const PROJECT = 'tradeflow-stack';
/** The first `up` pulls three images. */
const PULL_TIMEOUT_MS = 20 * 60_000;
const COMMAND_TIMEOUT_MS = 2 * 60_000;
const STOP_GRACE_SECONDS = '30';

/** Why Docker cannot be used here, or undefined. */
export async function whyNotDocker() {
  // An engine that hangs is taken as none.
  const timeoutMs = 15_000;
  const info = await capture('docker', ['info'], { timeoutMs });
  if (info.code === 127) return 'there is no docker command';
  if (info.code !== 0) return 'no Docker engine answers';
  const compose = await capture('docker', ['compose', 'version'], {
    timeoutMs,
  });
  if (compose.code !== 0) return 'docker has no compose plug-in';
  return undefined;
}

function composeVariables(settings) {
  return {
    STACK_MYSQL_PORT: String(settings.ports.mysql),
    STACK_REDIS_PORT: String(settings.ports.redis),
    STACK_KAFKA_PORT: String(settings.ports.kafka),
    STACK_KAFKA_CONTROLLER_PORT: String(settings.ports.kafkaController),
  };
}

function createCompose(settings) {
  const file = path.join(settings.repositoryRoot, 'deploy', 'stack.compose.yml');
  return async function compose(args, { signal, timeoutMs = COMMAND_TIMEOUT_MS } = {}) {
    const result = await capture('docker', ['compose', '-f', file, '-p', PROJECT, ...args], {
      signal,
      timeoutMs,
      environment: composeVariables(settings),
    });
    if (result.code === 0) return result.stdout;
    const lines = result.stderr.trimEnd().split('\n').slice(-20).join('\n');
    throw new Error(`docker compose ${args.join(' ')} exited with ${result.code}:\n${lines}`);
  };
}

async function containerState(compose, name) {
  const id = (await compose(['ps', '--all', '--quiet', name])).trim();
  if (id === '') return 'stopped';
  const { code, stdout, stderr } = await capture('docker', [
    'inspect',
    '-f',
    '{{.State.Status}}',
    id,
  ]);
  if (code !== 0) throw new Error(`docker inspect of ${name} failed: ${stderr.trim()}`);
  const status = stdout.trim();
  if (status === 'paused') return 'paused';
  return status === 'running' ? 'running' : 'stopped';
}

export function createDockerBackend(settings) {
  const compose = createCompose(settings);
  return {
    mode: 'docker',

    /** Images and the network first: three starts at once would race for them. */
    async prepareHost(names, { signal } = {}) {
      progress('docker: pulling images and creating containers');
      await compose(['create', ...names], {
        signal,
        timeoutMs: PULL_TIMEOUT_MS,
      });
    },

    async launch(name, { signal } = {}) {
      await compose(['up', '--detach', '--no-deps', '--no-recreate', name], {
        signal,
        timeoutMs: PULL_TIMEOUT_MS,
      });
    },

    state: (name) => containerState(compose, name),
    describe: async (name) =>
      `container ${(await compose(['ps', '-q', name])).trim().slice(0, 12) || '-'}`,
    pause: (name) => compose(['pause', name]),
    resume: (name) => compose(['unpause', name]),

    async kill(name) {
      if ((await containerState(compose, name)) === 'stopped') return;
      await compose(['kill', '--signal', 'SIGKILL', name]);
    },

    async terminate(name) {
      if ((await containerState(compose, name)) === 'paused') await compose(['unpause', name]);
      await compose(['stop', '--timeout', STOP_GRACE_SECONDS, name]);
    },

    logTail: (name) => compose(['logs', '--no-color', '--tail', '20', name]),

    async removeAll({ purge }) {
      const images = purge ? ['--rmi', 'all'] : [];
      await compose([
        'down',
        '--volumes',
        '--remove-orphans',
        '--timeout',
        STOP_GRACE_SECONDS,
        ...images,
      ]);
    },
  };
}
