import * as layout from './layout';
import * as flagNames from './order-flags';

// Bound once: docs/decisions/0006.
const { ORDER_FLOATS: HOT_FLOATS, ORDER_INTS: HOT_INTS, COLD_FLOATS, COLD_INTS } = layout;
const { ORDER_ID, REMAINING, NEXT, PREV, LEVEL, OWNER_ID, TOTAL, FLAGS, EXTRAS } = layout;
const { EXTRAS_BIT, LEVEL_BITS } = layout;
const { HAS_EXTRAS, sideOf } = flagNames;

/** More live orders than this would not fit the arrays. */
export const MOST_ORDERS = 2 ** 26;

/**
 * All live orders of an engine as numbers in arrays, by slot; a slot is used again when its order has ended.
 * Slot 0 is never used: it stands for "none", and links of "none" may be written without asking.
 */
export class OrderPool {
  /** What matching touches, 32 bytes an order, as ints and as floats: see layout.ts. */
  ints: Int32Array;
  floats: Float64Array;
  /** What else is known of an order, 24 bytes, likewise. */
  coldInts: Int32Array;
  coldFloats: Float64Array;
  private capacity: number;
  /** Slots that were ever in use, the first free one, orders: plain-orders.ts keeps them too. */
  slotsEver = 0;
  firstFree = 0;
  inUse = 0;

  constructor(expectedOrders: number) {
    this.capacity = Math.max(1024, expectedOrders + 2);
    const memory = new ArrayBuffer(this.capacity * HOT_INTS * 4);
    this.ints = new Int32Array(memory);
    this.floats = new Float64Array(memory);
    const coldMemory = new ArrayBuffer(this.capacity * COLD_INTS * 4);
    this.coldInts = new Int32Array(coldMemory);
    this.coldFloats = new Float64Array(coldMemory);
  }

  /** Live orders. */
  get size(): number {
    return this.inUse;
  }

  /** Slots that were ever in use are 1 … this. */
  get highestSlot(): number {
    return this.slotsEver;
  }

  get bytes(): number {
    return this.ints.byteLength + this.coldInts.byteLength;
  }

  /** Slots that there is memory for: 0 … this − 1. */
  get slots(): number {
    return this.capacity;
  }

  /** Whether `grow` has to come before the next order. */
  get isFull(): boolean {
    return this.firstFree === 0 && this.slotsEver + 1 >= this.capacity;
  }

  /** Takes a free slot for an order. There has to be one. */
  add(
    orderId: number,
    ownerId: number,
    flags: number,
    totalLots: number,
    remainingLots: number,
  ): number {
    let slot = this.firstFree;
    if (slot !== 0) {
      this.firstFree = this.next(slot);
    } else {
      slot = this.slotsEver + 1;
      this.slotsEver = slot;
    }
    this.inUse += 1;
    const { floats, coldFloats } = this;
    floats[slot * HOT_FLOATS + ORDER_ID] = orderId;
    floats[slot * HOT_FLOATS + REMAINING] = remainingLots;
    this.coldInts[slot * COLD_INTS + FLAGS] = flags;
    coldFloats[slot * COLD_FLOATS + OWNER_ID] = ownerId;
    coldFloats[slot * COLD_FLOATS + TOTAL] = totalLots;
    return slot;
  }

  /** Gives a slot back. */
  release(slot: number): void {
    const { ints } = this;
    ints[slot * HOT_INTS + LEVEL] = 0;
    ints[slot * HOT_INTS + NEXT] = this.firstFree;
    this.firstFree = slot;
    this.inUse -= 1;
  }

  orderId(slot: number): number {
    return this.floats[slot * HOT_FLOATS + ORDER_ID] as number;
  }
  remaining(slot: number): number {
    return this.floats[slot * HOT_FLOATS + REMAINING] as number;
  }
  setRemaining(slot: number, lots: number): void {
    this.floats[slot * HOT_FLOATS + REMAINING] = lots;
  }
  next(slot: number): number {
    return this.ints[slot * HOT_INTS + NEXT] as number;
  }
  prev(slot: number): number {
    return this.ints[slot * HOT_INTS + PREV] as number;
  }
  /** The level in whose queue the order stands: of the book, or of the stops; 0 in a free slot. */
  level(slot: number): number {
    return (this.ints[slot * HOT_INTS + LEVEL] as number) & LEVEL_BITS;
  }
  /** Puts the order last in a level's queue, behind `prev` (0: none). */
  linkLast(slot: number, level: number, prev: number): void {
    const { ints } = this;
    const at = slot * HOT_INTS;
    const flags = this.flags(slot);
    ints[at + LEVEL] = level | sideOf(flags) | ((flags & HAS_EXTRAS) === 0 ? 0 : EXTRAS_BIT);
    ints[at + PREV] = prev;
    ints[at + NEXT] = 0;
    ints[prev * HOT_INTS + NEXT] = slot;
  }
  /** Joins the order's neighbours to each other. */
  unlink(slot: number): void {
    const { ints } = this;
    const next = ints[slot * HOT_INTS + NEXT] as number;
    const prev = ints[slot * HOT_INTS + PREV] as number;
    ints[prev * HOT_INTS + NEXT] = next;
    ints[next * HOT_INTS + PREV] = prev;
  }
  flags(slot: number): number {
    return this.coldInts[slot * COLD_INTS + FLAGS] as number;
  }
  setFlags(slot: number, flags: number): void {
    this.coldInts[slot * COLD_INTS + FLAGS] = flags;
  }
  ownerId(slot: number): number {
    return this.coldFloats[slot * COLD_FLOATS + OWNER_ID] as number;
  }
  /** The order's quantity, its filled part included. */
  total(slot: number): number {
    return this.coldFloats[slot * COLD_FLOATS + TOTAL] as number;
  }
  setTotal(slot: number, lots: number): void {
    this.coldFloats[slot * COLD_FLOATS + TOTAL] = lots;
  }
  /** Where the record goes on in OrderExtras, for an order with HAS_EXTRAS. */
  extras(slot: number): number {
    return this.coldInts[slot * COLD_INTS + EXTRAS] as number;
  }
  setExtras(slot: number, extras: number): void {
    this.coldInts[slot * COLD_INTS + EXTRAS] = extras;
  }

  /** Makes room for more. @throws RangeError if the memory can not be had; nothing has changed then. */
  grow(): void {
    const capacity = Math.ceil(this.capacity * (this.capacity < 65_536 ? 2 : 1.25));
    const memory = new ArrayBuffer(capacity * HOT_INTS * 4);
    const coldMemory = new ArrayBuffer(capacity * COLD_INTS * 4);
    const ints = new Int32Array(memory);
    const coldInts = new Int32Array(coldMemory);
    ints.set(this.ints);
    coldInts.set(this.coldInts);
    this.capacity = capacity;
    this.ints = ints;
    this.floats = new Float64Array(memory);
    this.coldInts = coldInts;
    this.coldFloats = new Float64Array(coldMemory);
  }
}
