import { isStoreUnavailable } from '@app/persistence';
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
