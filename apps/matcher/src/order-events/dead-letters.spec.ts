import type { EventBatch, IncomingEvent, Outbox, NewEvent } from '@app/messaging';
import type { Transaction } from '@app/persistence';
import { Log } from '@app/platform';
import { pino } from 'pino';
import { DeadLetters } from './dead-letters';

const NOW_MS = Date.parse('2026-01-02T03:04:05.678Z');

const batchOf = (...events: Partial<IncomingEvent>[]): EventBatch => ({
  topic: 'order.events',
  partition: 2,
  events: events.map((event, index) => ({ offset: 10 + index, key: 'AAPL', value: 'x', ...event })),
  nextOffset: 10 + events.length,
  claim: { group: 'g', topic: 'order.events', partition: 2, epoch: 1, nextOffset: 10 },
});

function setUp() {
  const appended: NewEvent[][] = [];
  const lines: string[] = [];
  const outbox = {
    append: (_tx: Transaction, topic: string, events: NewEvent[]) => {
      expect(topic).toBe('order.events.dlq');
      appended.push(events);
      return Promise.resolve();
    },
  };
  const log = new Log(pino({}, { write: (line: string) => lines.push(line) }));
  const letters = new DeadLetters(outbox as unknown as Outbox, log);
  const append = (batch: EventBatch, ...indexes: number[]) =>
    letters.append(
      {} as Transaction,
      batch,
      indexes.map((index) => ({ index, reason: 'NOT_JSON' as const })),
      NOW_MS,
    );
  return { letters, append, appended, lines };
}

async function letterOf(event: Partial<IncomingEvent>): Promise<NewEvent> {
  const { append, appended } = setUp();
  await append(batchOf(event), 0);
  return appended[0]![0]!;
}

describe('DeadLetters', () => {
  it('tell what came, from where, and why it was passed over', async () => {
    expect(await letterOf({ offset: 41, key: 'MSFT', value: '{oops' })).toEqual({
      key: 'MSFT',
      value: {
        type: 'EVENT_DEAD_LETTERED',
        reason: 'NOT_JSON',
        topic: 'order.events',
        partition: 2,
        offset: '41',
        occurred_at: '2026-01-02T03:04:05.678Z',
        value: '{oops',
      },
    });
  });

  it('pick the events that their indexes name', async () => {
    const { append, appended } = setUp();
    await append(batchOf({ value: 'a' }, { value: 'b' }, { value: 'c' }), 0, 2);
    expect(appended[0]!.map(({ value }) => value)).toMatchObject([
      { value: 'a', offset: '10' },
      { value: 'c', offset: '12' },
    ]);
  });

  it('keep a tombstone and a missing key', async () => {
    const letter = await letterOf({ key: null, value: null });
    expect(letter).toMatchObject({ key: '', value: { value: null } });
  });

  it('keep a value of 8192 characters whole, and cut a longer one', async () => {
    const whole = await letterOf({ value: 'x'.repeat(8192) });
    expect(whole.value).toMatchObject({ value: 'x'.repeat(8192) });
    expect(whole.value).not.toHaveProperty('value_cut');
    const cut = await letterOf({ value: 'x'.repeat(8193) });
    expect(cut.value).toMatchObject({ value: 'x'.repeat(8192), value_cut: true });
  });

  it('leave no half of a character at the cut', async () => {
    const { value } = (await letterOf({ value: `${'x'.repeat(8191)}💰` })).value as {
      value: string;
    };
    expect(value.isWellFormed()).toBe(true);
    expect(value).toHaveLength(8192);
  });

  it('cut a long key', async () => {
    expect((await letterOf({ key: 'k'.repeat(1000) })).key).toBe('k'.repeat(255));
  });

  it('go into entries of a hundred, in order', async () => {
    const { append, appended } = setUp();
    const values = Array.from({ length: 250 }, (_, index) => `${index}`);
    await append(batchOf(...values.map((value) => ({ value }))), ...values.keys());
    expect(appended.map((events) => events.length)).toEqual([100, 100, 50]);
    expect(appended.flat().map(({ value }) => (value as { value: string }).value)).toEqual(values);
  });

  it('write nothing where there is nothing to tell', async () => {
    const { append, appended, letters, lines } = setUp();
    await append(batchOf({}));
    letters.report(batchOf({}), []);
    expect(appended).toEqual([]);
    expect(lines).toEqual([]);
  });

  it('log each letter, without its value, after the commit', () => {
    const { letters, lines } = setUp();
    letters.report(batchOf({ value: 'hunter2' }, { value: 'hunter2' }), [
      { index: 1, reason: 'UNKNOWN_ORDER' },
    ]);
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({
      reason: 'UNKNOWN_ORDER',
      partition: 2,
      offset: 11,
    });
    expect(lines[0]).not.toContain('hunter2');
  });
});
