import type { ProblemError } from '@app/contracts';
import { ProblemException } from '@app/platform';

/** A JSON pointer (RFC 6901) to a member of the body. */
export function toPointer(name: string): string {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The refusal of a body for what is wrong with its members. */
export function invalidMembers(errors: ProblemError[]): ProblemException {
  const detail = errors.map((error) => `${error.pointer.slice(1)} ${error.detail}`).join('; ');
  return new ProblemException('VALIDATION_FAILED', detail, errors);
}

/** The refusal of a query for what is wrong with its parameters. */
export function invalidParameters(errors: ProblemError[]): ProblemException {
  const detail = errors.map((error) => `${error.pointer} ${error.detail}`).join('; ');
  return new ProblemException('INVALID_QUERY', detail, errors);
}
