import { useSyncExternalStore } from 'react';
import { client } from '../client';
import './connection-badge.css';

const WORDS = {
  // Nothing is followed, as on the operations view: there is nothing to say.
  idle: '',
  connecting: 'Connecting …',
  open: 'Live',
  reconnecting: 'Reconnecting …',
  closed: 'Offline',
} as const;

/** Whether what the page shows is live. */
export function ConnectionBadge() {
  const status = useSyncExternalStore(
    (changed) => client.stream.onStatus(changed),
    () => client.stream.status,
  );
  return (
    <span className={`connection ${status}`} role="status">
      <span>{WORDS[status]}</span>
    </span>
  );
}
