/**
 * Prices and quantities are whole numbers of a unit, the market's tick or lot: on the wire decimal strings, inside
 * safe integers. No arithmetic on fractions takes place.
 */
export interface Unit {
  /** The unit is `count` / 10^`scale`: 0.25 is 25 / 10². */
  count: number;
  scale: number;
}

/** Units of the items that nobody has configured. */
export const DEFAULT_TICK_SIZE = '0.01';
export const DEFAULT_LOT_SIZE = '0.0001';

/** Decimals of a unit at most. */
export const MAX_UNIT_SCALE = 8;

const DECIMAL = /^(\d{1,20})(?:\.(\d{1,20}))?$/;
const UNIT = /^(\d{1,9})(?:\.(\d{1,8}))?$/;
/** Numbers of so many digits are safe integers. */
const SAFE_DIGITS = 15;

export type ParsedDecimal =
  | { ok: true; count: number }
  | { ok: false; fault: 'NOT_A_DECIMAL' | 'NOT_A_MULTIPLE' | 'TOO_LARGE' };

/** @returns the unit, or null unless the text is a positive decimal with at most 8 decimals below 10^9. */
export function parseUnit(text: unknown): Unit | null {
  const match =
    typeof text === 'string' || typeof text === 'number' ? UNIT.exec(String(text)) : null;
  if (match === null) return null;
  const decimals = (match[2] ?? '').replace(/0+$/, '');
  const count = Number(match[1]! + decimals);
  return count > 0 && Number.isSafeInteger(count) ? { count, scale: decimals.length } : null;
}

/** @returns the shortest text of a unit: "0.25". */
export function formatUnit(unit: Unit): string {
  return formatDecimal(BigInt(unit.count), unit.scale);
}

/**
 * @param value whatever a client sent: a decimal string, or a JSON number.
 * @returns how many units it is: an integer from 0 to 2^53 − 1.
 */
export function parseMultiple(value: unknown, unit: Unit): ParsedDecimal {
  const match =
    typeof value === 'string' || typeof value === 'number' ? DECIMAL.exec(String(value)) : null;
  if (match === null) return { ok: false, fault: 'NOT_A_DECIMAL' };
  const decimals = (match[2] ?? '').replace(/0+$/, '');
  if (decimals.length > unit.scale) return { ok: false, fault: 'NOT_A_MULTIPLE' };
  const digits = match[1]! + decimals.padEnd(unit.scale, '0');
  if (unit.count === 1 && digits.length <= SAFE_DIGITS) return { ok: true, count: Number(digits) };
  const whole = BigInt(digits);
  const perUnit = BigInt(unit.count);
  if (whole % perUnit !== 0n) return { ok: false, fault: 'NOT_A_MULTIPLE' };
  const count = Number(whole / perUnit);
  return Number.isSafeInteger(count) ? { ok: true, count } : { ok: false, fault: 'TOO_LARGE' };
}

/** @returns `count` units with all the decimals of the unit: 15050 of 0.01 is "150.50". */
export function formatMultiple(count: number | bigint, unit: Unit): string {
  const digits = unit.count === 1 ? String(count) : String(BigInt(count) * BigInt(unit.count));
  return withPoint(digits, unit.scale);
}

/** The same without zeros at the end: 15000 of 0.0001 is "1.5". */
export function formatShortest(count: number | bigint, unit: Unit): string {
  return trimZeros(formatMultiple(count, unit), 0);
}

/** @returns a sum of ticks × lots as money, rounded half-even to cents. */
export function formatMoney(tickLots: number | bigint, tick: Unit, lot: Unit): string {
  const value = BigInt(tickLots) * BigInt(tick.count) * BigInt(lot.count);
  return withPoint(String(rescale(value, tick.scale + lot.scale, 2)), 2);
}

/** @returns a sum of ticks × lots as money with all its digits, without zeros at the end. */
export function formatExactMoney(tickLots: number | bigint, tick: Unit, lot: Unit): string {
  return formatDecimal(
    BigInt(tickLots) * BigInt(tick.count) * BigInt(lot.count),
    tick.scale + lot.scale,
  );
}

const AVERAGE_DECIMALS = 8;

/**
 * @returns `notional` (ticks × lots) / `lots` as a price, rounded half-even to 8 decimals; zeros at the end are left
 *   out beyond the decimals of the tick.
 */
export function formatAverage(notional: bigint, lots: number | bigint, tick: Unit): string {
  const decimals = Math.max(AVERAGE_DECIMALS, tick.scale);
  const scaled = notional * BigInt(tick.count) * 10n ** BigInt(decimals - tick.scale);
  const text = withPoint(String(divideHalfEven(scaled, BigInt(lots))), decimals);
  return trimZeros(text, tick.scale);
}

/** Integer division, rounded to the nearest; a tie goes to the even neighbour. The divisor is positive. */
export function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  const negative = dividend < 0n;
  const magnitude = negative ? -dividend : dividend;
  let quotient = magnitude / divisor;
  const twice = 2n * (magnitude % divisor);
  if (twice > divisor || (twice === divisor && quotient % 2n === 1n)) quotient += 1n;
  return negative ? -quotient : quotient;
}

function rescale(value: bigint, from: number, to: number): bigint {
  if (from <= to) return value * 10n ** BigInt(to - from);
  return divideHalfEven(value, 10n ** BigInt(from - to));
}

function formatDecimal(value: bigint, scale: number): string {
  return trimZeros(withPoint(String(value), scale), 0);
}

function withPoint(digits: string, scale: number): string {
  if (scale === 0) return digits;
  const sign = digits.startsWith('-') ? '-' : '';
  const padded = digits.slice(sign.length).padStart(scale + 1, '0');
  const point = padded.length - scale;
  return `${sign}${padded.slice(0, point)}.${padded.slice(point)}`;
}

function trimZeros(text: string, keepDecimals: number): string {
  const point = text.indexOf('.');
  if (point === -1) return text;
  let end = text.length;
  while (end > point + 1 + keepDecimals && text[end - 1] === '0') end -= 1;
  return text.slice(0, text[end - 1] === '.' ? end - 1 : end);
}
