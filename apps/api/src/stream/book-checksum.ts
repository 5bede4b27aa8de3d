import type { StreamLevel } from '@app/contracts';
import { crc32 } from 'node:zlib';

/** Prices of each side that a checksum covers. */
export const CHECKSUM_DEPTH = 25;

/**
 * CRC-32 of the best 25 prices of both sides: `price:quantity` of the bids, best first, with commas between them, then
 * `|`, then the asks. What a client's own copy of the book must give too.
 */
export function bookChecksum(bids: readonly StreamLevel[], asks: readonly StreamLevel[]): number {
  const side = (levels: readonly StreamLevel[]) =>
    levels
      .slice(0, CHECKSUM_DEPTH)
      .map(([price, quantity]) => `${price}:${quantity}`)
      .join(',');
  return crc32(`${side(bids)}|${side(asks)}`);
}
