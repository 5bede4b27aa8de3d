import { formatRounded, parseDecimal } from './decimal';

const DECIMALS = 4;

/** An average to four decimals; below one, where they would say too little, as it is. */
export function averageText(average: string): string {
  const value = parseDecimal(average);
  if (value === null || value.scale <= DECIMALS || /^-?0\./.test(average)) return average;
  return formatRounded(value, DECIMALS);
}
