import type { Deployment } from '../../support/processes';
import type { StoreReader } from '../../support/stores';
import type { KeptEvents } from '../kept-events';
import { type LogMessage, readMessages } from '../topic';

/** What the checker looks at: the tables, and the two logs, each partition in its order. */
export interface BookSource {
  query: StoreReader['query'];
  orderEvents(): Promise<LogMessage[]>;
  marketEvents(): Promise<LogMessage[]>;
}

export function sourceOf(deployment: Deployment, kept?: KeptEvents): BookSource {
  return {
    query: (sql, parameters) => deployment.query(sql, parameters),
    orderEvents: () => readMessagesOf(deployment, 'order.events'),
    marketEvents: async () =>
      (await kept?.all()) ?? (await readMessagesOf(deployment, 'market.events')),
  };
}

/** Everything that the log of a topic holds. */
export function readMessagesOf(deployment: Deployment, topic: string): Promise<LogMessage[]> {
  if (deployment.wiring === 'stack') return readMessages(deployment, topic);
  return readOutbox((sql, parameters) => deployment.query(sql, parameters), topic);
}

/** Without a broker the outbox table is the log, and keeps its entries. */
export async function readOutbox(
  query: StoreReader['query'],
  topic: string,
): Promise<LogMessage[]> {
  const rows = await query<{ seq: number; payload: string }>(
    'SELECT seq, payload FROM outbox_entries WHERE topic = ? ORDER BY seq',
    [topic],
  );
  return rows.flatMap(({ seq, payload }) =>
    (JSON.parse(payload) as { key: string; value: Record<string, unknown> }[]).map(
      ({ key, value }) => ({ partition: 0, offset: seq, key, value }),
    ),
  );
}
