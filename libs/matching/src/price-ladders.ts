import * as layout from './layout';
import * as tries from './price-trie';

// A ladder is a sorted set of levels, found by an integer: the prices of a book, the stop prices of its waiting
// stops, the times of its expiries. Neighbouring levels are linked, so walking on to the next price is one step, and a
// ladder of few levels is nothing but these links. One of more has a trie over its prices too (price-trie.ts).

// Bound once: docs/decisions/0006.
const { LEVEL_INTS: INTS, PRICE, VISIBLE, OPEN } = layout;
const { HEAD, TAIL, COUNT, LOWER, HIGHER, LADDER, INDEX } = layout;
const { PriceTrie } = tries;

// What a ladder has: four ints.
const ENDS = 4;
/** The root of its trie, 0 while it has none. */
const ROOT = 0;
const LOWEST = 1;
const HIGHEST = 2;
const LEVELS = 3;
/** With more levels than this a ladder gets a trie, which it keeps until it has less than LEAST_IN_TRIE. */
const MOST_WITHOUT_TRIE = 16;
const LEAST_IN_TRIE = 8;
/** Trie nodes to start with: one for 16 levels; prices in a row take fewer, prices far apart more. */
const LEVELS_A_NODE_BITS = 4;

/** Levels, with 0 for "none"; level 0 is never used, so that links of "none" may be written without asking. */
export class PriceLadders {
  /** Levels, 48 bytes each, as ints and as floats: see layout.ts. */
  ints: Int32Array;
  floats: Float64Array;
  /** Where the next level goes that was never in use. */
  private levelsEnd = INTS;
  private freeLevel = 0;
  private levelsInUse = 0;

  private ends = new Int32Array(16 * ENDS);
  readonly trie: tries.PriceTrie;

  constructor(expectedLevels: number) {
    const capacity = Math.max(256, expectedLevels + 2);
    const memory = new ArrayBuffer(capacity * INTS * 4);
    this.ints = new Int32Array(memory);
    this.floats = new Float64Array(memory);
    this.trie = new PriceTrie(this, capacity >> LEVELS_A_NODE_BITS);
  }

  /** Makes ladders 0 … count − 1 usable. */
  openLadders(count: number): void {
    if (count * ENDS <= this.ends.length) return;
    const grown = new Int32Array(Math.max(count * ENDS, Math.ceil(this.ends.length * 1.25)));
    grown.set(this.ends);
    this.ends = grown;
  }

  /** Levels in use in all ladders. */
  get size(): number {
    return this.levelsInUse;
  }

  /** Trie nodes in use in all ladders. */
  get nodes(): number {
    return this.trie.nodes;
  }

  /** Bytes of all arrays, whether in use or not. */
  get bytes(): number {
    return this.ints.byteLength + this.ends.byteLength + this.trie.bytes;
  }

  /** The level at exactly this price, or 0. */
  find(ladder: number, price: number): number {
    const level = this.trie.guess(ladder, price);
    const isIt =
      this.floats[(level >> 1) + PRICE] === price && this.ints[level + LADDER] === ladder;
    return isIt ? level : this.search(ladder, price);
  }

  /** The level at a price, an empty new one if it has none. */
  levelAt(ladder: number, price: number): number {
    const { trie } = this;
    if (!trie.isFreeNear(ladder, price)) {
      return this.find(ladder, price) || this.insert(ladder, price);
    }
    const level = this.newLevel(ladder, price);
    trie.insertNear(price, level);
    this.linkBeside(ladder, level);
    return level;
  }

  /** Adds an empty level at a price that has none. */
  private insert(ladder: number, price: number): number {
    const level = this.newLevel(ladder, price);
    const { ends, trie } = this;
    const at = ladder * ENDS;
    const root = ends[at + ROOT] as number;
    if (root === 0) {
      const higher = this.firstFrom(ladder, price);
      this.link(ladder, higher === 0 ? this.highest(ladder) : this.lower(higher), level, higher);
      if ((ends[at + LEVELS] as number) > MOST_WITHOUT_TRIE) this.plantTrie(ladder);
    } else {
      ends[at + ROOT] = trie.insert(root, ladder, price, level);
      this.linkBeside(ladder, level);
    }
    return level;
  }

  /** Takes a level out and gives its memory back. Its queue must be empty. */
  remove(level: number): void {
    const { ends, ints, trie } = this;
    const ladder = this.ladder(level);
    const at = ladder * ENDS;
    const levels = (ends[at + LEVELS] as number) - 1;
    ends[at + LEVELS] = levels;
    const root = ends[at + ROOT] as number;
    if (root !== 0) {
      if (levels < LEAST_IN_TRIE) {
        trie.clear(root, ladder);
        ends[at + ROOT] = 0;
      } else {
        ends[at + ROOT] = trie.remove(root, ladder, this.price(level), level);
      }
    }
    this.unlink(ladder, level);
    ints[level + HEAD] = this.freeLevel;
    this.freeLevel = level;
    this.levelsInUse -= 1;
  }

  /** The level with the lowest price, or 0. */
  lowest(ladder: number): number {
    return this.ends[ladder * ENDS + LOWEST] as number;
  }
  /** The level with the highest price, or 0. */
  highest(ladder: number): number {
    return this.ends[ladder * ENDS + HIGHEST] as number;
  }

