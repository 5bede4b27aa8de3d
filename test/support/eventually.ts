import { setTimeout as delay } from 'node:timers/promises';

/**
 * Runs the check again and again until it passes.
 * @returns what the check returns. @throws its last failure when the time is up.
 */
export async function eventually<T>(
  check: () => T | Promise<T>,
  { timeoutMs = 10_000, everyMs = 50 }: { timeoutMs?: number; everyMs?: number } = {},
): Promise<T> {
  const deadlineMs = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() >= deadlineMs) throw error;
    }
    await delay(everyMs);
  }
}
