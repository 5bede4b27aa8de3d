/**
 * Starting a service and seeing that it is ready: the same for both modes.
 */
import net from 'node:net';

import { recordMode } from './choose-backend.mjs';
import { probeKafka } from './probes/kafka-probe.mjs';
import { probeMysql } from './probes/mysql-probe.mjs';
import { probeRedis } from './probes/redis-probe.mjs';
import { progress } from './progress.mjs';
import { HOST, portsOf } from './settings.mjs';
import { fatalError, waitUntil } from './wait-until.mjs';

const PROBES = { mysql: probeMysql, redis: probeRedis, kafka: probeKafka };
const READY_WAIT_MS = { mysql: 90_000, redis: 30_000, kafka: 90_000 };

/** Asks the service itself; true, or an error that says what it lacks. */
export function probe(name, settings) {
  return PROBES[name]({ host: HOST, port: settings.ports[name] });
}

/** Would a server of ours get this port? Tried by listening on it. */
function isPortFree(port) {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', (error) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error)));
    server.listen({ host: HOST, port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

async function assertPortsFree(name, settings) {
  for (const { port, variable } of portsOf(name, settings)) {
    if (await isPortFree(port)) continue;
    throw new Error(
      `${name} cannot start: port ${port} of ${HOST} is taken by another program (${variable} sets another one)`,
    );
  }
}

async function waitReady(name, { backend, settings, signal }) {
  let checks = 0;
  const check = async () => {
    // Looked at now and then only, since it may cost a docker command.
    if (checks++ % 5 === 0 && (await backend.state(name)) !== 'running') {
      throw fatalError(`${name} ended before it was ready`);
    }
    return probe(name, settings);
  };
  try {
    await waitUntil(check, {
      what: `an answer of ${name}`,
      timeoutMs: READY_WAIT_MS[name],
      signal,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    const tail = await backend.logTail(name);
    throw new Error(`${error.message}\nthe last lines of the log of ${name}:\n${tail}`, {
      cause: error,
    });
  }
}

/** Starts a service that is stopped; what was started and never got ready is ended. */
async function startStopped(name, context) {
  const { backend, settings, signal } = context;
  await assertPortsFree(name, settings);
  try {
    recordMode(backend.mode, settings);
    await backend.launch(name, { signal });
    progress(`${name}: started, waiting until it answers`);
    await waitReady(name, context);
  } catch (error) {
    await backend.kill(name);
    throw error;
  }
}

/** Returns once the service is ready: true if it was this call that started it. */
export async function startOne(name, context) {
  const state = await context.backend.state(name);
  if (state === 'stopped') {
    await startStopped(name, context);
    progress(`${name}: ready`);
    return true;
  }
  if (state === 'paused') await context.backend.resume(name);
  await waitReady(name, context);
  progress(`${name}: is running`);
  return false;
}
