import { compare, type Decimal, multiply, parseDecimal, unitsIn } from '../decimal';
import { type Entry, outOfBounds, readMultiple, readPositive } from '../number-entry';
import type { Market, NewOrder } from '../schemas';
import type { Draft } from './draft';
import { type Field, fieldsOf, isByAmount } from './fields';
import { orderBody } from './order-body';

export type Faults = Partial<Record<Field, string>>;

export type CheckedTicket = { ok: true; body: NewOrder } | { ok: false; faults: Faults };

/** Decimals of an item that nobody has configured, until the market is known. */
export type MarketRules = Pick<
  Market,
  'tick_size' | 'lot_size' | 'min_price' | 'max_price' | 'min_quantity' | 'max_quantity'
>;

export const DEFAULT_RULES: MarketRules = {
  tick_size: '0.01',
  lot_size: '0.0001',
  min_price: null,
  max_price: null,
  min_quantity: null,
  max_quantity: null,
};

const MAX_ITEM = 255;
const MAX_SLICES = 100_000n;
const MAX_TICK_LOTS = BigInt(Number.MAX_SAFE_INTEGER);
const CLIENT_TOKEN = /^[\x21-\x7e]{1,64}$/;
const HERE = 'in this market';

/**
 * Holds a ticket against the rules of its market (docs/matching-rules.md §2, docs/orders.md §2), as the api would.
 * @returns the body that is sent, or what is wrong, by field.
 */
export function checkTicket(
  draft: Draft,
  userId: number,
  rules: MarketRules,
  nowMs: number,
): CheckedTicket {
  const faults: Faults = {};
  const shown = fieldsOf(draft);
  const note = (field: Field, fault: string | null) => {
    if (fault !== null) faults[field] = fault;
  };
  note('item', itemFault(draft.item));
  const entries = readEntries(draft, shown, rules, note);
  if (shown.has('expiresAt')) note('expiresAt', expiryFault(draft.expiresAt, nowMs));
  if (draft.clientOrderId !== '') note('clientOrderId', clientOrderIdFault(draft.clientOrderId));
  if (Object.keys(faults).length > 0) return { ok: false, faults };
  return { ok: true, body: orderBody(draft, userId, entries) };
}

export type Entries = Partial<Record<Field, string>>;

function readEntries(
  draft: Draft,
  shown: ReadonlySet<Field>,
  rules: MarketRules,
  note: (field: Field, fault: string | null) => void,
): Entries {
  const tick = unit(rules.tick_size);
  const lot = unit(rules.lot_size);
  const values: Partial<Record<Field, Decimal>> = {};
  const texts: Entries = {};
  const take = (field: Field, entry: Entry) => {
    if (!entry.ok) return note(field, entry.fault);
    values[field] = entry.value;
    texts[field] = entry.text;
  };
  const inBand = (field: 'price' | 'stopPrice') => {
    const value = values[field];
    if (value !== undefined)
      note(field, outOfBounds(value, rules.min_price, rules.max_price, HERE));
  };
  if (shown.has('stopPrice')) {
    take('stopPrice', readMultiple(draft.stopPrice, 'a stop price', tick, 'tick'));
    inBand('stopPrice');
  }
  if (shown.has('price')) {
    take('price', readMultiple(draft.price, 'a price', tick, 'tick'));
    inBand('price');
  }
  if (shown.has('quantity')) {
    take('quantity', readMultiple(draft.quantity, 'a quantity', lot, 'lot'));
    const { quantity } = values;
    if (quantity !== undefined) {
      note('quantity', outOfBounds(quantity, rules.min_quantity, rules.max_quantity, HERE));
    }
  }
  if (isByAmount(draft)) take('amount', readAmount(draft, tick, lot));
  if (shown.has('displayQuantity') && draft.displayQuantity.trim() !== '') {
    take('displayQuantity', readMultiple(draft.displayQuantity, 'a quantity', lot, 'lot'));
  }
  const { price, quantity, displayQuantity } = values;
  if (price !== undefined && quantity !== undefined && isTooLarge(price, quantity, tick, lot)) {
    note('quantity', 'Price × quantity is too large');
  }
  if (quantity !== undefined && displayQuantity !== undefined) {
    note('displayQuantity', displayFault(displayQuantity, quantity, lot));
  }
  return texts;
}

/** The api's rule: at most 2^53 − 1 ticks × lots. */
export function isTooLarge(
  price: Decimal,
  quantity: Decimal,
  tick: Decimal,
  lot: Decimal,
): boolean {
  return unitsIn(price, tick) * unitsIn(quantity, lot) > MAX_TICK_LOTS;
}

export function displayFault(display: Decimal, quantity: Decimal, lot: Decimal): string | null {
  if (compare(display, quantity) > 0) return 'At most the quantity';
  const tooThin = unitsIn(quantity, lot) > unitsIn(display, lot) * MAX_SLICES;
  return tooThin ? 'At least 1/100000 of the quantity' : null;
}

/** Of a plain order in cents; of a MARKET order in ticks × lots. */
function readAmount(draft: Draft, tick: Decimal, lot: Decimal): Entry {
  if (draft.kind !== 'PLAIN') {
    return readMultiple(draft.amount, 'an amount', multiply(tick, lot), 'tick × lot');
  }
  const entry = readPositive(draft.amount, 'an amount');
  if (!entry.ok) return entry;
  if (/\.\d{3,}$/.test(entry.text)) return { ok: false, fault: 'At most two decimals' };
  return /^\d{9,}/.test(entry.text) ? { ok: false, fault: 'At most 99999999.99' } : entry;
}

export function itemFault(item: string): string | null {
  const text = item.trim();
  if (text === '') return 'Enter the market, as AAPL';
  if (/\p{Cc}/u.test(item) || !isWellFormed(item)) return 'No control characters';
  return Array.from(item).length > MAX_ITEM ? `At most ${MAX_ITEM} characters` : null;
}

/** A half of a surrogate pair has no UTF-8 form. */
function isWellFormed(text: string): boolean {
  return !/\p{Cs}/u.test(text);
}

function expiryFault(local: string, nowMs: number): string | null {
  if (local.trim() === '') return 'Enter when it ends';
  const time = new Date(local);
  if (Number.isNaN(time.getTime())) return 'Not a date and time';
  if (time.getUTCFullYear() > 9999) return 'At most the year 9999';
  return time.getTime() <= nowMs ? 'Must be in the future' : null;
}

function clientOrderIdFault(name: string): string | null {
  if (CLIENT_TOKEN.test(name)) return null;
  return '1 to 64 printable ASCII characters, no space';
}

/** The market's own texts are decimals above 0. */
export function unit(text: string): Decimal {
  const value = parseDecimal(text);
  if (value === null || value.digits <= 0n) throw new Error(`${text} is no unit`);
  return value;
}
