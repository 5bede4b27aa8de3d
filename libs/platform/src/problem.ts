import { PROBLEM_STATUS, type Problem, type ProblemCode, type ProblemError } from '@app/contracts';
import { STATUS_CODES } from 'node:http';

/** A refusal that a client is told about, with a code from the closed list. */
export class ProblemException extends Error {
  /** A plain member, as the body parser sets it on whatever its hooks throw. */
  status: number;

  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly errors?: ProblemError[],
  ) {
    super(detail);
    this.name = 'ProblemException';
    this.status = PROBLEM_STATUS[code];
  }
}

/** Seconds after which a client that got a 503 may try again. */
export const RETRY_AFTER_SECONDS = 1;

/** The body of an error answer, as RFC 9457 wants it. */
export function toProblem(problem: ProblemException, requestId?: string): Problem {
  return {
    type: 'about:blank',
    title: STATUS_CODES[problem.status] ?? 'Error',
    status: problem.status,
    code: problem.code,
    detail: problem.detail,
    ...(requestId === undefined ? {} : { request_id: requestId }),
    ...(problem.errors === undefined ? {} : { errors: problem.errors }),
  };
}
