import { parseUnit } from '@app/contracts';
import { ProblemException } from '@app/platform';
import { haveSameUnits, readMarket, toMarketRules } from './market-rules';

const PRESENT = { tick: parseUnit('0.01')!, lot: parseUnit('0.0001')! };

const faultsOf = (work: () => unknown): string[] => {
  try {
    work();
  } catch (error) {
    if (error instanceof ProblemException)
      return (error.errors ?? []).map(({ pointer }) => pointer);
    throw error;
  }
  return [];
};

describe('readMarket', () => {
  it.each([
    ['/tick_size', { tick_size: 0 }],
    ['/tick_size', { tick_size: '0.000000001' }],
    ['/tick_size', { tick_size: '1000000000' }],
    ['/lot_size', { lot_size: '-1' }],
    ['/min_price', { min_price: 'x' }],
    ['/max_quantity', { max_quantity: '0' }],
    ['/state', { state: 'OPEN' }],
    ['/item', { item: 'A' }],
  ])('points at %s of %j', (pointer, body) => {
    expect(faultsOf(() => readMarket(body))).toEqual([pointer]);
  });

  it('refuses what is no object', () => {
    for (const body of [null, undefined, [], 'x'])
      expect(() => readMarket(body)).toThrow('JSON object');
  });
});

describe('toMarketRules', () => {
  it('keeps the units that it is not given, and no bounds and no halt', () => {
    expect(toMarketRules({}, PRESENT)).toEqual({
      units: PRESENT,
      minPriceTicks: null,
      maxPriceTicks: null,
      minQuantityLots: null,
      maxQuantityLots: null,
      state: 'TRADING',
    });
  });

  it('counts bounds in the new units', () => {
    const body = {
      tick_size: '0.5',
      lot_size: 2,
      min_price: 1,
      max_price: '2.0',
      max_quantity: 10,
    };
    expect(toMarketRules({ ...body, state: 'HALTED' }, PRESENT)).toMatchObject({
      minPriceTicks: 2,
      maxPriceTicks: 4,
      minQuantityLots: null,
      maxQuantityLots: 5,
      state: 'HALTED',
    });
  });

  it.each([
    [['/min_price'], { min_price: '1.001' }],
    [['/max_quantity'], { max_quantity: '0.00001' }],
    [['/max_price'], { min_price: 2, max_price: 1 }],
    [['/max_quantity'], { min_quantity: '0.2', max_quantity: '0.1' }],
    [['/max_price'], { max_price: '1'.repeat(20) }],
  ])('points at %p of %j', (pointers, body) => {
    expect(faultsOf(() => toMarketRules(body, PRESENT))).toEqual(pointers);
  });

  it('takes equal bounds', () => {
    expect(toMarketRules({ min_price: 1, max_price: '1.00' }, PRESENT)).toMatchObject({
      minPriceTicks: 100,
      maxPriceTicks: 100,
    });
  });
});

describe('haveSameUnits', () => {
  it('compares values, not spellings', () => {
    const spelled = { tick: parseUnit('0.010')!, lot: parseUnit('0.0001')! };
    expect(haveSameUnits(spelled, PRESENT)).toBe(true);
    expect(haveSameUnits({ ...spelled, tick: parseUnit('0.1')! }, PRESENT)).toBe(false);
  });
});
