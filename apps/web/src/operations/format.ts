/** What stands where nothing was measured. */
export const NOTHING = '–';

const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const TENTHS = new Intl.NumberFormat('en', {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});
const HUNDREDTHS = new Intl.NumberFormat('en', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});

/** A number and its unit, apart: the number is shown larger. */
export interface Figure {
  text: string;
  unit: string;
}

/** Whole numbers as they are; from a million on in millions. */
export function count(value: number): Figure {
  if (value >= 1_000_000) return { text: HUNDREDTHS.format(value / 1_000_000), unit: 'M' };
  return { text: WHOLE.format(value), unit: '' };
}

export function perSecond(value: number): Figure {
  return { text: (value > 0 && value < 10 ? TENTHS : WHOLE).format(value), unit: '/s' };
}

/** @param ms three digits that count; from ten seconds on in seconds. */
export function milliseconds(ms: number): Figure {
  if (ms >= 10_000) return { text: TENTHS.format(ms / 1000), unit: 's' };
  if (ms >= 100) return { text: WHOLE.format(ms), unit: 'ms' };
  return { text: (ms < 10 ? HUNDREDTHS : TENTHS).format(ms), unit: 'ms' };
}

export function bytes(value: number): Figure {
  const mebibytes = value / 1024 ** 2;
  if (mebibytes < 1024) return { text: WHOLE.format(mebibytes), unit: 'MiB' };
  return { text: HUNDREDTHS.format(mebibytes / 1024), unit: 'GiB' };
}

/** @param share from 0 to 1. */
export function percent(share: number): Figure {
  return { text: WHOLE.format(share * 100), unit: '%' };
}

export function inWords({ text, unit }: Figure): string {
  return unit === '' || unit.startsWith('/') ? text + unit : `${text} ${unit}`;
}

/** @returns the time of day, `12:03:04`. */
export function clock(timeMs: number): string {
  return new Date(timeMs).toLocaleTimeString('en-GB');
}

/** @returns the two largest units, `2 h 5 min`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ];
  const first = parts.findIndex(([value]) => value > 0);
  if (first === -1) return '0 s';
  return parts
    .slice(first, first + 2)
    .filter(([value], index) => index === 0 || value > 0)
    .map(([value, unit]) => `${value} ${unit}`)
    .join(' ');
}
