import type { Deployment } from '../../support/processes';
import type { StoreReader } from '../../support/stores';
import { type LogMessage, readMessages } from '../topic';

/** What the checker looks at: the tables, and the two logs, each partition in its order. */
export interface BookSource {
  query: StoreReader['query'];
  orderEvents(): Promise<LogMessage[]>;
  marketEvents(): Promise<LogMessage[]>;
}

export function sourceOf(deployment: Deployment): BookSource {
  const query: StoreReader['query'] = (sql, parameters) => deployment.query(sql, parameters);
  const read = (topic: string): Promise<LogMessage[]> =>
    deployment.wiring === 'stack' ? readMessages(deployment, topic) : readOutbox(query, topic);
  return {
    query,
    orderEvents: () => read('order.events'),
    marketEvents: () => read('market.events'),
  };
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
