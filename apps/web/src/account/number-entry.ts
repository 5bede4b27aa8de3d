import {
  compare,
  type Decimal,
  decimalsOf,
  format,
  isMultiple,
  parseDecimal,
  signOf,
  unitsIn,
  ZERO,
} from './decimal';

/** What somebody typed, as the api takes it, or what is wrong with it in words that stand beside the field. */
export type Entry = { ok: true; text: string; value: Decimal } | { ok: false; fault: string };

/** The api reads no longer ones. */
const ACCEPTED = /^\d{1,20}(?:\.\d{1,20})?$/;
const MAX_COUNT = BigInt(Number.MAX_SAFE_INTEGER);

/** A decimal point may come first (".5"); blanks around are nobody's intent. */
export function tidy(typed: string): string {
  const text = typed.trim();
  return text.startsWith('.') ? `0${text}` : text;
}

/**
 * Reads a positive decimal.
 * @param name stands in the message: "a price".
 */
export function readPositive(typed: string, name: string): Entry {
  const text = tidy(typed);
  if (text === '') return { ok: false, fault: `Enter ${name}` };
  if (/^[\d.]*,[\d.,]*$/.test(text))
    return { ok: false, fault: 'Use a point for decimals: 101.25' };
  if (text.startsWith('-')) return { ok: false, fault: 'Must be above 0' };
  const value = ACCEPTED.test(text) ? parseDecimal(text) : null;
  if (value === null) return { ok: false, fault: 'Digits only, with a point: 101.25' };
  if (signOf(value) === 0) return { ok: false, fault: 'Must be above 0' };
  return { ok: true, text, value };
}

/**
 * Reads a positive multiple of a market's unit.
 * @param unitName what the unit is called: "tick", "lot".
 */
export function readMultiple(typed: string, name: string, unit: Decimal, unitName: string): Entry {
  const entry = readPositive(typed, name);
  if (!entry.ok) return entry;
  if (!isMultiple(entry.value, unit)) {
    return { ok: false, fault: offStep(entry.value, unit, unitName) };
  }
  if (unitsIn(entry.value, unit) > MAX_COUNT) return { ok: false, fault: 'Too large' };
  return entry;
}

/** @returns null when the value keeps the bounds. */
export function outOfBounds(
  value: Decimal,
  min: string | null,
  max: string | null,
  where: string,
): string | null {
  const least = min === null ? null : parseDecimal(min);
  const most = max === null ? null : parseDecimal(max);
  if (least !== null && compare(value, least) < 0) return `At least ${min} ${where}`;
  if (most !== null && compare(value, most) > 0) return `At most ${max} ${where}`;
  return null;
}

/**
 * The next multiple of the unit above (1) or below (−1) what is typed; what lies between two goes to the nearer end of
 * that step. Never below one unit.
 */
export function step(typed: string, unit: Decimal, direction: 1 | -1, times = 1n): string {
  const value = parseDecimal(tidy(typed)) ?? ZERO;
  const whole = unitsIn(value, unit);
  const onStep = isMultiple(value, unit);
  const from = direction === -1 && !onStep ? whole + 1n : whole;
  const count = from + BigInt(direction) * times;
  return multipleText(count < 1n ? 1n : count, unit);
}

/** `count` units with all decimals of the unit. */
export function multipleText(count: bigint, unit: Decimal): string {
  return format({ digits: count * unit.digits, scale: unit.scale }, decimalsOf(unit));
}

function offStep(value: Decimal, unit: Decimal, unitName: string): string {
  const below = unitsIn(value, unit);
  const neighbours =
    below === 0n
      ? `${multipleText(1n, unit)} is the least`
      : `${multipleText(below, unit)} or ${multipleText(below + 1n, unit)}`;
  return `Not a multiple of the ${unitName} ${format(unit)}: ${neighbours}`;
}
