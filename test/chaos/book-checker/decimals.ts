// The checker reads decimals by itself: a fault in the product's own arithmetic must not hide in it.

const DIGITS = 16;

/** @returns the decimal × 10^16. @throws for anything but a plain decimal with at most 16 decimals. */
export function scaled(text: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  const fraction = match?.[3] ?? '';
  if (match === null || fraction.length > DIGITS) throw new Error(`${text} is no decimal`);
  const magnitude = BigInt(match[2]! + fraction.padEnd(DIGITS, '0'));
  return match[1] === '-' ? -magnitude : magnitude;
}

/** @returns how many units a decimal is. @throws when it is no whole number of them. */
export function countOf(text: string, unit: string): number {
  return whole(scaled(text), scaled(unit), text);
}

/** @returns an amount of money in ticks × lots. @throws when it is no whole number of them. */
export function tickLotsOf(amount: string, tick: string, lot: string): number {
  return whole(scaled(amount) * scaled('1'), scaled(tick) * scaled(lot), amount);
}

function whole(value: bigint, unit: bigint, text: string): number {
  if (value % unit !== 0n) throw new Error(`${text} is no multiple of its unit`);
  return Number(value / unit);
}
