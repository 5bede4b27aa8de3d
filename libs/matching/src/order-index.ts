import type { OrderPool } from './order-pool';

const SMALLEST = 1024;
const GOLDEN = 0x9e3779b1;
/** Ids that differ in their last 4 bits only share a cache line: neighbours in time are neighbours here. */
const LINE_BITS = 4;

/**
 * Where each live order is: id → slot. Orders whose ids hash to the same place form a chain through their slots, one
 * or two long: there are at least as many places as orders. Cost: O(1), growing it O(orders).
 */
export class OrderIndex {
  /** By place: the slot of the chain's first order, 0 if there is none. */
  private heads = new Int32Array(0);
  /** By slot: the slot of the chain's next order, 0 at its end. */
  private chain = new Int32Array(0);
  private shift = 0;
  private size = 0;

  /** @param orders where the ids are; `grow` has to follow when it grows. */
  constructor(private readonly orders: OrderPool) {
    this.grow();
  }

  /** Orders in it. */
  get count(): number {
    return this.size;
  }

  get bytes(): number {
    return this.heads.byteLength + this.chain.byteLength;
  }

  /** The slot of a live order, or 0. */
  find(orderId: number): number {
    let slot = this.heads[this.placeOf(orderId)] as number;
    while (slot !== 0 && this.orders.orderId(slot) !== orderId) slot = this.chain[slot] as number;
    return slot;
  }

  /** Adds an order that is not there yet. */
  insert(orderId: number, slot: number): void {
    const place = this.placeOf(orderId);
    this.size += 1;
    this.chain[slot] = this.heads[place] as number;
    this.heads[place] = slot;
  }

  /** Takes the live order in a slot out. */
  remove(orderId: number, slot: number): void {
    const { heads, chain } = this;
    const place = this.placeOf(orderId);
    this.size -= 1;
    let at = heads[place] as number;
    if (at === slot) {
      heads[place] = chain[slot] as number;
      return;
    }
    while (chain[at] !== slot) at = chain[at] as number;
    chain[at] = chain[slot] as number;
  }

  private placeOf(orderId: number): number {
    const bits = orderId <= 0x7fffffff ? orderId : foldedTo32(orderId);
    const line = Math.imul(bits >>> LINE_BITS, GOLDEN) >>> this.shift;
    return (line << LINE_BITS) | (bits & ((1 << LINE_BITS) - 1));
  }

  /** Makes room for as many orders as the pool holds, in a power of two of places at least three quarters as many. */
  grow(): void {
    const { slots } = this.orders;
    const links = this.chain;
    this.chain = new Int32Array(slots);
    let places = Math.max(SMALLEST, this.heads.length);
    while (places < slots * 0.75) places *= 2;
    if (places === this.heads.length) {
      this.chain.set(links);
      return;
    }
    const old = this.heads;
    this.heads = new Int32Array(places);
    this.shift = Math.clz32(places - 1) + LINE_BITS;
    this.size = 0;
    for (const head of old) {
      for (let slot = head; slot !== 0; slot = links[slot] as number) {
        this.insert(this.orders.orderId(slot), slot);
      }
    }
  }
}

function foldedTo32(orderId: number): number {
  return orderId ^ Math.imul(orderId / 2 ** 32, GOLDEN);
}
