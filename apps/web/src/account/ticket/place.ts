import type { Answer } from '../answer';
import type { NewOrder, Order, Problem } from '../schemas';

export type Placed =
  | { kind: 'placed'; order: Order }
  /** The name was given to an order before: this is it, and nothing was placed. */
  | { kind: 'existed'; order: Order }
  | { kind: 'refused'; problem: Problem }
  /** No answer: the order may or may not lie in the store. Sent again under the same key it is placed once. */
  | { kind: 'unknown'; detail: string };

export interface PlaceTools {
  /** Throws where no answer came. */
  readonly send: (body: NewOrder, key: string) => Promise<Answer<Order>>;
  readonly wait: (ms: number) => Promise<void>;
  readonly onRetry: (attempt: number) => void;
  /** Whether this very intent went out before and nobody knows what became of it. */
  readonly sentBefore: boolean;
}

const PAUSES_MS = [400, 1000, 2000, 4000];

/** Answers after which the same request is sent again: what they say may be otherwise a moment later. */
const PASSING = new Set<number>([408, 500, 502, 503, 504]);
/** Of those, answers that say for certain that nothing was stored. */
const STORED_NOTHING = new Set<string>(['OVERLOADED', 'STORE_UNAVAILABLE']);

/**
 * Places one order. A request whose answer got lost is sent again under the same key, which the api takes for the same
 * order (docs/orders.md §4), so that one intent is one order at most.
 */
export async function place(body: NewOrder, key: string, tools: PlaceTools): Promise<Placed> {
  let lost = tools.sentBefore;
  for (let attempt = 1; ; attempt += 1) {
    const answer = await attemptOf(body, key, tools);
    if (answer?.ok === true) {
      const existed = answer.status === 200 && !lost;
      return { kind: existed ? 'existed' : 'placed', order: answer.data };
    }
    const passing = answer === null || PASSING.has(answer.status);
    if (answer !== null && !passing) return { kind: 'refused', problem: answer.problem };
    lost ||= answer === null || !STORED_NOTHING.has(answer.problem.code);
    const pauseMs = PAUSES_MS[attempt - 1];
    if (pauseMs === undefined) return givenUp(answer, lost);
    tools.onRetry(attempt + 1);
    await tools.wait(pauseMs);
  }
}

function givenUp(answer: Answer<Order> | null, lost: boolean): Placed {
  const problem = answer?.ok === false ? answer.problem : null;
  if (problem !== null && !lost) return { kind: 'refused', problem };
  return { kind: 'unknown', detail: problem?.detail ?? 'The server does not answer.' };
}

async function attemptOf(
  body: NewOrder,
  key: string,
  { send }: PlaceTools,
): Promise<Answer<Order> | null> {
  try {
    return await send(body, key);
  } catch {
    // No answer came: for the order that is the same, whatever broke off.
    return null;
  }
}
