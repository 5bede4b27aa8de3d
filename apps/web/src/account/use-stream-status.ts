import type { StreamStatus } from '@app/client';
import { useSyncExternalStore } from 'react';
import { client } from '../client';

const subscribe = (changed: () => void) => client.stream.onStatus(changed);
const current = () => client.stream.status;

/** Whether what the page shows is live. */
export function useStreamStatus(): StreamStatus {
  return useSyncExternalStore(subscribe, current);
}
