/** `above` found nothing; `below` says −1. */
export const NONE_ABOVE = 0x7fffffff;

/** One bit for each tick of each symbol, and two layers over it that tell which words have any. */
export class TickBitmap {
  private readonly words0: number;
  private readonly words1: number;
  private readonly words2: number;
  private readonly bits0: Int32Array;
  private readonly bits1: Int32Array;
  private readonly bits2: Int32Array;

  /** @param range ticks a symbol has, a multiple of 32. */
  constructor(symbols: number, range: number) {
    this.words0 = range >>> 5;
    this.words1 = (this.words0 + 31) >>> 5;
    this.words2 = (this.words1 + 31) >>> 5;
    this.bits0 = new Int32Array(symbols * this.words0);
    this.bits1 = new Int32Array(symbols * this.words1);
    this.bits2 = new Int32Array(symbols * this.words2);
  }

  set(symbol: number, tick: number): void {
    const word = tick >>> 5;
    this.bits0[symbol * this.words0 + word]! |= 1 << (tick & 31);
    this.bits1[symbol * this.words1 + (word >>> 5)]! |= 1 << (word & 31);
    this.bits2[symbol * this.words2 + (word >>> 10)]! |= 1 << ((word >>> 5) & 31);
  }

  clear(symbol: number, tick: number): void {
    const word = tick >>> 5;
    const at = symbol * this.words0 + word;
    const left = this.bits0[at]! & ~(1 << (tick & 31));
    this.bits0[at] = left;
    if (left !== 0) return;
    const at1 = symbol * this.words1 + (word >>> 5);
    const left1 = this.bits1[at1]! & ~(1 << (word & 31));
    this.bits1[at1] = left1;
    if (left1 !== 0) return;
    this.bits2[symbol * this.words2 + (word >>> 10)]! &= ~(1 << ((word >>> 5) & 31));
  }

  /** The next tick above one whose bit is set. */
  above(symbol: number, tick: number): number {
    const base0 = symbol * this.words0;
    const word = tick >>> 5;
    const bits = this.bits0[base0 + word]! & (-2 << (tick & 31));
    if (bits !== 0) return (word << 5) + lowest(bits);
    const base1 = symbol * this.words1;
    let next = word >>> 5;
    let nextBits = this.bits1[base1 + next]! & (-2 << (word & 31));
    if (nextBits === 0) {
      const base2 = symbol * this.words2;
      let top = next >>> 5;
      let topBits = this.bits2[base2 + top]! & (-2 << (next & 31));
      while (topBits === 0) {
        top += 1;
        if (top >= this.words2) return NONE_ABOVE;
        topBits = this.bits2[base2 + top]!;
      }
      next = (top << 5) + lowest(topBits);
      nextBits = this.bits1[base1 + next]!;
    }
    const found = (next << 5) + lowest(nextBits);
    return (found << 5) + lowest(this.bits0[base0 + found]!);
  }

  /** The next tick below one whose bit is set. */
  below(symbol: number, tick: number): number {
    const base0 = symbol * this.words0;
    const word = tick >>> 5;
    const bits = this.bits0[base0 + word]! & ((1 << (tick & 31)) - 1);
    if (bits !== 0) return (word << 5) + highest(bits);
    const base1 = symbol * this.words1;
    let next = word >>> 5;
    let nextBits = this.bits1[base1 + next]! & ((1 << (word & 31)) - 1);
    if (nextBits === 0) {
      const base2 = symbol * this.words2;
      let top = next >>> 5;
      let topBits = this.bits2[base2 + top]! & ((1 << (next & 31)) - 1);
      while (topBits === 0) {
        top -= 1;
        if (top < 0) return -1;
        topBits = this.bits2[base2 + top]!;
      }
      next = (top << 5) + highest(topBits);
      nextBits = this.bits1[base1 + next]!;
    }
    const found = (next << 5) + highest(nextBits);
    return (found << 5) + highest(this.bits0[base0 + found]!);
  }
}

/** The place of the lowest bit that is set. */
function lowest(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}

function highest(bits: number): number {
  return 31 - Math.clz32(bits);
}
