// 56 bytes: five numbers, then the links of the expiry queue and the free list.
const FLOATS = 7;
const INTS = 14;
const DISPLAY = 0;
const VISIBLE = 1;
const STOP_TICKS = 2;
const LIMIT_TICKS = 3;
const EXPIRES_AT = 4;
const NEXT = 10;
const PREV = 11;
const LEVEL = 12;

/** What icebergs, stops and orders that expire have beside the record in OrderPool. Entry 0 is never used. */
export class OrderExtras {
  private floats: Float64Array;
  private ints: Int32Array;
  private capacity = 256;
  private entriesEver = 0;
  private firstFree = 0;

  constructor() {
    const memory = new ArrayBuffer(this.capacity * INTS * 4);
    this.floats = new Float64Array(memory);
    this.ints = new Int32Array(memory);
  }

  get bytes(): number {
    return this.floats.byteLength;
  }

  add(displayLots: number, stopTicks: number, limitTicks: number, expiresAtMs: number): number {
    let entry = this.firstFree;
    if (entry !== 0) {
      this.firstFree = this.next(entry);
    } else {
      this.entriesEver += 1;
      entry = this.entriesEver;
      if (entry >= this.capacity) this.grow();
    }
    const at = entry * FLOATS;
    this.floats[at + DISPLAY] = displayLots;
    this.floats[at + VISIBLE] = 0;
    this.floats[at + STOP_TICKS] = stopTicks;
    this.floats[at + LIMIT_TICKS] = limitTicks;
    this.floats[at + EXPIRES_AT] = expiresAtMs;
    return entry;
  }

  release(entry: number): void {
    this.setNext(entry, this.firstFree);
    this.firstFree = entry;
  }

  /** Lots an iceberg shows at a time. */
  display(entry: number): number {
    return this.floats[entry * FLOATS + DISPLAY] as number;
  }
  /** What is left of an iceberg's slice. */
  visible(entry: number): number {
    return this.floats[entry * FLOATS + VISIBLE] as number;
  }
  setVisible(entry: number, lots: number): void {
    this.floats[entry * FLOATS + VISIBLE] = lots;
  }
  stopTicks(entry: number): number {
    return this.floats[entry * FLOATS + STOP_TICKS] as number;
  }
  /** The limit of a STOP_LIMIT that waits; 0 for a STOP. */
  limitTicks(entry: number): number {
    return this.floats[entry * FLOATS + LIMIT_TICKS] as number;
  }
  setLimitTicks(entry: number, ticks: number): void {
    this.floats[entry * FLOATS + LIMIT_TICKS] = ticks;
  }
  /** When the order ends, ms; 0 if it does not. */
  expiresAtMs(entry: number): number {
    return this.floats[entry * FLOATS + EXPIRES_AT] as number;
  }
  /** The order (slot) that expires after this one at the same time. */
  next(entry: number): number {
    return this.ints[entry * INTS + NEXT] as number;
  }
  setNext(entry: number, slot: number): void {
    this.ints[entry * INTS + NEXT] = slot;
  }
  prev(entry: number): number {
    return this.ints[entry * INTS + PREV] as number;
  }
  setPrev(entry: number, slot: number): void {
    this.ints[entry * INTS + PREV] = slot;
  }
  /** The expiries' level in which the order stands. */
  level(entry: number): number {
    return this.ints[entry * INTS + LEVEL] as number;
  }
  setLevel(entry: number, level: number): void {
    this.ints[entry * INTS + LEVEL] = level;
  }

  private grow(): void {
    this.capacity = Math.ceil(this.capacity * 1.5);
    const memory = new ArrayBuffer(this.capacity * INTS * 4);
    const ints = new Int32Array(memory);
    ints.set(this.ints);
    this.ints = ints;
    this.floats = new Float64Array(memory);
  }
}