  price(level: number): number {
    return this.floats[(level >> 1) + PRICE] as number;
  }
  /** Lots shown to the public. */
  visible(level: number): number {
    return this.floats[(level >> 1) + VISIBLE] as number;
  }
  /** Lots shown and hidden. */
  open(level: number): number {
    return this.floats[(level >> 1) + OPEN] as number;
  }
  /** Changes both sums. */
  addLots(level: number, visibleLots: number, openLots: number): void {
    const { floats } = this;
    const at = level >> 1;
    floats[at + VISIBLE] = (floats[at + VISIBLE] as number) + visibleLots;
    floats[at + OPEN] = (floats[at + OPEN] as number) + openLots;
  }
  /** The oldest order's slot, 0 in an empty level. */
  head(level: number): number {
    return this.ints[level + HEAD] as number;
  }
  /** The youngest order's slot. */
  tail(level: number): number {
    return this.ints[level + TAIL] as number;
  }
  /** Orders in the queue. */
  count(level: number): number {
    return this.ints[level + COUNT] as number;
  }
  /** Notes that a slot joined the end of the queue, and lots with it. @returns the one before it, 0 if it is the first. */
  join(level: number, slot: number, visibleLots: number, openLots: number): number {
    const { ints } = this;
    this.addLots(level, visibleLots, openLots);
    const tail = ints[level + TAIL] as number;
    if (tail === 0) ints[level + HEAD] = slot;
    ints[level + TAIL] = slot;
    ints[level + COUNT] = (ints[level + COUNT] as number) + 1;
    return tail;
  }

  /** Notes that a slot which stood between these two (0: none) has left the queue, and lots with it. */
  quit(level: number, prev: number, next: number, visibleLots: number, openLots: number): void {
    const { ints } = this;
    this.addLots(level, -visibleLots, -openLots);
    if (prev === 0) ints[level + HEAD] = next;
    if (next === 0) ints[level + TAIL] = prev;
    ints[level + COUNT] = (ints[level + COUNT] as number) - 1;
  }

  /** The next lower level of the ladder, or 0. */
  lower(level: number): number {
    return this.ints[level + LOWER] as number;
  }
  /** The next higher level of the ladder, or 0. */
  higher(level: number): number {
    return this.ints[level + HIGHER] as number;
  }
  /** The ladder that the level belongs to. */
  ladder(level: number): number {
    return this.ints[level + LADDER] as number;
  }

  /** Finds a level the long way. */
  private search(ladder: number, price: number): number {
    const root = this.ends[ladder * ENDS + ROOT] as number;
    const level = root === 0 ? this.firstFrom(ladder, price) : this.trie.find(root, ladder, price);
    return level !== 0 && this.price(level) === price ? level : 0;
  }

  /** The lowest level at this price or above, or 0. Cost: O(levels of the ladder). */
  private firstFrom(ladder: number, price: number): number {
    let level = this.lowest(ladder);
    while (level !== 0 && this.price(level) < price) level = this.higher(level);
    return level;
  }

  /** Gives a ladder that has become too long for walking a trie. */
  private plantTrie(ladder: number): void {
    let root = 0;
    for (let level = this.lowest(ladder); level !== 0; level = this.higher(level)) {
      root = this.trie.insert(root, ladder, this.price(level), level);
    }
    this.ends[ladder * ENDS + ROOT] = root;
  }

  /** Links a level that the trie has just found a place for. */
  private linkBeside(ladder: number, level: number): void {
    const { beside } = this.trie;
    if (beside > 0) this.link(ladder, this.lower(beside), level, beside);
    else this.link(ladder, -beside, level, this.higher(-beside));
  }

  private link(ladder: number, lower: number, level: number, higher: number): void {
    const { ints, ends } = this;
    ints[level + LOWER] = lower;
    ints[level + HIGHER] = higher;
    ints[lower + HIGHER] = level;
    ints[higher + LOWER] = level;
    if (lower === 0) ends[ladder * ENDS + LOWEST] = level;
    if (higher === 0) ends[ladder * ENDS + HIGHEST] = level;
  }

  private unlink(ladder: number, level: number): void {
    const { ints, ends } = this;
    const lower = ints[level + LOWER] as number;
    const higher = ints[level + HIGHER] as number;
    ints[lower + HIGHER] = higher;
    ints[higher + LOWER] = lower;
    if (lower === 0) ends[ladder * ENDS + LOWEST] = higher;
    if (higher === 0) ends[ladder * ENDS + HIGHEST] = lower;
  }

  private newLevel(ladder: number, price: number): number {
    let level = this.freeLevel;
    if (level !== 0) {
      this.freeLevel = this.head(level);
    } else {
      level = this.levelsEnd;
      this.levelsEnd = level + INTS;
      if (this.levelsEnd > this.ints.length) this.growLevels();
    }
    this.levelsInUse += 1;
    const { ends, floats, ints } = this;
    ends[ladder * ENDS + LEVELS] = (ends[ladder * ENDS + LEVELS] as number) + 1;
    floats[(level >> 1) + PRICE] = price;
    floats[(level >> 1) + VISIBLE] = 0;
    floats[(level >> 1) + OPEN] = 0;
    ints[level + HEAD] = 0;
    ints[level + TAIL] = 0;
    ints[level + COUNT] = 0;
    ints[level + LADDER] = ladder;
    return level;
  }

  /** @throws RangeError if there would be more levels than can be told apart, or the memory can not be had. */
  private growLevels(): void {
    const before = this.ints.length / INTS;
    const capacity = Math.ceil(before * (before < 65_536 ? 2 : 1.25));
    if (capacity * INTS > INDEX) throw new RangeError('More levels than there can be');
    const memory = new ArrayBuffer(capacity * INTS * 4);
    const ints = new Int32Array(memory);
    ints.set(this.ints);
    this.ints = ints;
    this.floats = new Float64Array(memory);
  }
}
