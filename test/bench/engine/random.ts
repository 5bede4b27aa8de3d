/** A stream of numbers that any language reproduces: mulberry32, in unsigned 32-bit arithmetic throughout. */
export class Random {
  constructor(private state: number) {}

  /** 0 … 2^32 − 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  /** 0 … n − 1, for n up to 2^21, where the product is exact in a double. */
  below(n: number): number {
    return Math.floor((this.next() * n) / 2 ** 32);
  }
}
