import { setTimeout as pause } from 'node:timers/promises';

/**
 * Looks again and again until there is an answer.
 * @throws when there was none after `timeoutMs`.
 */
export async function waitFor<T>(
  what: string,
  timeoutMs: number,
  everyMs: number,
  look: () => Promise<T | null>,
): Promise<T> {
  const deadlineMs = Date.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > deadlineMs) throw new Error(`${what}: not so after ${timeoutMs / 1000} s`);
    await pause(everyMs);
  }
}
