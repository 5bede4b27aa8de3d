import type { Answer } from '../support/processes';

/** What a client knows of a request that did not do what it asked for. */
export type Failure = 'refused' | 'in doubt';

export type Method = 'POST' | 'DELETE' | 'PATCH' | 'PUT' | 'GET';

const TIMED_OUT = 'ETIMEDOUT';

/** What answers tell, and those among them that should never have come. */
export class Answers {
  /** Answers that break a promise of the api, in words. */
  readonly faults: string[] = [];
  /** How long the slowest answer took. */
  readonly slowestMs: Record<Method, number> = { POST: 0, DELETE: 0, PATCH: 0, PUT: 0, GET: 0 };

  /** @returns what the client knows after no answer came. */
  lost(what: string, error: unknown): Failure {
    // Node's own errors are of another realm than Jest's `Error`, so `instanceof` does not know them.
    const { code } = error as { code?: string };
    if (code === 'ECONNREFUSED') return 'refused';
    if (code === TIMED_OUT) this.fault(`${what}: ${String(error)}`);
    return 'in doubt';
  }

  /** @returns what the client knows after an answer that is neither yes nor no: it must be a 503. */
  refusal(method: string, answer: Answer): Failure {
    const { code } = (answer.json ?? {}) as { code?: string };
    if (answer.status !== 503) this.fault(`${method}: ${answer.status} ${answer.text}`);
    else if (answer.headers['retry-after'] === undefined)
      this.fault(`${method}: 503 without Retry-After: ${answer.text}`);
    return answer.status === 503 && code !== 'OUTCOME_UNKNOWN' ? 'refused' : 'in doubt';
  }

  took(method: Method, ms: number): void {
    this.slowestMs[method] = Math.max(this.slowestMs[method], ms);
  }

  fault(text: string): void {
    this.faults.push(text);
  }
}
