import type { components } from '@app/client';

export type Operations = components['schemas']['OperationsDto'];
export type Sample = components['schemas']['OperationsSampleDto'];

/** How far back the page shows samples, ms. */
export const SHOWN_MS = 300_000;

/** A sample with its time in ms since the epoch, and the process that took it. */
export interface Moment extends Sample {
  timeMs: number;
  instance: string;
}

/** What the page knows of how the system fares. */
export interface History {
  /** The newest answer. */
  answer: Operations;
  /** Of the last five minutes, oldest first. */
  moments: readonly Moment[];
}

/** Adds what is new in an answer. Behind a load balancer it may come from another process than the last one. */
export function withAnswer(history: History | undefined, answer: Operations): History {
  const known = history?.moments ?? [];
  const lastMs = known.at(-1)?.timeMs ?? Number.NEGATIVE_INFINITY;
  const { instance } = answer;
  const newer = answer.samples
    .map((sample) => ({ ...sample, timeMs: Date.parse(sample.time), instance }))
    .filter(({ timeMs }) => timeMs > lastMs);
  const moments = [...known, ...newer];
  const fromMs = (moments.at(-1)?.timeMs ?? 0) - SHOWN_MS;
  return { answer, moments: moments.filter(({ timeMs }) => timeMs >= fromMs) };
}

/** What to ask for: samples behind the newest one that is known. */
export function afterOf(history: History | undefined): string | undefined {
  return history?.moments.at(-1)?.time;
}

/** How many processes the samples come from. */
export function processesOf({ moments }: History): number {
  return new Set(moments.map(({ instance }) => instance)).size;
}
