import type { CreateBookOrderDto } from '@app/contracts';
import { parseUnit } from '@app/contracts';
import { ProblemException } from '@app/platform';
import { toBookTerms } from './book-terms';

const NOW_MS = Date.parse('2026-11-22T15:18:29.317Z');

const units = (tick: string, lot: string) => ({ tick: parseUnit(tick)!, lot: parseUnit(lot)! });
const UNITS = units('0.01', '0.0001');

function terms(body: Partial<CreateBookOrderDto>, of = UNITS) {
  return toBookTerms({ user_id: 1, item: 'A', side: 'BUY', ...body }, of, NOW_MS);
}

function refusal(body: Partial<CreateBookOrderDto>, of = UNITS): ProblemException {
  const read = terms(body, of);
  if (read instanceof ProblemException) return read;
  throw new Error('the order was taken');
}

const LIMIT = { price: '150.50', quantity: '10' };

describe('toBookTerms', () => {
  it('counts in ticks and lots, and fills in the defaults', () => {
    expect(terms(LIMIT)).toEqual({
      units: UNITS,
      side: 'BUY',
      type: 'LIMIT',
      timeInForce: 'GTC',
      selfTradePrevention: 'NONE',
      postOnly: false,
      priceTicks: 15_050,
      quantityLots: 100_000,
      budget: null,
      stopTicks: null,
      displayLots: null,
      expiresAtMs: null,
    });
  });

  it.each([
    ['1', 1],
    ['1.0', 1],
    ['001.00', '1'],
    [150.5, '150.50'],
  ])('takes %p and %p as the same', (one, other) => {
    expect(terms({ price: one, quantity: 1 })).toEqual(terms({ price: other, quantity: '1.0000' }));
  });

  it.each([
    [undefined, 'IOC'],
    ['GTC', 'IOC'],
    ['FOK', 'FOK'],
  ] as const)('reads %p of a MARKET order as %s', (given, timeInForce) => {
    const market = { type: 'MARKET' as const, quantity: 1 };
    expect(terms(given === undefined ? market : { ...market, time_in_force: given })).toMatchObject(
      {
        timeInForce,
      },
    );
  });

  it.each([
    ['2026-11-22T15:18:29.317Z', '2026-11-23T00:00:00.000Z'],
    ['2026-11-22T23:59:59.999Z', '2026-11-23T00:00:00.000Z'],
    ['2026-11-23T00:00:00.000Z', '2026-11-24T00:00:00.000Z'],
  ])('ends a DAY order of %s at %s', (now, end) => {
    const body = {
      user_id: 1,
      item: 'A',
      side: 'BUY' as const,
      ...LIMIT,
      time_in_force: 'DAY' as const,
    };
    expect(toBookTerms(body, UNITS, Date.parse(now))).toMatchObject({
      expiresAtMs: Date.parse(end),
    });
  });

  it('ends a GTD order at its time, whatever the zone', () => {
    const gtd = {
      ...LIMIT,
      time_in_force: 'GTD' as const,
      expires_at: '2026-12-01T01:00:00+01:00',
    };
    expect(terms(gtd)).toMatchObject({ expiresAtMs: Date.parse('2026-12-01T00:00:00Z') });
  });

  it.each([
    [{ price: '150.505', quantity: 1 }, '/price', 'tick 0.01'],
    [{ price: 1, quantity: '0.00005' }, '/quantity', 'lot 0.0001'],
    [{ ...LIMIT, stop_price: '1.001' }, '/stop_price', 'tick 0.01'],
    [{ ...LIMIT, display_quantity: '0.00001' }, '/display_quantity', 'lot 0.0001'],
    [{ price: '1'.repeat(20), quantity: 1 }, '/price', 'too large'],
    [{ ...LIMIT, display_quantity: '10.0001' }, '/display_quantity', 'above the quantity'],
    [
      { price: 1, quantity: '10.0001', display_quantity: '0.0001' },
      '/display_quantity',
      '1/100000 of the quantity',
    ],
    [{ type: 'MARKET' as const, amount: '0.0000001' }, '/amount', 'tick × lot'],
    [{ type: 'MARKET' as const, amount: '1'.repeat(20) }, '/amount', 'too large'],
  ])('refuses %j', (body, pointer, detail) => {
    const { code, errors } = refusal(body);
    expect([code, errors![0]!.pointer]).toEqual(['VALIDATION_FAILED', pointer]);
    expect(errors![0]!.detail).toContain(detail);
  });

  it('counts in ticks that are no power of ten', () => {
    const odd = units('0.25', '5');
    expect(terms({ price: '1.75', quantity: 15 }, odd)).toMatchObject({
      priceTicks: 7,
      quantityLots: 3,
    });
    expect(refusal({ price: '1.80', quantity: 12 }, odd).errors).toHaveLength(2);
    expect(terms({ type: 'MARKET', amount: '2.50' }, odd)).toMatchObject({ budget: 2 });
    expect(refusal({ type: 'MARKET', amount: '2.60' }, odd).code).toBe('VALIDATION_FAILED');
  });

  it('takes one tick and one lot', () => {
    const smallest = { price: '0.01', quantity: '0.0001' };
    expect(terms(smallest)).toMatchObject({ priceTicks: 1, quantityLots: 1 });
  });

  it('takes an order that shows all of itself for no iceberg', () => {
    expect(terms({ ...LIMIT, display_quantity: 10 })).toMatchObject({ displayLots: null });
    expect(terms({ ...LIMIT, display_quantity: 9 })).toMatchObject({ displayLots: 90_000 });
  });

  it('takes a notional up to 2^53-1 ticks × lots and no further', () => {
    const whole = units('1', '1');
    const largest = { price: '6361', quantity: '1416003655831' };
    expect(6361n * 1_416_003_655_831n).toBe(2n ** 53n - 1n);
    expect(terms(largest, whole)).toMatchObject({ priceTicks: 6361 });
    const larger = { price: '2', quantity: '4503599627370496' };
    expect(refusal(larger, whole).code).toBe('NOTIONAL_TOO_LARGE');
  });
});
