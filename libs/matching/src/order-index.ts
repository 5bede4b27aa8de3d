import type { OrderPool } from './order-pool';

// Two integers an entry: the order's slot (0: empty) and a 32-bit tag of its id.
const ENTRY = 2;
const TAG = 1;
const SMALLEST = 1024;
const GOLDEN = 0x9e3779b1;
/** Ids that differ in their last 3 bits only share a cache line: neighbours in time are neighbours here. */
const LINE_BITS = 3;

/**
 * Where each live order is: id → slot, by open addressing with the Robin Hood rule (who is further from home stays),
 * so a search ends early and a removal closes its gap at once. It never becomes more than three quarters full.
 */
export class OrderIndex {
  private entries = new Int32Array(0);
  private mask = 0;
  private shift = 0;
  private size = 0;
  /** Where the order that was found last stands, or stood: it is often the next to be removed. */
  private foundAt = 0;

  /** @param orders where the ids are. */
  constructor(
    private readonly orders: OrderPool,
    expectedOrders: number,
  ) {
    let capacity = SMALLEST;
    while (capacity * 0.75 < expectedOrders) capacity *= 2;
    this.allocate(capacity);
  }

  /** Orders in it. */
  get count(): number {
    return this.size;
  }

  get bytes(): number {
    return this.entries.byteLength;
  }

  /** The slot of a live order, or 0. */
  find(orderId: number): number {
    const at = this.positionOf(orderId);
    if (at < 0) return 0;
    this.foundAt = at;
    return this.entries[at * ENTRY] as number;
  }

  /** Adds an order that is not there yet. */
  insert(orderId: number, slot: number): void {
    if (this.size >= (this.mask + 1) * 0.75) this.grow();
    this.size += 1;
    this.add(tagOf(orderId), slot);
  }

  /** Takes the live order in a slot out. */
  remove(orderId: number, slot: number): void {
    let hole = this.foundAt;
    if (this.entries[hole * ENTRY] !== slot) hole = this.positionOf(orderId);
    this.size -= 1;
    const { entries, mask } = this;
    for (;;) {
      const next = (hole + 1) & mask;
      const moving = entries[next * ENTRY] as number;
      if (moving === 0) break;
      const tag = entries[next * ENTRY + TAG] as number;
      if (this.home(tag) === next) break;
      entries[hole * ENTRY] = moving;
      entries[hole * ENTRY + TAG] = tag;
      hole = next;
    }
    entries[hole * ENTRY] = 0;
  }

  private positionOf(orderId: number): number {
    const tag = tagOf(orderId);
    const entries = this.entries;
    const mask = this.mask;
    let at = this.home(tag);
    for (let distance = 0; ; distance += 1) {
      const slot = entries[at * ENTRY] as number;
      if (slot === 0) return -1;
      const found = entries[at * ENTRY + TAG] as number;
      if (found === tag) {
        if (this.orders.orderId(slot) === orderId) return at;
      } else if (((at - this.home(found)) & mask) < distance) return -1;
      at = (at + 1) & mask;
    }
  }

  private add(newTag: number, newSlot: number): void {
    const entries = this.entries;
    const mask = this.mask;
    let tag = newTag;
    let slot = newSlot;
    let at = this.home(tag);
    let distance = 0;
    for (;;) {
      const resident = entries[at * ENTRY] as number;
      if (resident === 0) break;
      const residentTag = entries[at * ENTRY + TAG] as number;
      const residentDistance = (at - this.home(residentTag)) & mask;
      if (residentDistance < distance) {
        entries[at * ENTRY] = slot;
        entries[at * ENTRY + TAG] = tag;
        slot = resident;
        tag = residentTag;
        distance = residentDistance;
      }
      at = (at + 1) & mask;
      distance += 1;
    }
    entries[at * ENTRY] = slot;
    entries[at * ENTRY + TAG] = tag;
  }

  private home(tag: number): number {
    const line = Math.imul(tag >>> LINE_BITS, GOLDEN) >>> this.shift;
    return (line << LINE_BITS) | (tag & ((1 << LINE_BITS) - 1));
  }

  private allocate(capacity: number): void {
    this.entries = new Int32Array(capacity * ENTRY);
    this.foundAt = 0;
    this.mask = capacity - 1;
    this.shift = Math.clz32(capacity - 1) + LINE_BITS;
  }

  private grow(): void {
    const old = this.entries;
    this.allocate((this.mask + 1) * 2);
    for (let at = 0; at < old.length; at += ENTRY) {
      const slot = old[at] as number;
      if (slot !== 0) this.add(old[at + TAG] as number, slot);
    }
  }
}

function tagOf(orderId: number): number {
  if (orderId <= 0x7fffffff) return orderId;
  return orderId ^ Math.imul(orderId / 4294967296, GOLDEN);
}
