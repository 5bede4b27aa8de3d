import { execFileSync } from 'node:child_process';
import type { StreamLevel } from '@app/contracts';
import { bookChecksum } from './book-checksum';

/** By another implementation than ours: that of gzip, which ends with the sum and the length. */
function crc32(text: string): number {
  const zipped = execFileSync('gzip', ['-c'], { input: text });
  return zipped.readUInt32LE(zipped.length - 8);
}

const levels = (count: number, first: number): StreamLevel[] =>
  Array.from({ length: count }, (_, index) => [`${first + index}.00`, `${index + 1}`, 1]);

describe('the checksum of a book', () => {
  it.each([
    [[], [], '|'],
    [levels(1, 5), [], '5.00:1|'],
    [levels(2, 5), levels(1, 9), '5.00:1,6.00:2|9.00:1'],
  ])('is that of its text', (bids, asks, text) => {
    expect(bookChecksum(bids, asks)).toBe(crc32(text));
  });

  it('covers the best 25 prices of both sides', () => {
    const [bids, asks] = [levels(30, 100), levels(30, 200)];
    const all = bookChecksum(bids, asks);
    expect(bookChecksum(bids.slice(0, 25), asks.slice(0, 25))).toBe(all);
    expect(bookChecksum(bids.slice(0, 24), asks)).not.toBe(all);
    expect(bookChecksum(bids, asks.slice(0, 24))).not.toBe(all);
  });
});
