import { LIMIT_BUY } from '../order-fixtures';
import type { BookTerms } from '../stored-order';
import {
  batchItemKey,
  bookIdentity,
  clientOrderIdOf,
  clientOrderKey,
  idempotencyKeyOf,
  plainIdentity,
  readIdempotencyKey,
} from './request-identity';

const hashOf = (terms: Partial<BookTerms>, item = 'A') =>
  bookIdentity('c:1', item, { ...LIMIT_BUY, ...terms }).hash;

describe('request identity', () => {
  it('is the same for the same order, and 128 bits long', () => {
    expect(hashOf({})).toBe(hashOf({}));
    expect(hashOf({})).toMatch(/^[0-9a-f]{32}$/);
  });

  it.each<Partial<BookTerms>>([
    { side: 'SELL' },
    { type: 'STOP_LIMIT' },
    { timeInForce: 'IOC' },
    { selfTradePrevention: 'DECREMENT' },
    { postOnly: true },
    { priceTicks: 15_051 },
    { priceTicks: null },
    { quantityLots: 1 },
    { budget: 1 },
    { stopTicks: 1 },
    { displayLots: 1 },
    { expiresAtMs: 1 },
  ])('is another for an order with %j', (terms) => {
    expect(hashOf(terms)).not.toBe(hashOf({}));
  });

  it('tells neighbours apart that trade places', () => {
    expect(hashOf({ stopTicks: 5, displayLots: null })).not.toBe(
      hashOf({ stopTicks: null, displayLots: 5 }),
    );
    expect(hashOf({}, 'B')).not.toBe(hashOf({}));
    expect(plainIdentity('c:1', 'A', '1.00').hash).not.toBe(plainIdentity('c:1', 'A', '1.01').hash);
  });

  it('of a DAY order does not change at midnight', () => {
    expect(hashOf({ timeInForce: 'DAY', expiresAtMs: 1 })).toBe(
      hashOf({ timeInForce: 'DAY', expiresAtMs: 2 }),
    );
  });

  it('has keys of three kinds that are never the same', () => {
    const keys = [clientOrderKey('a#1'), idempotencyKeyOf('a#1'), batchItemKey('a', 1)];
    expect(new Set(keys).size).toBe(3);
    expect(keys.map(clientOrderIdOf)).toEqual(['a#1', null, null]);
    expect(clientOrderIdOf(null)).toBeNull();
  });

  it('reads the header', () => {
    expect(readIdempotencyKey(undefined)).toBeNull();
    expect(readIdempotencyKey('x'.repeat(64))).toBe('x'.repeat(64));
    for (const header of ['', 'x'.repeat(65), 'a b', 'ä', ['a', 'b']]) {
      expect(() => readIdempotencyKey(header)).toThrow('Idempotency-Key must be');
    }
  });
});
