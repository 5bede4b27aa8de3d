import * as digits from './digits';
import * as layout from './layout';
import { RecentNodes } from './recent-nodes';

// A ladder is a sorted set of levels, found by an integer: the prices of a book, the stop prices of its waiting
// stops, the times of its expiries. It is a trie over the integer's base-32 digits in which nodes with a single
// child are left out, so it has fewer nodes than levels wherever the integers lie, and finding, adding and removing
// one takes at most 11 steps, 3 where prices lie within some 30,000 ticks. Its shape depends only on the integers in
// it. Neighbouring levels are linked, so walking on to the next price is one step.

const ROOT = -1;

// Bound once: docs/decisions/0006.
const { DIGIT, WIDTH, digitOf, highestBit, lowestBit, pageOf, shiftOfDifference } = digits;
const { LEVEL_FLOATS: FLOATS, LEVEL_INTS: INTS, PRICE, VISIBLE, OPEN } = layout;
const { HEAD, TAIL, COUNT, LOWER, HIGHER, LADDER } = layout;

/** Levels, with 0 for "none"; level 0 is never used, so that links of "none" may be written without asking. */
export class PriceLadders {
  /** Levels, 48 bytes each, as ints and as floats: see layout.ts. */
  ints: Int32Array;
  floats: Float64Array;
  private levelCapacity: number;
  private levelsEver = 0;
  private freeLevel = 0;
  private levelsInUse = 0;

  // Trie nodes: a child is a node if positive, a level if negative, nothing if 0.
  private children: Int32Array;
  private occupied: Int32Array;
  private shifts: Int32Array;
  private nodesEver = 0;
  private freeNode = 0;
  private nodesInUse = 0;

  private readonly recent = new RecentNodes();

  // By ladder.
  private roots = new Int32Array(16);
  private lowests = new Int32Array(16);
  private highests = new Int32Array(16);

  constructor(capacity = 256) {
    this.levelCapacity = capacity;
    const memory = new ArrayBuffer(capacity * INTS * 4);
    this.ints = new Int32Array(memory);
    this.floats = new Float64Array(memory);
    this.children = new Int32Array(capacity * WIDTH);
    this.occupied = new Int32Array(capacity);
    this.shifts = new Int32Array(capacity);
  }

  /** Makes ladders 0 … count − 1 usable. */
  openLadders(count: number): void {
    if (count <= this.roots.length) return;
    const size = Math.max(count, this.roots.length * 2);
    this.roots = grownInts(this.roots, size);
    this.lowests = grownInts(this.lowests, size);
    this.highests = grownInts(this.highests, size);
  }

  /** Levels in use in all ladders. */
  get size(): number {
    return this.levelsInUse;
  }

  /** Trie nodes in use in all ladders. */
  get nodes(): number {
    return this.nodesInUse;
  }

  /** Bytes of all arrays, whether in use or not. */
  get bytes(): number {
    return (
      this.ints.byteLength +
      this.children.byteLength +
      this.occupied.byteLength +
      this.shifts.byteLength +
      this.roots.byteLength * 3 +
      this.recent.bytes
    );
  }

  /** The level at exactly this price, or 0. */
  find(ladder: number, price: number): number {
    const node = this.recent.find(ladder, pageOf(price));
    if (node === 0) return this.search(ladder, price);
    const ref = this.children[node * WIDTH + (price & DIGIT)] as number;
    return ref === 0 ? 0 : -ref;
  }

  /** Adds an empty level at a price that has none. */
  insert(ladder: number, price: number): number {
    const level = this.newLevel(ladder, price);
    const page = pageOf(price);
    const known = this.recent.find(ladder, page);
    if (known !== 0) {
      this.insertAt(ladder, known, price & DIGIT, level);
      return level;
    }
    const root = this.roots[ladder] as number;
    if (root === 0) {
      this.roots[ladder] = -level;
      this.link(ladder, 0, level, 0);
      return level;
    }
    const near = this.anyNear(root, price);
    const shift = shiftOfDifference(price, this.price(near));
    const node = this.nodeAt(ladder, shift, price, near);
    if (shift === 0) this.recent.remember(node, ladder, page);
    this.insertAt(ladder, node, digitOf(price, shift), level);
    return level;
  }

  /** Adds a level to a node, and to its neighbours. */
  private insertAt(ladder: number, node: number, digit: number, level: number): void {
    const bits = this.occupied[node] as number;
    this.setChild(node, digit, -level);

    const above = digit === DIGIT ? 0 : bits & (-1 << (digit + 1));
    if (above !== 0) {
      const higher = this.lowestUnder(this.child(node, lowestBit(above)));
      this.link(ladder, this.lower(higher), level, higher);
    } else {
      const lower = this.highestUnder(this.child(node, highestBit(bits)));
      this.link(ladder, lower, level, this.higher(lower));
    }
  }

