import type { NewOrder } from '../schemas';
import { checkTicket, DEFAULT_RULES, type Faults, type MarketRules } from './check-ticket';
import { type Draft, emptyDraft } from './draft';

const NOW = Date.parse('2026-11-22T15:00:00Z');

const check = (draft: Partial<Draft>, rules: Partial<MarketRules> = {}) =>
  checkTicket({ ...emptyDraft('AAPL'), ...draft }, 7, { ...DEFAULT_RULES, ...rules }, NOW);

const bodyOf = (draft: Partial<Draft>): NewOrder => {
  const checked = check(draft);
  if (!checked.ok) throw new Error(JSON.stringify(checked.faults));
  return checked.body;
};

const faultsOf = (draft: Partial<Draft>, rules: Partial<MarketRules> = {}): Faults => {
  const checked = check(draft, rules);
  return checked.ok ? {} : checked.faults;
};

const LIMIT = { price: '101.20', quantity: '5' };

describe('a ticket becomes', () => {
  it('a limit order', () => {
    expect(bodyOf(LIMIT)).toEqual({
      user_id: 7,
      item: 'AAPL',
      side: 'BUY',
      type: 'LIMIT',
      price: '101.20',
      quantity: '5',
      time_in_force: 'GTC',
      post_only: false,
      self_trade_prevention: 'NONE',
    });
  });

  it('an iceberg until a time', () => {
    const draft: Partial<Draft> = {
      ...LIMIT,
      side: 'SELL',
      timeInForce: 'GTD',
      expiresAt: '2026-12-01T10:00:00Z',
      postOnly: true,
      displayQuantity: '.5',
      selfTradePrevention: 'DECREMENT',
      clientOrderId: 'mine-1',
    };
    expect(bodyOf(draft)).toMatchObject({
      side: 'SELL',
      time_in_force: 'GTD',
      expires_at: '2026-12-01T10:00:00.000Z',
      post_only: true,
      display_quantity: '0.5',
      self_trade_prevention: 'DECREMENT',
      client_order_id: 'mine-1',
    });
  });

  it('a market order, by quantity and by amount, without what else was typed', () => {
    const typed = { ...LIMIT, stopPrice: '1', displayQuantity: '9', postOnly: true };
    const base = { user_id: 7, item: 'AAPL', side: 'BUY', type: 'MARKET', post_only: false };
    expect(bodyOf({ ...typed, kind: 'MARKET', timeInForce: 'GTD' })).toEqual({
      ...base,
      quantity: '5',
      time_in_force: 'IOC',
      self_trade_prevention: 'NONE',
    });
    const byAmount: Partial<Draft> = {
      ...typed,
      kind: 'MARKET',
      sizeBy: 'amount',
      amount: '1000',
      timeInForce: 'FOK',
      selfTradePrevention: 'DECREMENT',
    };
    expect(bodyOf(byAmount)).toEqual({
      ...base,
      amount: '1000',
      time_in_force: 'IOC',
      self_trade_prevention: 'NONE',
    });
  });

  it('a stop and a stop-limit', () => {
    expect(bodyOf({ ...LIMIT, kind: 'STOP', stopPrice: '105' })).not.toHaveProperty('price');
    expect(bodyOf({ ...LIMIT, kind: 'STOP_LIMIT', stopPrice: '105' })).toMatchObject({
      type: 'STOP_LIMIT',
      price: '101.20',
      stop_price: '105',
    });
  });

  it('a plain order', () => {
    expect(bodyOf({ ...LIMIT, kind: 'PLAIN', amount: '150.5', timeInForce: 'GTD' })).toEqual({
      user_id: 7,
      item: 'AAPL',
      amount: '150.5',
    });
  });
});

describe('a ticket says', () => {
  it.each<[Partial<Draft>, Faults]>([
    [{}, { price: 'Enter a price', quantity: 'Enter a quantity' }],
    [{ ...LIMIT, item: ' ' }, { item: 'Enter the market, as AAPL' }],
    [{ ...LIMIT, item: 'x'.repeat(256) }, { item: 'At most 255 characters' }],
    [{ kind: 'STOP', quantity: '1' }, { stopPrice: 'Enter a stop price' }],
    [{ ...LIMIT, timeInForce: 'GTD' }, { expiresAt: 'Enter when it ends' }],
    [
      { ...LIMIT, timeInForce: 'GTD', expiresAt: '2026-11-22T15:00:00Z' },
      { expiresAt: 'Must be in the future' },
    ],
    [
      { ...LIMIT, timeInForce: 'GTD', expiresAt: '+012026-11-22T15:00:00Z' },
      { expiresAt: 'At most the year 9999' },
    ],
    [{ ...LIMIT, displayQuantity: '5.0001' }, { displayQuantity: 'At most the quantity' }],
    [
      { price: '1', quantity: '10.0001', displayQuantity: '0.0001' },
      { displayQuantity: 'At least 1/100000 of the quantity' },
    ],
    [
      { ...LIMIT, clientOrderId: 'a b' },
      { clientOrderId: '1 to 64 printable ASCII characters, no space' },
    ],
    [{ kind: 'PLAIN', amount: '1.005' }, { amount: 'At most two decimals' }],
    [{ kind: 'PLAIN', amount: '100000000' }, { amount: 'At most 99999999.99' }],
    [{ price: '90071992547409.91', quantity: '1' }, { quantity: 'Price × quantity is too large' }],
  ])('of %j: %j', (draft, faults) => {
    expect(faultsOf(draft)).toEqual(faults);
  });

  it('what the bounds of the market are', () => {
    const rules = { min_price: '100', max_price: '200', min_quantity: '2', max_quantity: '10' };
    expect(faultsOf({ price: '99.99', quantity: '1' }, rules)).toEqual({
      price: 'At least 100 in this market',
      quantity: 'At least 2 in this market',
    });
    expect(faultsOf({ kind: 'STOP', stopPrice: '201', quantity: '11' }, rules)).toEqual({
      stopPrice: 'At most 200 in this market',
      quantity: 'At most 10 in this market',
    });
  });

  it('that an amount is a multiple of tick × lot', () => {
    const draft: Partial<Draft> = { kind: 'MARKET', sizeBy: 'amount', amount: '2.6' };
    expect(faultsOf(draft, { tick_size: '0.25', lot_size: '5' })).toEqual({
      amount: 'Not a multiple of the tick × lot 1.25: 2.50 or 3.75',
    });
  });
});
