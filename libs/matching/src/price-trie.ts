import * as digits from './digits';
import * as recentNodes from './recent-nodes';

// A trie over the base-32 digits of integers, in which nodes with a single child are left out: it has fewer nodes than
// levels wherever the integers lie, and finding, adding and removing one takes at most 11 steps, 3 where prices lie
// within some 30,000 ticks. Its shape depends only on the integers in it.
//
// A ref says what hangs somewhere: nothing if 0, a level if positive. A negative one is the complement of a node
// together with the shift of the digit that tells its children apart, which saves looking that up.
const SHIFT_BITS = 6;
const SHIFT = (1 << SHIFT_BITS) - 1;
const MOST_NODES = 2 ** (31 - SHIFT_BITS);
const ROOT = -1;

// Bound once: docs/decisions/0006.
const { DIGIT, DIGIT_BITS, WIDTH, digitOf, highestBit, lowestBit, pageOf, shiftOfDifference } =
  digits;
const { RecentNodes } = recentNodes;

/** What a trie has to know of the levels in it. */
interface Levels {
  price(level: number): number;
  ladder(level: number): number;
}

/** The tries of all ladders. A ladder keeps the ref of its root. */
export class PriceTrie {
  /** By node: what hangs at each digit. */
  private children: Int32Array;
  /** By node: a bit for each child; the next free one if the node is free. */
  private occupied: Int32Array;
  private nodesEver = 0;
  private freeNode = 0;
  private nodesInUse = 0;
  private readonly recent = new RecentNodes();
  /** Set by `isFreeNear`: the page's bottom node. */
  private near = 0;
  /** Set by `isFreeNear` and `insert`: the next higher level, or else minus the next lower one; 0 if there is no other. */
  beside = 0;

  constructor(
    private readonly levels: Levels,
    capacity: number,
  ) {
    this.children = new Int32Array(capacity * WIDTH);
    this.occupied = new Int32Array(capacity);
    this.recent.makeRoomFor(capacity);
  }

  /** Nodes in use. */
  get nodes(): number {
    return this.nodesInUse;
  }

  get bytes(): number {
    return this.children.byteLength + this.occupied.byteLength + this.recent.bytes;
  }

  /** A level that may be the one at this price, or 0: the caller has to check. Cost: O(1). */
  guess(ladder: number, price: number): number {
    const node = this.recent.guess(ladder, price >>> DIGIT_BITS);
    return this.children[node * WIDTH + (price & DIGIT)] as number;
  }

  /** The level at exactly this price, or 0. */
  find(root: number, ladder: number, price: number): number {
    const { children } = this;
    let node = 0;
    let ref = root;
    while (ref < 0) {
      node = ~ref;
      ref = children[childOf(node, price)] as number;
    }
    if (ref === 0 || this.levels.price(ref) !== price) return 0;
    if (isBottom(node)) this.recent.remember(ladder, price >>> DIGIT_BITS, node >> SHIFT_BITS);
    return ref;
  }

  /**
   * Whether the price certainly has no level, because its page's bottom node is known and has none; `insertNear` can
   * follow then. Notes what stands beside it. Cost: O(1).
   */
  isFreeNear(ladder: number, price: number): boolean {
    const { children, levels } = this;
    const node = this.recent.guess(ladder, price >>> DIGIT_BITS);
    const first = node * WIDTH;
    const digit = price & DIGIT;
    if (node === 0 || children[first + digit] !== 0) return false;
    // In a bottom node there is nothing but levels, two at least.
    const bits = this.occupied[node] as number;
    const above = bits & (-2 << digit);
    const beside = children[first + (above === 0 ? highestBit(bits) : lowestBit(above))] as number;
    this.near = node;
    this.beside = above === 0 ? -beside : beside;
    return levels.ladder(beside) === ladder && pageOf(levels.price(beside)) === pageOf(price);
  }

  /** Adds a level at a price of which `isFreeNear` has just said that it is free. */
  insertNear(price: number, level: number): void {
    this.setChild(this.near, price & DIGIT, level);
  }

  /** Adds a level at a price that has none, and says in `beside` where it stands. @returns the root. */
  insert(root: number, ladder: number, price: number, level: number): number {
    this.beside = 0;
    if (root === 0) return level;
    const near = this.anyNear(root, price);
    const shift = shiftOfDifference(price, this.levels.price(near));
    let link = ROOT;
    let ref = root;
    while (ref < 0 && (~ref & SHIFT) > shift) {
      link = childOf(~ref, price);
      ref = this.children[link] as number;
    }
    let node = ~ref;
    let newRoot = root;
    if (ref >= 0 || (node & SHIFT) !== shift) {
      node = this.newNode(shift);
      this.setChild(node >> SHIFT_BITS, digitOf(this.levels.price(near), shift), ref);
      if (link === ROOT) newRoot = ~node;
      else this.children[link] = ~node;
    }
    const digit = digitOf(price, shift);
    this.lookBeside(node, digit);
    this.setChild(node >> SHIFT_BITS, digit, level);
    if (shift === 0) this.recent.remember(ladder, price >>> DIGIT_BITS, node >> SHIFT_BITS);
    return newRoot;
  }