  /** Takes a level out and gives its memory back. Its queue must be empty. */
  remove(level: number): void {
    const ladder = this.ladder(level);
    const price = this.price(level);
    const known = this.recent.find(ladder, pageOf(price));
    const bits = (this.occupied[known] as number) & ~(1 << (price & DIGIT));
    if (known !== 0 && (bits & (bits - 1)) !== 0) {
      this.occupied[known] = bits;
      this.children[known * WIDTH + (price & DIGIT)] = 0;
    } else {
      this.takeOut(ladder, price);
    }
    this.unlink(ladder, level);
    this.ints[level * INTS + HEAD] = this.freeLevel;
    this.freeLevel = level;
    this.levelsInUse -= 1;
  }

  /** The level with the lowest price, or 0. */
  lowest(ladder: number): number {
    return this.lowests[ladder] as number;
  }
  /** The level with the highest price, or 0. */
  highest(ladder: number): number {
    return this.highests[ladder] as number;
  }

  price(level: number): number {
    return this.floats[level * FLOATS + PRICE] as number;
  }
  /** Lots shown to the public. */
  visible(level: number): number {
    return this.floats[level * FLOATS + VISIBLE] as number;
  }
  /** Lots shown and hidden. */
  open(level: number): number {
    return this.floats[level * FLOATS + OPEN] as number;
  }
  /** Changes both sums. */
  addLots(level: number, visibleLots: number, openLots: number): void {
    const { floats } = this;
    const at = level * FLOATS;
    floats[at + VISIBLE] = (floats[at + VISIBLE] as number) + visibleLots;
    floats[at + OPEN] = (floats[at + OPEN] as number) + openLots;
  }
  /** The oldest order's slot, 0 in an empty level. */
  head(level: number): number {
    return this.ints[level * INTS + HEAD] as number;
  }
  /** The youngest order's slot. */
  tail(level: number): number {
    return this.ints[level * INTS + TAIL] as number;
  }
  /** Orders in the queue. */
  count(level: number): number {
    return this.ints[level * INTS + COUNT] as number;
  }
  /** Notes that a slot joined the end of the queue, and lots with it. @returns the one before it, 0 if it is the first. */
  join(level: number, slot: number, visibleLots: number, openLots: number): number {
    const { ints } = this;
    this.addLots(level, visibleLots, openLots);
    const at = level * INTS;
    const tail = ints[at + TAIL] as number;
    if (tail === 0) ints[at + HEAD] = slot;
    ints[at + TAIL] = slot;
    ints[at + COUNT] = (ints[at + COUNT] as number) + 1;
    return tail;
  }

  /** Notes that a slot which stood between these two (0: none) has left the queue, and lots with it. */
  quit(level: number, prev: number, next: number, visibleLots: number, openLots: number): void {
    const { ints } = this;
    this.addLots(level, -visibleLots, -openLots);
    const at = level * INTS;
    if (prev === 0) ints[at + HEAD] = next;
    if (next === 0) ints[at + TAIL] = prev;
    ints[at + COUNT] = (ints[at + COUNT] as number) - 1;
  }

  /** The next lower level of the ladder, or 0. */
  lower(level: number): number {
    return this.ints[level * INTS + LOWER] as number;
  }
  /** The next higher level of the ladder, or 0. */
  higher(level: number): number {
    return this.ints[level * INTS + HIGHER] as number;
  }
  /** The ladder that the level belongs to. */
  ladder(level: number): number {
    return this.ints[level * INTS + LADDER] as number;
  }

  /** Finds a level from the root, and remembers the node in which it is. */
  private search(ladder: number, price: number): number {
    const { children, shifts } = this;
    let node = 0;
    let ref = this.roots[ladder] as number;
    while (ref > 0) {
      node = ref;
      ref = children[node * WIDTH + digitOf(price, shifts[node] as number)] as number;
    }
    if (ref === 0 || this.price(-ref) !== price) return 0;
    if (node !== 0 && shifts[node] === 0) this.recent.remember(node, ladder, pageOf(price));
    return -ref;
  }

  /** Takes a price out of the trie, and the node that held it if a single child is left in it. */
  private takeOut(ladder: number, price: number): void {
    const { children, shifts } = this;
    let node = 0;
    let digit = 0;
    let link = ROOT;
    let linkToNode = ROOT;
    let ref = this.roots[ladder] as number;
    while (ref > 0) {
      node = ref;
      linkToNode = link;
      digit = digitOf(price, shifts[node] as number);
      link = node * WIDTH + digit;
      ref = children[link] as number;
    }
    if (node === 0) {
      this.roots[ladder] = 0;
      return;
    }
    children[link] = 0;
    const bits = (this.occupied[node] as number) & ~(1 << digit);
    this.occupied[node] = bits;
    if ((bits & (bits - 1)) === 0) this.leaveOut(ladder, node, bits, linkToNode);
  }

  private child(node: number, digit: number): number {
    return this.children[node * WIDTH + digit] as number;
  }

