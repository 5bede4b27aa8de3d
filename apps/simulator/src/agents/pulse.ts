import { RefusedError, UnavailableError } from '../api/call-errors';
import type { Gate } from '../api/gate';
import { pause } from '../api/pause';
import type { Activity } from '../activity';

/** What the loops of all agents share. */
export interface Pulse {
  readonly stopped: AbortSignal;
  readonly gate: Gate;
  readonly activity: Activity;
}

/**
 * Takes one turn after the other until it is stopped. A turn that the api can not serve now is left out; the next one
 * comes when the gate is open. Any other failure is one of the simulator and ends it.
 * @param turn @returns seconds until the next one
 */
export async function takeTurns(pulse: Pulse, turn: () => Promise<number>): Promise<void> {
  const { stopped, gate, activity } = pulse;
  while (!stopped.aborted) {
    await gate.pass(stopped);
    if (stopped.aborted) return;
    const beganMs = performance.now();
    let seconds = 1;
    try {
      seconds = await turn();
      gate.opened();
    } catch (error) {
      if (stopped.aborted) return;
      if (error instanceof UnavailableError) gate.failed(error.message, error.retryAfterMs);
      else if (error instanceof RefusedError) activity.refused(error.code);
      else throw error;
    }
    await pause(seconds * 1000 - (performance.now() - beganMs), stopped);
  }
}

/** Tries until it has worked once. @returns null when it was stopped before. */
export async function untilDone<T>(pulse: Pulse, attempt: () => Promise<T>): Promise<T | null> {
  const done = new AbortController();
  let result: T | null = null;
  const stopped = AbortSignal.any([pulse.stopped, done.signal]);
  await takeTurns({ ...pulse, stopped }, async () => {
    result = await attempt();
    done.abort();
    return 0;
  });
  return result;
}
