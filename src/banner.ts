import type { Config } from '@app/platform';
import { resolve } from 'node:path';

/** What `npm start` tells a human: what it runs on, where to look, and one line to try. */
export function banner(config: Config, port: number): string {
  const base = `http://localhost:${port}`;
  return `
  TradeFlow Engine runs.

    store      ${storeLine(config)}
    event log  ${config.eventLog.kind === 'kafka' ? `Kafka at ${config.eventLog.brokers.join(', ')}` : 'the outbox table, read in-process'}
    cache      ${config.cache.kind === 'redis' ? 'Redis' : 'in memory'}
    fills      ${config.matcher.delayMs} ms after an order was placed

    page       ${base}/
    API docs   ${base}/docs

  Try it:

    curl -s ${base}/orders -H 'Content-Type: application/json' -d '{"user_id":1,"item":"AAPL","amount":150.50}'

`;
}

function storeLine({ store }: Config): string {
  return store.kind === 'mysql'
    ? `MySQL at ${store.host}:${store.port}/${store.database}`
    : `SQLite in ${resolve(store.directory)}`;
}
