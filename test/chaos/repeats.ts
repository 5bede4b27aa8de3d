import Database from 'libsql';
import { join } from 'node:path';
import { publish, type RawEvent } from '../support/event-log';
import type { Deployment } from '../support/processes';
import type { Random } from '../support/random';
import { readMessagesOf } from './book-checker/book-source';

const BLOCK = 60;

/**
 * Delivers events of `order.events` once more while new ones come, as a producer that repeats itself would: a block in
 * its order, one backwards, one in any order, and the newest ones twice.
 * @returns how many.
 */
export async function deliverAgain(deployment: Deployment, random: Random): Promise<number> {
  const messages = await readMessagesOf(deployment, 'order.events');
  if (messages.length === 0) return 0;
  const events = messages.map(({ key, value }): RawEvent => ({
    key,
    value: JSON.stringify(value),
  }));
  const block = (): RawEvent[] => {
    const start = random.between(0, Math.max(0, events.length - BLOCK));
    return events.slice(start, start + BLOCK);
  };
  const newest = events.slice(-BLOCK);
  const again = [
    block(),
    block().toReversed(),
    block()
      .map((event) => ({ event, place: random.next() }))
      .sort((a, b) => a.place - b.place)
      .map(({ event }) => event),
    newest,
    newest.toReversed(),
  ];
  for (const each of again) await publish(deployment, each);
  return again.flat().length;
}

/** Has the matchers read the whole log again, as docs/runbook.md says: nothing may change. */
export async function readAgain(deployment: Deployment): Promise<void> {
  const matchers = Object.values(deployment.processes).filter(({ name }) => name !== 'api');
  for (const matcher of matchers) await matcher.stop();
  if (deployment.wiring === 'stack') {
    await deployment.query('UPDATE checkpoints SET next_offset = 0');
  } else {
    const database = new Database(join(deployment.dataDirectory(), 'tradeflow.sqlite'));
    database.exec('UPDATE checkpoints SET next_offset = 1');
    database.close();
  }
  await Promise.all(matchers.map((matcher) => matcher.start()));
}
