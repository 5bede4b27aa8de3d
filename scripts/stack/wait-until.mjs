/**
 * Polling with a deadline: the only way that these scripts wait for anything.
 */
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Calls `check` until it returns true. A check that throws counts as "not yet";
 * what it threw last is told when the deadline passes. An error that carries
 * `fatal: true` ends the wait at once.
 */
export async function waitUntil(check, { what, timeoutMs, intervalMs = 100, signal }) {
  const deadline = Date.now() + timeoutMs;
  let lastError;
  for (;;) {
    signal?.throwIfAborted();
    try {
      if (await check()) return;
    } catch (error) {
      if (error.fatal) throw error;
      lastError = error;
    }
    if (Date.now() >= deadline) break;
    await delay(intervalMs, undefined, { signal });
  }
  const reason = lastError ? `: ${lastError.message}` : '';
  throw new Error(`${what} not seen within ${Math.round(timeoutMs / 1000)} s${reason}`, {
    cause: lastError,
  });
}

/** An error after which more waiting makes no sense. */
export function fatalError(message) {
  return Object.assign(new Error(message), { fatal: true });
}