  /** Takes a level out, and the node that held it if a single child is left in it. @returns the root. */
  remove(root: number, ladder: number, price: number, level: number): number {
    const { children, occupied } = this;
    const known = this.recent.guess(ladder, price >>> DIGIT_BITS);
    const place = known * WIDTH + (price & DIGIT);
    if (children[place] === level) {
      const bits = (occupied[known] as number) & ~(1 << (price & DIGIT));
      if ((bits & (bits - 1)) !== 0) {
        children[place] = 0;
        occupied[known] = bits;
        return root;
      }
    }
    return this.takeOut(root, ladder, price);
  }

  /** Gives all nodes back. */
  clear(root: number, ladder: number): void {
    if (root >= 0) return;
    const at = ~root >> SHIFT_BITS;
    let price = 0;
    for (let bits = this.occupied[at] as number; bits !== 0; bits &= bits - 1) {
      const link = at * WIDTH + lowestBit(bits);
      const ref = this.children[link] as number;
      if (ref > 0) price = this.levels.price(ref);
      this.clear(ref, ladder);
      this.children[link] = 0;
    }
    this.release(~root, ladder, price);
  }

  /** `remove` by way of the root. */
  private takeOut(root: number, ladder: number, price: number): number {
    const { children } = this;
    let node = 0;
    let link = ROOT;
    let linkToNode = ROOT;
    let ref = root;
    while (ref < 0) {
      node = ~ref;
      linkToNode = link;
      link = childOf(node, price);
      ref = children[link] as number;
    }
    if (node === 0) return 0;
    children[link] = 0;
    const at = node >> SHIFT_BITS;
    const bits = (this.occupied[at] as number) & ~(1 << (link & DIGIT));
    this.occupied[at] = bits;
    if ((bits & (bits - 1)) !== 0) return root;
    const onlyLink = at * WIDTH + lowestBit(bits);
    const only = children[onlyLink] as number;
    children[onlyLink] = 0;
    this.release(node, ladder, price);
    if (linkToNode === ROOT) return only;
    children[linkToNode] = only;
    return root;
  }

  /** Notes what stands beside a free digit of a node that has children. */
  private lookBeside(node: number, digit: number): void {
    const bits = this.bitsOf(node);
    const above = bits & (-2 << digit);
    this.beside =
      above !== 0
        ? this.lowestUnder(this.child(node, lowestBit(above)))
        : -this.highestUnder(this.child(node, highestBit(bits)));
  }

  /** A level that shares as many leading digits with the price as any does. */
  private anyNear(root: number, price: number): number {
    let ref = root;
    while (ref < 0) {
      const child = this.children[childOf(~ref, price)] as number;
      ref = child === 0 ? this.child(~ref, lowestBit(this.bitsOf(~ref))) : child;
    }
    return ref;
  }

  private lowestUnder(start: number): number {
    let ref = start;
    while (ref < 0) ref = this.child(~ref, lowestBit(this.bitsOf(~ref)));
    return ref;
  }

  private highestUnder(start: number): number {
    let ref = start;
    while (ref < 0) ref = this.child(~ref, highestBit(this.bitsOf(~ref)));
    return ref;
  }

  private bitsOf(node: number): number {
    return this.occupied[node >> SHIFT_BITS] as number;
  }

  private child(node: number, digit: number): number {
    return this.children[(node >> SHIFT_BITS) * WIDTH + digit] as number;
  }

  private setChild(at: number, digit: number, ref: number): void {
    this.children[at * WIDTH + digit] = ref;
    this.occupied[at] = (this.occupied[at] as number) | (1 << digit);
  }

  /** @returns it with its shift. */
  private newNode(shift: number): number {
    let at = this.freeNode;
    if (at !== 0) {
      this.freeNode = this.occupied[at] as number;
    } else {
      this.nodesEver += 1;
      at = this.nodesEver;
      if (at >= this.occupied.length) this.grow();
    }
    this.nodesInUse += 1;
    this.occupied[at] = 0;
    return (at << SHIFT_BITS) | shift;
  }

  /** Gives a node back whose children are all 0. @param price one that it held. */
  private release(node: number, ladder: number, price: number): void {
    const at = node >> SHIFT_BITS;
    if (isBottom(node)) this.recent.forget(ladder, price >>> DIGIT_BITS, at);
    this.occupied[at] = this.freeNode;
    this.freeNode = at;
    this.nodesInUse -= 1;
  }

  /** @throws RangeError if there would be more nodes than refs can tell apart. */
  private grow(): void {
    const before = this.occupied.length;
    const capacity = Math.ceil(before * (before < 4096 ? 2 : 1.25));
    if (capacity > MOST_NODES) throw new RangeError('More levels than there can be');
    const children = new Int32Array(capacity * WIDTH);
    const occupied = new Int32Array(capacity);
    children.set(this.children);
    occupied.set(this.occupied);
    this.children = children;
    this.occupied = occupied;
    this.recent.makeRoomFor(capacity);
  }
}

function isBottom(node: number): boolean {
  return (node & SHIFT) === 0;
}

/** Where the child of a node that leads to a price hangs. */
function childOf(node: number, price: number): number {
  return (node >> SHIFT_BITS) * WIDTH + digitOf(price, node & SHIFT);
}
