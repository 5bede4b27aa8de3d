// Integers up to 2^53 as digits of base 32.

export const DIGIT_BITS = 5;
export const WIDTH = 32;
export const DIGIT = WIDTH - 1;
/** Below this shift `>>>` sees all bits of a digit; above it numbers have to be scaled down first. */
const FIRST_SCALED_SHIFT = 30;
const LOW_BITS = 2 ** FIRST_SCALED_SHIFT;
/** The shift of the digit that a bit belongs to. */
const SHIFT_OF_BIT = Uint8Array.from({ length: 32 }, (_, bit) => bit - (bit % DIGIT_BITS));

/** The prices of a bottom node share all digits but the last. */
export function pageOf(price: number): number {
  return price <= 0x7fffffff ? price >>> DIGIT_BITS : Math.floor(price / WIDTH);
}

export function digitOf(price: number, shift: number): number {
  if (shift < FIRST_SCALED_SHIFT) return (price >>> shift) & DIGIT;
  return Math.floor(price / 2 ** shift) & DIGIT;
}

/** The shift of the highest digit in which two different integers differ. */
export function shiftOfDifference(a: number, b: number): number {
  const highs = Math.floor(a / LOW_BITS) ^ Math.floor(b / LOW_BITS);
  if (highs !== 0) return FIRST_SCALED_SHIFT + digitShift(highs);
  return digitShift((a ^ b) & (LOW_BITS - 1));
}

function digitShift(bits: number): number {
  return SHIFT_OF_BIT[highestBit(bits)] as number;
}

export function highestBit(bits: number): number {
  return 31 - Math.clz32(bits);
}

export function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}
