/**
 * Stable codes of problem details (RFC 9457, member `code`). Clients may switch on them:
 * a code is never renamed, and its HTTP status never changes.
 */
export const PROBLEM_STATUS = {
  MALFORMED_JSON: 400,
  MALFORMED_REQUEST: 400,
  VALIDATION_FAILED: 400,
  INVALID_ID: 400,
  INVALID_QUERY: 400,
  INVALID_HEADER: 400,
  UNSUPPORTED_COMBINATION: 400,
  NOTIONAL_TOO_LARGE: 400,
  NOT_FOUND: 404,
  ORDER_NOT_FOUND: 404,
  REQUEST_TIMEOUT: 408,
  ORDER_FINAL: 409,
  NOT_AMENDABLE: 409,
  DUPLICATE_REQUEST: 409,
  MARKET_HALTED: 409,
  MARKET_IN_USE: 409,
  BATCH_REFUSED: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  EXPECTATION_FAILED: 417,
  HEADERS_TOO_LARGE: 431,
  INTERNAL_ERROR: 500,
  OVERLOADED: 503,
  STORE_UNAVAILABLE: 503,
  OUTCOME_UNKNOWN: 503,
} as const satisfies Record<string, number>;

export type ProblemCode = keyof typeof PROBLEM_STATUS;

/** One invalid member of a request. `pointer` is a JSON pointer into the body, or a parameter's name. */
export interface ProblemError {
  pointer: string;
  detail: string;
}

/** The body of every answer with a status of 400 or above (`application/problem+json`). */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: ProblemCode;
  detail: string;
  request_id?: string;
  errors?: ProblemError[];
}
