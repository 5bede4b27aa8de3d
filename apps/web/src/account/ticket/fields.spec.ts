import { emptyDraft, type Draft } from './draft';
import {
  fieldsOf,
  restsNot,
  selfTradePreventionsOf,
  timeInForceOf,
  timesInForceOf,
} from './fields';
import { stateRefusal } from './market-state';
import { totalOf } from './total';
import { DEFAULT_RULES } from './check-ticket';

const draft = (of: Partial<Draft>): Draft => ({ ...emptyDraft('A'), ...of });

describe('the fields of a ticket', () => {
  it.each<[Partial<Draft>, string]>([
    [
      {},
      'item price quantity timeInForce postOnly displayQuantity selfTradePrevention clientOrderId',
    ],
    [{ timeInForce: 'IOC' }, 'item price quantity timeInForce selfTradePrevention clientOrderId'],
    [{ kind: 'MARKET' }, 'item quantity timeInForce selfTradePrevention clientOrderId'],
    [
      { kind: 'MARKET', sizeBy: 'amount' },
      'item amount timeInForce selfTradePrevention clientOrderId',
    ],
    [
      { kind: 'STOP', timeInForce: 'GTD' },
      'item stopPrice quantity timeInForce expiresAt selfTradePrevention clientOrderId',
    ],
    [{ kind: 'PLAIN', timeInForce: 'GTD' }, 'item amount clientOrderId'],
  ])('of %j are %s', (of, fields) => {
    expect([...fieldsOf(draft(of))].join(' ')).toBe(fields);
  });

  it('offer only what can be combined', () => {
    expect(timesInForceOf(draft({ kind: 'MARKET' }))).toEqual(['IOC', 'FOK']);
    expect(timesInForceOf(draft({ kind: 'MARKET', sizeBy: 'amount' }))).toEqual(['IOC']);
    expect(timeInForceOf(draft({ kind: 'MARKET', timeInForce: 'DAY' }))).toBe('IOC');
    expect(timeInForceOf(draft({ kind: 'STOP', timeInForce: 'DAY' }))).toBe('DAY');
    expect(selfTradePreventionsOf(draft({ kind: 'MARKET', sizeBy: 'amount' }))).not.toContain(
      'DECREMENT',
    );
    expect(restsNot(draft({ kind: 'STOP' }))).toBe('only for orders with a limit price');
    expect(restsNot(draft({ timeInForce: 'FOK' }))).toBe('FOK orders never rest');
  });
});

describe('the state of a market', () => {
  it('lets through what the rules say', () => {
    expect(stateRefusal(draft({}), 'TRADING')).toBeNull();
    expect(stateRefusal(draft({}), 'HALTED')).toContain('halted');
    expect(stateRefusal(draft({}), 'CANCEL_ONLY')).toContain('cancels only');
    expect(stateRefusal(draft({}), 'POST_ONLY')).toBeNull();
    expect(stateRefusal(draft({ timeInForce: 'IOC' }), 'POST_ONLY')).toContain('LIMIT');
    expect(stateRefusal(draft({ kind: 'STOP_LIMIT' }), 'POST_ONLY')).toContain('LIMIT');
    expect(stateRefusal(draft({ kind: 'PLAIN' }), 'HALTED')).toBeNull();
  });
});

describe('the total', () => {
  it('is exact, and there only where the price is known', () => {
    const limit = draft({ price: '101.20', quantity: '0.0005' });
    expect(totalOf(limit, DEFAULT_RULES)).toBe('0.0506');
    expect(totalOf(draft({ price: '3', quantity: '2' }), DEFAULT_RULES)).toBe('6.00');
    expect(totalOf(draft({ price: '3', quantity: '' }), DEFAULT_RULES)).toBeNull();
    expect(totalOf({ ...limit, kind: 'MARKET' }, DEFAULT_RULES)).toBeNull();
    expect(totalOf({ ...limit, kind: 'STOP' }, DEFAULT_RULES)).toBeNull();
  });
});
