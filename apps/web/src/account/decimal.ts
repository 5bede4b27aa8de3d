/** An exact decimal: `digits` / 10^`scale`. Prices, quantities and money never become floats. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

export const ZERO: Decimal = { digits: 0n, scale: 0 };

const TEXT = /^(-?)(\d+)(?:\.(\d+))?$/;

/** @returns null when the text is no plain decimal ("1e3", "1,5", ""). */
export function parseDecimal(text: string): Decimal | null {
  const match = TEXT.exec(text);
  if (match === null) return null;
  const [, sign = '', whole = '', decimals = ''] = match;
  const digits = BigInt(whole + decimals);
  return { digits: sign === '-' ? -digits : digits, scale: decimals.length };
}

export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { digits: scaled(a, scale) + scaled(b, scale), scale };
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  return add(a, negate(b));
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, scale: a.scale + b.scale };
}

export function negate(value: Decimal): Decimal {
  return { digits: -value.digits, scale: value.scale };
}

/** @returns a number below, at or above 0, as sorting wants it. */
export function compare(a: Decimal, b: Decimal): number {
  return signOf(subtract(a, b));
}

export function signOf(value: Decimal): -1 | 0 | 1 {
  if (value.digits === 0n) return 0;
  return value.digits < 0n ? -1 : 1;
}

/** @returns how many whole `unit`s fit, towards 0; the unit is positive. */
export function unitsIn(value: Decimal, unit: Decimal): bigint {
  const scale = Math.max(value.scale, unit.scale);
  return scaled(value, scale) / scaled(unit, scale);
}

export function isMultiple(value: Decimal, unit: Decimal): boolean {
  const scale = Math.max(value.scale, unit.scale);
  return scaled(value, scale) % scaled(unit, scale) === 0n;
}

/** All decimals that `value` has, but at least so many. */
export function format(value: Decimal, minDecimals = 0): string {
  const text = fixed(value);
  const point = text.indexOf('.');
  if (point === -1) return minDecimals === 0 ? text : `${text}.${'0'.repeat(minDecimals)}`;
  let end = text.length;
  while (end > point + 1 + minDecimals && text[end - 1] === '0') end -= 1;
  const shortest = text.slice(0, end === point + 1 ? point : end);
  return shortest.padEnd(minDecimals === 0 ? 0 : point + 1 + minDecimals, '0');
}

/** Exactly so many decimals, rounded half-even where there are more. */
export function formatRounded(value: Decimal, decimals: number): string {
  if (value.scale <= decimals) return format(value, decimals);
  const digits = divideHalfEven(value.digits, 10n ** BigInt(value.scale - decimals));
  return fixed({ digits, scale: decimals });
}

/** How many decimals a market's tick or lot asks for: 2 of "0.05". */
export function decimalsOf(unit: Decimal): number {
  const text = format(unit);
  const point = text.indexOf('.');
  return point === -1 ? 0 : text.length - point - 1;
}

export function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  const magnitude = dividend < 0n ? -dividend : dividend;
  let quotient = magnitude / divisor;
  const twice = 2n * (magnitude % divisor);
  if (twice > divisor || (twice === divisor && quotient % 2n === 1n)) quotient += 1n;
  return dividend < 0n ? -quotient : quotient;
}

function scaled(value: Decimal, scale: number): bigint {
  return value.digits * 10n ** BigInt(scale - value.scale);
}

function fixed({ digits, scale }: Decimal): string {
  if (scale === 0) return String(digits);
  const sign = digits < 0n ? '-' : '';
  const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0');
  return `${sign}${text.slice(0, -scale)}.${text.slice(-scale)}`;
}
