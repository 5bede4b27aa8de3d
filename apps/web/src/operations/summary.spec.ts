import { figureCards } from './figures';
import { momentAt } from './fixtures';
import type { FigureCard } from './figures';
import { momentInWords, summaryOf } from './summary';

const card = (id: string): FigureCard => {
  const found = figureCards('events').find((each) => each.id === id);
  if (found === undefined) throw new Error(`there is no card ${id}`);
  return found;
};

describe('summaryOf', () => {
  it('says what a chart shows', () => {
    const moments = [5, 900, 12].map((rate, second) =>
      momentAt(second, { orders_per_second: rate }),
    );
    expect(summaryOf(card('orders'), moments)).toBe(
      'Orders. Stored by the whole system. now 12/s, between 5.0/s and 900/s in the last five minutes.',
    );
  });

  it('says when nothing was measured, ever or now', () => {
    const first = momentAt(1, { accept_p50_ms: 2, accept_p99_ms: 20 });
    expect(summaryOf(card('accept'), [first, momentAt(2)])).toMatch(
      /p50: now no orders, between 2\.00 ms and 2\.00 ms .*; p99: now no orders, between 20\.0 ms/,
    );
    expect(summaryOf(card('match'), [first])).toMatch(/p50: nothing was measured/);
  });
});

describe('momentInWords', () => {
  it('says one and many', () => {
    expect(momentInWords(card('lag'), momentAt(1, { consumer_lag: 1 }))).toBe('1 event');
    expect(momentInWords(card('lag'), momentAt(1, { consumer_lag: 2500 }))).toBe('2,500 events');
    expect(momentInWords(card('lag'), momentAt(1, { consumer_lag: null }))).toBe('not measured');
  });

  it('says all lines', () => {
    const moment = momentAt(1, { accept_p50_ms: 2, accept_p99_ms: 200 });
    expect(momentInWords(card('accept'), moment)).toBe('p50 2.00 ms, p99 200 ms');
  });
});
