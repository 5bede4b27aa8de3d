import { isStoreUnavailable, OutcomeUnknownError } from '@app/persistence';
import { ProblemException } from '@app/platform';

/** @throws ProblemException STORE_UNAVAILABLE when the store can not be asked. */
export async function available<T>(work: Promise<T>, otherwise: string): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!isStoreUnavailable(error)) throw error;
    throw new ProblemException('STORE_UNAVAILABLE', `${otherwise}, try again`);
  }
}

/** The refusal of a write that the store did not take or did not confirm. */
export function writeRefused(error: unknown, what: string): ProblemException {
  return error instanceof OutcomeUnknownError
    ? new ProblemException(
        'OUTCOME_UNKNOWN',
        `the ${what} may or may not have been stored: look before you try again`,
      )
    : new ProblemException('STORE_UNAVAILABLE', `${what}s can not be stored now, try again`);
}
