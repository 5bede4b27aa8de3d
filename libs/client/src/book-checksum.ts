import { crc32 } from './crc32';
import type { Level } from './stream';

/** Prices of each side that a checksum covers. */
const CHECKSUM_DEPTH = 25;

/** What the server's `checksum` is, if both have the same book. */
export function bookChecksum(bids: readonly Level[], asks: readonly Level[]): number {
  return crc32(`${textOf(bids)}|${textOf(asks)}`);
}

function textOf(levels: readonly Level[]): string {
  return levels
    .slice(0, CHECKSUM_DEPTH)
    .map(([price, quantity]) => `${price}:${quantity}`)
    .join(',');
}
