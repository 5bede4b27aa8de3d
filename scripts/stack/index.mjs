/**
 * The developer stack (real MySQL, Redis and Apache Kafka) as functions: for
 * scripts/stack.mjs, and for tests that take a dependency away and bring it back.
 *
 * Each function returns when what it says is so: a started or resumed service
 * answers, a stopped or killed one has ended.
 */
import { chooseBackend, forgetMode, recordMode } from './choose-backend.mjs';
import { probe, startOne } from './lifecycle.mjs';
import { withLock } from './lock.mjs';
import { progress } from './progress.mjs';
import { SERVICE_NAMES, assertServiceName, environmentOf, loadSettings } from './settings.mjs';

async function createContext(signal) {
  const settings = loadSettings();
  return { settings, signal, backend: await chooseBackend(settings) };
}

async function contextFor(name, signal) {
  assertServiceName(name);
  return createContext(signal);
}

/** DATABASE_URL, REDIS_URL and KAFKA_BOOTSTRAP_SERVERS of the stack. */
export function stackEnvironment() {
  return environmentOf(loadSettings());
}

/** Starts the service on the data it had, or goes on with a paused one. */
export async function startService(name, { signal } = {}) {
  const context = await contextFor(name, signal);
  await context.backend.prepareHost([name], { signal });
  await startOne(name, context);
}

/** Ends the service in an orderly way, as an operator would. */
export async function stopService(name) {
  const { backend } = await contextFor(name);
  await backend.terminate(name);
}

/** Ends the service with SIGKILL, as a crash would. */
export async function killService(name) {
  const { backend } = await contextFor(name);
  await backend.kill(name);
}

/** The service keeps its connections and answers nothing any more. */
export async function pauseService(name) {
  const { backend } = await contextFor(name);
  await backend.pause(name);
}

export async function resumeService(name, { signal } = {}) {
  const context = await contextFor(name, signal);
  if ((await context.backend.state(name)) === 'stopped') throw new Error(`${name} is not running`);
  await startOne(name, context);
}

/** Starts all three at once; if one fails, ends those that this call started. */
async function startAll(context, abort) {
  await context.backend.prepareHost(SERVICE_NAMES, { signal: context.signal });
  const results = await Promise.allSettled(
    SERVICE_NAMES.map(async (name) => {
      try {
        return await startOne(name, context);
      } catch (error) {
        // The first failure ends the downloads and waits of the others.
        if (!context.signal.aborted) abort(error);
        throw error;
      }
    }),
  );
  if (results.every(({ status }) => status === 'fulfilled')) return;
  const startedHere = SERVICE_NAMES.filter((_, index) => results[index].value === true);
  for (const name of startedHere) progress(`${name}: ending it, since the stack is not complete`);
  await Promise.all(startedHere.map((name) => context.backend.kill(name)));
  throw context.signal.reason;
}

/** Brings the whole stack up and returns its environment; does nothing to what runs already. */
export async function stackUp({ signal } = {}) {
  const failure = new AbortController();
  const anySignal = signal ? AbortSignal.any([signal, failure.signal]) : failure.signal;
  const settings = loadSettings();
  await withLock(settings, { signal: anySignal }, async () => {
    const context = {
      settings,
      signal: anySignal,
      backend: await chooseBackend(settings),
    };
    await startAll(context, (error) => failure.abort(error));
    recordMode(context.backend.mode, settings);
  });
  return environmentOf(settings);
}

/** Stops everything and removes the services' data; with `purge` also what was downloaded. */
export async function stackDown({ purge = false } = {}) {
  const settings = loadSettings();
  await withLock(settings, {}, async () => {
    const backend = await chooseBackend(settings);
    await backend.removeAll({ purge });
    forgetMode(settings);
  });
}

/** For each service: its name, state ('ready', 'starting', 'paused' or 'stopped'), port and process. */
export async function stackStatus() {
  const { backend, settings } = await createContext();
  return Promise.all(
    SERVICE_NAMES.map(async (name) => {
      const row = {
        name,
        mode: backend.mode,
        port: settings.ports[name],
        process: await backend.describe(name),
      };
      const state = await backend.state(name);
      if (state !== 'running') return { ...row, state };
      try {
        await probe(name, settings);
        return { ...row, state: 'ready' };
      } catch (error) {
        return { ...row, state: 'starting', reason: error.message };
      }
    }),
  );
}
