/** @returns NaN for no values. */
export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** Nearest rank, except that the median of an even number of values lies between the middle two. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length === 0) return Number.NaN;
  const rank = Math.ceil((percent / 100) * sorted.length) - 1;
  const at = sorted[Math.max(0, rank)]!;
  return percent === 50 && sorted.length % 2 === 0 ? (at + sorted[rank + 1]!) / 2 : at;
}

/** Ratios are taken round by round and only then summed up, so that what slows a whole round cancels out. */
export function medianRatio(above: readonly number[], below: readonly number[]): number {
  return median(above.map((value, round) => value / below[round]!));
}

/** The first column is text, the others are numbers. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((_, column) =>
    Math.max(...[header, ...rows].map((row) => row[column]!.length)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
      )
      .join('  ');
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [line(header), rule, ...rows.map(line)].join('\n');
}

export const whole = (value: number): string => value.toFixed(0);
export const tenth = (value: number): string => value.toFixed(1);
export const times = (value: number): string => `${value.toFixed(2)}x`;