  private setChild(node: number, digit: number, ref: number): void {
    this.children[node * WIDTH + digit] = ref;
    this.occupied[node] = (this.occupied[node] as number) | (1 << digit);
  }

  /** A level that shares as many leading digits with the price as any does. */
  private anyNear(root: number, price: number): number {
    let ref = root;
    while (ref > 0) {
      const child = this.child(ref, digitOf(price, this.shifts[ref] as number));
      ref = child === 0 ? this.child(ref, lowestBit(this.occupied[ref] as number)) : child;
    }
    return -ref;
  }

  /** The node in which `price` and `near` part, made if it was left out. */
  private nodeAt(ladder: number, shift: number, price: number, near: number): number {
    let link = ROOT;
    let ref = this.roots[ladder] as number;
    while (ref > 0 && (this.shifts[ref] as number) > shift) {
      link = ref * WIDTH + digitOf(price, this.shifts[ref] as number);
      ref = this.children[link] as number;
    }
    if (ref > 0 && this.shifts[ref] === shift) return ref;
    const node = this.newNode(shift);
    this.setChild(node, digitOf(this.price(near), shift), ref);
    this.setLink(ladder, link, node);
    return node;
  }

  /** Puts a node's only child in its place. */
  private leaveOut(ladder: number, node: number, bits: number, linkToNode: number): void {
    const digit = lowestBit(bits);
    this.setLink(ladder, linkToNode, this.child(node, digit));
    this.children[node * WIDTH + digit] = 0;
    this.occupied[node] = 0;
    this.recent.forget(node);
    this.shifts[node] = this.freeNode;
    this.freeNode = node;
    this.nodesInUse -= 1;
  }

  private setLink(ladder: number, link: number, ref: number): void {
    if (link === ROOT) this.roots[ladder] = ref;
    else this.children[link] = ref;
  }

  private lowestUnder(start: number): number {
    let ref = start;
    while (ref > 0) ref = this.child(ref, lowestBit(this.occupied[ref] as number));
    return -ref;
  }

  private highestUnder(start: number): number {
    let ref = start;
    while (ref > 0) ref = this.child(ref, highestBit(this.occupied[ref] as number));
    return -ref;
  }

  private link(ladder: number, lower: number, level: number, higher: number): void {
    const { ints } = this;
    ints[level * INTS + LOWER] = lower;
    ints[level * INTS + HIGHER] = higher;
    ints[lower * INTS + HIGHER] = level;
    ints[higher * INTS + LOWER] = level;
    if (lower === 0) this.lowests[ladder] = level;
    if (higher === 0) this.highests[ladder] = level;
  }

  private unlink(ladder: number, level: number): void {
    const { ints } = this;
    const lower = ints[level * INTS + LOWER] as number;
    const higher = ints[level * INTS + HIGHER] as number;
    ints[lower * INTS + HIGHER] = higher;
    ints[higher * INTS + LOWER] = lower;
    if (lower === 0) this.lowests[ladder] = higher;
    if (higher === 0) this.highests[ladder] = lower;
  }

  private newLevel(ladder: number, price: number): number {
    let level = this.freeLevel;
    if (level !== 0) {
      this.freeLevel = this.head(level);
    } else {
      this.levelsEver += 1;
      level = this.levelsEver;
      if (level >= this.levelCapacity) this.growLevels();
    }
    this.levelsInUse += 1;
    const { floats, ints } = this;
    floats[level * FLOATS + PRICE] = price;
    floats[level * FLOATS + VISIBLE] = 0;
    floats[level * FLOATS + OPEN] = 0;
    const at = level * INTS;
    ints[at + HEAD] = 0;
    ints[at + TAIL] = 0;
    ints[at + COUNT] = 0;
    ints[at + LADDER] = ladder;
    return level;
  }

  private growLevels(): void {
    this.levelCapacity = Math.ceil(this.levelCapacity * 1.5);
    const memory = new ArrayBuffer(this.levelCapacity * INTS * 4);
    const ints = new Int32Array(memory);
    ints.set(this.ints);
    this.ints = ints;
    this.floats = new Float64Array(memory);
  }

  private newNode(shift: number): number {
    let node = this.freeNode;
    if (node !== 0) {
      this.freeNode = this.shifts[node] as number;
    } else {
      this.nodesEver += 1;
      node = this.nodesEver;
      if (node >= this.shifts.length) this.growNodes();
    }
    this.nodesInUse += 1;
    this.shifts[node] = shift;
    return node;
  }

  private growNodes(): void {
    const capacity = Math.ceil(this.shifts.length * 1.5);
    this.children = grownInts(this.children, capacity * WIDTH);
    this.occupied = grownInts(this.occupied, capacity);
    this.shifts = grownInts(this.shifts, capacity);
  }
}

function grownInts(ints: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(length);
  grown.set(ints);
  return grown;
}
