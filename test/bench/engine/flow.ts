/** What a record of a flow asks for. */
export const Kind = { Limit: 0, Market: 1, Cancel: 2, Ioc: 3, Amend: 4 } as const;

/** The header's bytes, and those of each record. */
const HEADER_BYTES = 64;
const RECORD_BYTES = 16;
/** 32-bit words of a record: kind, side and symbol packed into the first; then order id, price, quantity. */
export const RECORD_WORDS = 4;

/** Of a record's first word. */
export const kindOf = (word: number): number => word & 255;
export const sideOf = (word: number): number => (word >>> 8) & 255;
export const symbolOf = (word: number): number => word >>> 16;

export interface FlowShape {
  seed: number;
  symbols: number;
  /** Records before the measured ones, and the number of live orders that the flow keeps up. */
  prefill: number;
  measured: number;
  /** Every price lies between these two. */
  minPrice: number;
  maxPrice: number;
}

/** A sequence of commands in memory, as it stands in its file (docs/engine-workload.md). */
export class Flow implements FlowShape {
  readonly seed: number;
  readonly symbols: number;
  readonly prefill: number;
  readonly measured: number;
  readonly highestId: number;
  readonly minPrice: number;
  readonly maxPrice: number;
  /** The records without the header: RECORD_WORDS each, prefill first. */
  readonly words: Int32Array;

  constructor(
    readonly name: string,
    readonly bytes: Uint8Array,
  ) {
    const header = new Uint32Array(bytes.buffer, bytes.byteOffset, HEADER_BYTES / 4);
    this.symbols = header[2] ?? 0;
    this.prefill = header[3] ?? 0;
    this.measured = header[4] ?? 0;
    this.highestId = header[5] ?? 0;
    this.seed = header[6] ?? 0;
    this.minPrice = header[7] ?? 0;
    this.maxPrice = header[8] ?? 0;
    const records = this.prefill + this.measured;
    if (bytes.length !== HEADER_BYTES + RECORD_BYTES * records) {
      throw new Error(`${name} is broken: ${bytes.length} bytes for ${records} records`);
    }
    this.words = new Int32Array(
      bytes.buffer,
      bytes.byteOffset + HEADER_BYTES,
      records * RECORD_WORDS,
    );
  }
}

/** Collects the records of a flow. */
export class FlowWriter {
  private readonly bytes: Uint8Array;
  private readonly words: Int32Array;
  private at = HEADER_BYTES / 4;

  constructor(private readonly shape: FlowShape) {
    const records = shape.prefill + shape.measured;
    this.bytes = new Uint8Array(HEADER_BYTES + RECORD_BYTES * records);
    this.words = new Int32Array(this.bytes.buffer);
  }

  /** Records so far. */
  get length(): number {
    return (this.at - HEADER_BYTES / 4) / RECORD_WORDS;
  }

  add(
    kind: number,
    side: number,
    symbol: number,
    id: number,
    price: number,
    quantity: number,
  ): void {
    this.words[this.at] = kind | (side << 8) | (symbol << 16);
    this.words[this.at + 1] = id;
    this.words[this.at + 2] = price;
    this.words[this.at + 3] = quantity;
    this.at += RECORD_WORDS;
  }

  /** @returns the file's bytes. */
  finish(highestId: number): Uint8Array {
    const { seed, symbols, prefill, measured, minPrice, maxPrice } = this.shape;
    if (this.length !== prefill + measured) throw new Error('the flow has not its length');
    this.bytes.set([0x4f, 0x42, 0x57, 0x31]); // OBW1
    const header = [1, symbols, prefill, measured, highestId, seed, minPrice, maxPrice, prefill];
    this.words.set(header, 1);
    return this.bytes;
  }
}
