/**
 * Decimal texts as whole numbers of their last place (`"1.50"` at two decimals is `150n`): exact, where a float is not.
 * @param decimals at least as many as the text has; more digits would be cut.
 */
export function toUnits(text: string, decimals: number): bigint {
  const negative = text.startsWith('-');
  const plain = negative ? text.slice(1) : text;
  const point = plain.indexOf('.');
  const whole = point < 0 ? plain : plain.slice(0, point);
  const fraction = point < 0 ? '' : plain.slice(point + 1, point + 1 + decimals);
  const units = BigInt(whole + fraction.padEnd(decimals, '0'));
  return negative ? -units : units;
}

/** The text of {@link toUnits}' number, with all its decimals. */
export function fromUnits(units: bigint, decimals: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0');
  const sign = units < 0n ? '-' : '';
  if (decimals === 0) return sign + digits;
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** How many digits stand behind the point. */
export function decimalsOf(text: string): number {
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}

/** A decimal text filled up with zeros to as many decimals. */
export function padded(text: string, decimals: number): string {
  const missing = decimals - decimalsOf(text);
  if (missing <= 0) return text;
  return (text.includes('.') ? text : `${text}.`) + '0'.repeat(missing);
}

/** `1234567.5` as `1,234,567.5`. */
export function separated(text: string): string {
  const point = text.indexOf('.');
  const whole = point < 0 ? text : text.slice(0, point);
  if (whole.length < 4) return text;
  return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (point < 0 ? '' : text.slice(point));
}

/** Splits off the zeros at the end that say nothing: `["12.5", "00"]`, `["12", ".0000"]`. */
export function splitZeros(text: string): [string, string] {
  if (!text.includes('.')) return [text, ''];
  const zeros = /\.?0+$/.exec(text)?.[0] ?? '';
  return [text.slice(0, text.length - zeros.length), zeros];
}

/** −1, 0 or 1, as the text is below, at or above nothing. */
export function signOf(text: string): -1 | 0 | 1 {
  if (!/[1-9]/.test(text)) return 0;
  return text.startsWith('-') ? -1 : 1;
}

/** With a `+` or a real minus before it, and separators. */
export function signed(text: string): string {
  const sign = { [-1]: '−', 0: '', 1: '+' }[signOf(text)];
  return sign + separated(text.replace('-', ''));
}

/** `part` of `whole` in per cent, rounded half away from zero; `null` where there is no whole. */
export function percentOf(part: string, whole: string, places = 2): string | null {
  const decimals = Math.max(decimalsOf(part), decimalsOf(whole));
  const divisor = toUnits(whole, decimals);
  if (divisor <= 0n) return null;
  const dividend = toUnits(part, decimals) * 100n * 10n ** BigInt(places);
  const half = dividend < 0n ? -divisor : divisor;
  return fromUnits((dividend * 2n + half) / (divisor * 2n), places);
}

const COMPACT = new Intl.NumberFormat('en', {
  notation: 'compact',
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});
const SHORT = new Intl.NumberFormat('en', { maximumFractionDigits: 4 });
const COMPACT_FROM_DIGITS = 6;

/** Where there is little room: `1.23M`; what is short already stays as it is, with four decimals at most. */
export function compact(text: string): string {
  const whole = text.replace('-', '').split('.')[0] ?? '';
  const format = whole.length >= COMPACT_FROM_DIGITS ? COMPACT : SHORT;
  return format.format(text as `${number}`);
}
