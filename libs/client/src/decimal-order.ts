const ZERO = 48;

/**
 * Compares decimal texts without sign or exponent ("99.50", "100.00") exactly: no digit passes through a float.
 * @returns negative where `a` is less, 0 where both are the same number, positive otherwise.
 */
export function compareDecimals(a: string, b: string): number {
  if (a === b) return 0;
  const whole = wholeDigits(a);
  const difference = whole - wholeDigits(b);
  if (difference !== 0) return difference;
  // Prices of one market have the same decimals: the order of the texts is that of the numbers.
  if (a.length === b.length) return a < b ? -1 : 1;
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    if (index === whole) continue;
    const byDigit = digitAt(a, index) - digitAt(b, index);
    if (byDigit !== 0) return byDigit;
  }
  return 0;
}

function wholeDigits(text: string): number {
  const point = text.indexOf('.');
  return point === -1 ? text.length : point;
}

function digitAt(text: string, index: number): number {
  return index < text.length ? text.charCodeAt(index) : ZERO;
}
