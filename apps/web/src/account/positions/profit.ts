import {
  add,
  type Decimal,
  format,
  formatRounded,
  multiply,
  parseDecimal,
  subtract,
  ZERO,
} from '../decimal';
import type { Position } from '../schemas';

/**
 * What the open quantity would bring in at the last price, less what it cost: exact, for short positions too, whose
 * quantity and cost are negative.
 * @returns null where nothing is open or no price is known.
 */
export function unrealisedOf({ quantity, cost }: Position, last: string | null): Decimal | null {
  const [open, paid, price] = [quantity, cost, last ?? ''].map(parseDecimal);
  if (!open || !paid || !price || open.digits === 0n) return null;
  return subtract(multiply(open, price), paid);
}

/** Open positions first, each group by market. */
export function sortedPositions(positions: readonly Position[]): Position[] {
  return [...positions].sort(
    (a, b) => Number(isFlat(a)) - Number(isFlat(b)) || a.item.localeCompare(b.item),
  );
}

export function isFlat({ quantity }: Position): boolean {
  return parseDecimal(quantity)?.digits === 0n;
}

export interface Totals {
  readonly realised: Decimal;
  readonly unrealised: Decimal;
  /** Whether some open position has no price to be valued at. */
  readonly partly: boolean;
}

export function totalsOf(
  positions: readonly Position[],
  lastOf: (item: string) => string | null,
): Totals {
  let realised = ZERO;
  let unrealised = ZERO;
  let partly = false;
  for (const position of positions) {
    realised = add(realised, parseDecimal(position.realised_profit) ?? ZERO);
    if (isFlat(position)) continue;
    const value = unrealisedOf(position, lastOf(position.item));
    if (value === null) partly = true;
    else unrealised = add(unrealised, value);
  }
  return { realised, unrealised, partly };
}

/** Money to cents; what is nearer to nothing than a cent shows its digits. */
export function moneyText(value: Decimal): string {
  const cents = formatRounded(value, 2);
  return /[1-9]/.test(cents) || value.digits === 0n ? cents : format(value, 2);
}
