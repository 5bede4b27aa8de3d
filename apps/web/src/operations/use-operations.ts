import { useQuery, useQueryClient } from '@tanstack/react-query';
import { client } from '../client';
import { afterOf, type History, withAnswer } from './history';

const KEY = ['operations'];
const EVERY_MS = 1000;
/** An answer that takes longer does not come. */
const TIMEOUT_MS = 5000;

export interface OperationsState {
  /** Undefined before the first answer. */
  history: History | undefined;
  /** Why the last question got no answer; null when it got one. */
  failure: string | null;
  /** When the last answer came, ms since the epoch. */
  answeredAtMs: number;
}

/** Asks once a second while the page can be seen, also after a failure. */
export function useOperations(): OperationsState {
  const queries = useQueryClient();
  const { data, error, dataUpdatedAt } = useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => {
      const known = queries.getQueryData<History>(KEY);
      return withAnswer(known, await ask(afterOf(known), signal));
    },
    refetchInterval: EVERY_MS,
    refetchOnWindowFocus: true,
    // What can not be reached is tried again by the next question.
    retry: false,
    networkMode: 'always',
    structuralSharing: false,
  });
  return { history: data, failure: error?.message ?? null, answeredAtMs: dataUpdatedAt };
}

async function ask(after: string | undefined, signal: AbortSignal): Promise<History['answer']> {
  const query = after === undefined ? {} : { after };
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const { data, response } = await client.rest
    .GET('/operations', { params: { query }, signal: AbortSignal.any([signal, timeout]) })
    .catch((error: unknown) => {
      throw new Error('The api does not answer', { cause: error });
    });
  if (data === undefined) throw new Error(`The api answers with ${response.status}`);
  return data;
}
