import { crc32 as zlibCrc32 } from 'node:zlib';
import { bookChecksum } from './book-checksum';
import { crc32 } from './crc32';
import type { Level } from './stream';

describe('the checksum of a book', () => {
  it.each(['', '|', '123456789', '1.00:5,0.99:12|1.01:0.0005'])('is that of zlib: %j', (text) => {
    expect(crc32(text)).toBe(zlibCrc32(text));
  });

  it('is of the best 25 prices of both sides', () => {
    const side = (from: number): Level[] =>
      Array.from({ length: 30 }, (_, index) => [`${from + index}.50`, `${index + 1}`, 1]);
    const text = (levels: Level[]) =>
      levels
        .slice(0, 25)
        .map(([price, quantity]) => `${price}:${quantity}`)
        .join(',');
    const [bids, asks] = [side(100), side(200)];
    expect(bookChecksum(bids, asks)).toBe(zlibCrc32(`${text(bids)}|${text(asks)}`));
    expect(bookChecksum([], [])).toBe(zlibCrc32('|'));
  });
});
