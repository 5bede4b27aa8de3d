import * as layout from './layout';
import type { OrderPool } from './order-pool';

// Bound once: docs/decisions/0006.
const { CHAIN, ORDER_FLOATS, ORDER_ID, ORDER_INTS } = layout;

const SMALLEST = 1024;
const GOLDEN = 0x9e3779b1;
/** Ids that differ in their last 4 bits only share a cache line: neighbours in time are neighbours here. */
const LINE_BITS = 4;

/**
 * Where each live order is: id → slot. Orders whose ids hash to the same place form a chain through their records, one
 * or two long: there are at least as many places as orders. Cost: O(1), growing it O(orders).
 */
export class OrderIndex {
  /** By place: the slot of the chain's first order, 0 if there is none. */
  heads = new Int32Array(0);
  private shift = 0;

  /** @param orders where the ids are; `grow` has to follow when it grows. */
  constructor(private readonly orders: OrderPool) {
    this.grow();
  }

  /** Orders in it. Cost: O(places). */
  count(): number {
    let orders = 0;
    for (const head of this.heads) {
      for (let slot = head; slot !== 0; slot = this.after(slot)) orders += 1;
    }
    return orders;
  }

  get bytes(): number {
    return this.heads.byteLength;
  }

  /** The slot of a live order, or 0. */
  find(orderId: number): number {
    const { ints, floats } = this.orders;
    let slot = this.heads[this.placeOf(orderId)] as number;
    while (slot !== 0 && floats[slot * ORDER_FLOATS + ORDER_ID] !== orderId) {
      slot = ints[slot * ORDER_INTS + CHAIN] as number;
    }
    return slot;
  }

  /** Adds an order that is not there yet. */
  insert(orderId: number, slot: number): void {
    const place = this.placeOf(orderId);
    this.orders.ints[slot * ORDER_INTS + CHAIN] = this.heads[place] as number;
    this.heads[place] = slot;
  }

  /** Takes the live order in a slot out. */
  remove(orderId: number, slot: number): void {
    const { heads } = this;
    const { ints } = this.orders;
    const place = this.placeOf(orderId);
    const next = ints[slot * ORDER_INTS + CHAIN] as number;
    let at = heads[place] as number;
    if (at === slot) {
      heads[place] = next;
      return;
    }
    while (ints[at * ORDER_INTS + CHAIN] !== slot) at = ints[at * ORDER_INTS + CHAIN] as number;
    ints[at * ORDER_INTS + CHAIN] = next;
  }

  private after(slot: number): number {
    return this.orders.ints[slot * ORDER_INTS + CHAIN] as number;
  }

  /** Where the chain of an id begins. */
  placeOf(orderId: number): number {
    const bits = orderId <= 0x7fffffff ? orderId : foldedTo32(orderId);
    const line = Math.imul(bits >>> LINE_BITS, GOLDEN) >>> this.shift;
    return (line << LINE_BITS) | (bits & ((1 << LINE_BITS) - 1));
  }

  /** Makes room for as many orders as the pool holds, in a power of two of places at least three quarters as many. */
  grow(): void {
    const { orders } = this;
    let places = Math.max(SMALLEST, this.heads.length);
    while (places < orders.slots * 0.75) places *= 2;
    if (places === this.heads.length) return;
    const old = this.heads;
    this.heads = new Int32Array(places);
    this.shift = Math.clz32(places - 1) + LINE_BITS;
    for (const head of old) {
      let next = 0;
      for (let slot = head; slot !== 0; slot = next) {
        next = this.after(slot);
        this.insert(orders.orderId(slot), slot);
      }
    }
  }
}

function foldedTo32(orderId: number): number {
  return orderId ^ Math.imul(orderId / 2 ** 32, GOLDEN);
}
