import { compare, parseDecimal, ZERO } from '../decimal';
import { outOfBounds, readMultiple } from '../number-entry';
import type { BookOrder } from '../schemas';
import { displayFault, isTooLarge, type MarketRules, unit } from '../ticket/check-ticket';
import type { Amend } from '../requests';

export type AmendField = 'price' | 'quantity';

export type CheckedAmend =
  | { ok: true; body: Amend; notice: string | null }
  | { ok: false; faults: Partial<Record<AmendField, string>> };

/** What of an order an amend can change: a STOP has no price, an order by amount no quantity. */
export function amendable(order: BookOrder): Record<AmendField, boolean> {
  return { price: order.price !== null, quantity: order.quantity !== null };
}

/**
 * Holds an amend against the rules (docs/matching-rules.md §7): bounds count for what changes.
 * @returns the body, with what changes alone; `{}` where nothing does.
 */
export function checkAmend(
  order: BookOrder,
  typed: Record<AmendField, string>,
  rules: MarketRules,
): CheckedAmend {
  const tick = unit(rules.tick_size);
  const lot = unit(rules.lot_size);
  const faults: Partial<Record<AmendField, string>> = {};
  const body: { price?: string; quantity?: string } = {};
  const may = amendable(order);
  let price = parseDecimal(order.price ?? '');
  let quantity = parseDecimal(order.quantity ?? '');
  if (may.price) {
    const entry = readMultiple(typed.price, 'a price', tick, 'tick');
    if (!entry.ok) faults.price = entry.fault;
    else if (price === null || compare(entry.value, price) !== 0) {
      const fault = outOfBounds(entry.value, rules.min_price, rules.max_price, 'here');
      if (fault !== null) faults.price = fault;
      body.price = entry.text;
      price = entry.value;
    }
  }
  if (may.quantity) {
    const entry = readMultiple(typed.quantity, 'a quantity', lot, 'lot');
    if (!entry.ok) faults.quantity = entry.fault;
    else if (quantity === null || compare(entry.value, quantity) !== 0) {
      body.quantity = entry.text;
      quantity = entry.value;
    }
  }
  const ends = quantity !== null && endsIt(order, body, quantity);
  if (quantity !== null && body.quantity !== undefined && !ends) {
    const fault =
      outOfBounds(quantity, rules.min_quantity, rules.max_quantity, 'here') ??
      thinSlices(order, quantity, lot);
    if (fault !== null) faults.quantity = fault;
  }
  if (price !== null && quantity !== null && isTooLarge(price, quantity, tick, lot)) {
    faults.quantity ??= 'Price × quantity is too large';
  }
  if (Object.keys(faults).length > 0) return { ok: false, faults };
  return { ok: true, body, notice: ends ? endsNotice(order) : placeNotice(order, body) };
}

type Decimals = ReturnType<typeof unit>;

/** The new total is no more than what is filled: nothing is left, the order ends. */
function endsIt(order: BookOrder, body: Amend, quantity: Decimals): boolean {
  const filled = parseDecimal(order.filled_quantity) ?? ZERO;
  return body.quantity !== undefined && filled.digits > 0n && compare(quantity, filled) <= 0;
}

function endsNotice(order: BookOrder): string {
  return `${order.filled_quantity} are filled already: this ends the order.`;
}

function thinSlices(order: BookOrder, quantity: Decimals, lot: Decimals): string | null {
  const display = parseDecimal(order.display_quantity ?? '');
  // A display that is above the new quantity is none: it shows all.
  if (display === null || compare(display, quantity) > 0) return null;
  return displayFault(display, quantity, lot) === null ? null : 'Too many slices of what it shows';
}

/** Only a smaller quantity at the same price keeps its place in the queue. */
function placeNotice(order: BookOrder, body: Amend): string | null {
  if (order.type === 'STOP' || order.type === 'STOP_LIMIT') return null;
  const larger =
    body.quantity !== undefined &&
    compare(parseDecimal(body.quantity) ?? ZERO, parseDecimal(order.quantity ?? '') ?? ZERO) > 0;
  if (body.price !== undefined || larger) return 'Goes to the end of the queue.';
  return body.quantity === undefined ? null : 'Keeps its place in the queue.';
}
