import type { BookTop } from '../use-market';
import { type Draft, emptyDraft } from './draft';
import { noticeOf } from './notices';

const TOP: BookTop = { bid: '99.00', ask: '101.00', state: 'TRADING' };
const EMPTY: BookTop = { bid: null, ask: null, state: 'TRADING' };
const say = (draft: Partial<Draft>, top: BookTop | null = TOP, last: string | null = '100.00') =>
  noticeOf({ ...emptyDraft('A'), ...draft }, top, last)?.text ?? null;

describe('a notice', () => {
  it.each<[Partial<Draft>, string | null]>([
    [{ price: '100.99' }, null],
    [{ price: '' }, null],
    [{ price: '101' }, 'Reaches the best ask 101.00: trades at once.'],
    [{ price: '102', postOnly: true }, 'Reaches the best ask 101.00: post-only would be refused.'],
    [
      { price: '102', postOnly: true, timeInForce: 'IOC' },
      'Reaches the best ask 101.00: trades at once.',
    ],
    [{ side: 'SELL', price: '99.01' }, null],
    [{ side: 'SELL', price: '99' }, 'Reaches the best bid 99.00: trades at once.'],
    [{ kind: 'STOP', stopPrice: '100.01' }, null],
    [{ kind: 'STOP', stopPrice: '100' }, 'The last price 100.00 has reached it: fires at once.'],
    [{ kind: 'STOP', side: 'SELL', stopPrice: '99.99' }, null],
    [
      { kind: 'STOP_LIMIT', side: 'SELL', stopPrice: '100' },
      'The last price 100.00 has reached it: fires at once.',
    ],
    [{ kind: 'MARKET' }, null],
    [{ kind: 'PLAIN' }, null],
  ])('of %j: %p', (draft, text) => {
    expect(say(draft)).toBe(text);
  });

  it('tells that a market order would find nobody', () => {
    expect(say({ kind: 'MARKET' }, EMPTY)).toContain('Nobody sells');
    expect(say({ kind: 'MARKET', side: 'SELL' }, EMPTY)).toContain('Nobody buys');
    expect(say({ kind: 'MARKET' }, null)).toBeNull();
  });

  it('tells that a stop waits for a first trade', () => {
    expect(say({ kind: 'STOP', stopPrice: '1' }, TOP, null)).toContain('No trade yet');
  });
});
