import type { Problem } from './schemas';

/** An answer of the api; that there was none is thrown. */
export type Answer<T> =
  | { ok: true; status: number; data: T; response: Response }
  | { ok: false; status: number; problem: Problem };

interface Fetched<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

export function answerOf<T>({ data, error, response }: Fetched<T>): Answer<T> {
  const { status } = response;
  if (data !== undefined && response.ok) return { ok: true, status, data, response };
  return { ok: false, status, problem: problemOf(error, status) };
}

/** Something between the page and the api may answer in its own words. */
function problemOf(error: unknown, status: number): Problem {
  if (isProblem(error)) return error;
  return {
    type: 'about:blank',
    title: 'Error',
    status,
    code: 'INTERNAL_ERROR',
    detail: `the server answered ${status}`,
  };
}

function isProblem(error: unknown): error is Problem {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    typeof error.code === 'string' &&
    'detail' in error &&
    typeof error.detail === 'string'
  );
}

/** The data, or what went wrong, as queries throw it. */
export function dataOf<T>(fetched: Fetched<T>): T {
  const answer = answerOf(fetched);
  if (answer.ok) return answer.data;
  throw new Error(sentence(answer.problem.detail));
}

export function sentence(detail: string): string {
  const text = detail.charAt(0).toUpperCase() + detail.slice(1);
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
