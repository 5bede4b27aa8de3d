import { NONE_ABOVE as NO_ASK, TickBitmap } from './tick-bitmap';

// A record of an order: eight 32-bit integers.
const NEXT = 0;
const PREVIOUS = 1;
const QUANTITY = 2;
const LEVEL = 3;
const ID = 4;
const SIDE = 5;
const TOTAL = 6;
const RECORD_BITS = 3;

/** What the book writes into its sink. */
export const BareEffect = { Trade: 0, Rested: 1, Cancelled: 2, Amended: 3 } as const;
/** Words each of them takes, by kind. */
export const BARE_EFFECT_WORDS = [6, 4, 3, 4] as const;
const LONGEST_EFFECT = 6;

export interface BareBookSize {
  symbols: number;
  minPrice: number;
  maxPrice: number;
  highestId: number;
  /** Live orders at a time; more than these make the pool grow. */
  orders: number;
}

/**
 * The ceiling the engine is held against: price-time matching for several symbols with nothing around it. Pooled records,
 * a table from order id to record, and for each symbol one slot for each price between the two bounds under a
 * bitmap, both sides in one ladder. It checks nothing, knows neither owners nor types, keeps no sums by level, and can
 * hold neither another price nor another id than those it was sized for.
 */
export class BareBook {
  /** TRADE taker, maker, price, quantity, left of the maker · RESTED id, price, quantity · CANCELLED id, quantity · AMENDED id, price, quantity. */
  effects = new Int32Array(1 << 18);
  end = 0;

  private readonly minPrice: number;
  /** Slots a symbol has in the ladder, a multiple of 32. */
  private readonly range: number;
  private records: Int32Array;
  private free = 0;
  private fresh = 1;
  private readonly recordOf: Int32Array;
  /** First and last record of each level. */
  private readonly levels: Int32Array;
  private readonly occupied: TickBitmap;
  /** Best levels by symbol, relative to the symbol's first slot. */
  private readonly bids: Int32Array;
  private readonly asks: Int32Array;

  constructor(size: BareBookSize) {
    this.minPrice = size.minPrice;
    this.range = (size.maxPrice - size.minPrice + 32) & ~31;
    this.occupied = new TickBitmap(size.symbols, this.range);
    this.levels = new Int32Array(size.symbols * this.range * 2);
    this.bids = new Int32Array(size.symbols).fill(-1);
    this.asks = new Int32Array(size.symbols).fill(NO_ASK);
    this.records = new Int32Array((size.orders + 1) << RECORD_BITS);
    this.recordOf = new Int32Array(size.highestId + 1);
  }

  /** A limit order; what is left of it rests. */
  limit(symbol: number, side: number, id: number, price: number, quantity: number): void {
    const tick = price - this.minPrice;
    const left =
      side === 0
        ? this.takeAsks(symbol, id, tick, quantity)
        : this.takeBids(symbol, id, tick, quantity);
    if (left > 0) this.rest(symbol, side, id, tick, left, quantity);
  }

  /** Trades what it can down or up to the price; the rest is gone. */
  immediate(symbol: number, side: number, id: number, price: number, quantity: number): void {
    const tick = price - this.minPrice;
    const left =
      side === 0
        ? this.takeAsks(symbol, id, tick, quantity)
        : this.takeBids(symbol, id, tick, quantity);
    if (left > 0) this.writeCancelled(id, left);
  }

  market(symbol: number, side: number, id: number, quantity: number): void {
    const left =
      side === 0
        ? this.takeAsks(symbol, id, NO_ASK - 1, quantity)
        : this.takeBids(symbol, id, 0, quantity);
    if (left > 0) this.writeCancelled(id, left);
  }

  cancel(symbol: number, id: number): void {
    const record = this.recordOf[id]!;
    const left = this.records[(record << RECORD_BITS) + QUANTITY]!;
    this.remove(symbol, id, record);
    this.writeCancelled(id, left);
  }

  /** Price 0 and total 0 keep what they stand for; a smaller total at the same price keeps the place. */
  amend(symbol: number, id: number, price: number, total: number): void {
    const record = this.recordOf[id]!;
    const at = record << RECORD_BITS;
    const { records } = this;
    const oldTick = records[at + LEVEL]! - symbol * this.range;
    const tick = price === 0 ? oldTick : price - this.minPrice;
    const side = records[at + SIDE]!;
    const newTotal = total === 0 ? records[at + TOTAL]! : total;
    const left = records[at + QUANTITY]! + newTotal - records[at + TOTAL]!;
    if (left <= 0) {
      this.cancel(symbol, id);
      return;
    }
    this.writeAmended(id, tick, left);
    if (tick === oldTick && newTotal <= records[at + TOTAL]!) {
      records[at + QUANTITY] = left;
      records[at + TOTAL] = newTotal;
      return;
    }
    this.remove(symbol, id, record);
    const rest =
      side === 0 ? this.takeAsks(symbol, id, tick, left) : this.takeBids(symbol, id, tick, left);
    if (rest > 0) this.rest(symbol, side, id, tick, rest, newTotal);
  }

  /** @returns 0 if there is none. */
  bestBid(symbol: number): number {
    const tick = this.bids[symbol]!;
    return tick < 0 ? 0 : tick + this.minPrice;
  }

  /** @returns 0 if there is none. */
  bestAsk(symbol: number): number {
    const tick = this.asks[symbol]!;
    return tick === NO_ASK ? 0 : tick + this.minPrice;
  }

  /** Visits a side's levels, best first, each with the sum of its quantities, until `visit` returns false. */
  depth(
    symbol: number,
    side: number,
    visit: (price: number, quantity: number) => boolean | void,
  ): void {
    let tick = side === 0 ? this.bids[symbol]! : this.asks[symbol]!;
    while (tick >= 0 && tick !== NO_ASK) {
      let quantity = 0;
      let record = this.levels[(symbol * this.range + tick) * 2]!;
      for (; record !== 0; record = this.records[(record << RECORD_BITS) + NEXT]!) {
        quantity += this.records[(record << RECORD_BITS) + QUANTITY]!;
      }
      if (visit(tick + this.minPrice, quantity) === false) return;
      tick = side === 0 ? this.occupied.below(symbol, tick) : this.occupied.above(symbol, tick);
    }
  }

  /** Visits a side's orders, best first and in time order within a level. */
  orders(
    symbol: number,
    side: number,
    visit: (id: number, price: number, quantity: number) => void,
  ): void {
    this.depth(symbol, side, (price) => {
      let record = this.levels[(symbol * this.range + price - this.minPrice) * 2]!;
      while (record !== 0) {
        const at = record << RECORD_BITS;
        visit(this.records[at + ID]!, price, this.records[at + QUANTITY]!);
        record = this.records[at + NEXT]!;
      }
    });
  }

  /** What is left of a live order. */
  remaining(id: number): number {
    return this.records[(this.recordOf[id]! << RECORD_BITS) + QUANTITY]!;
  }

  /** The quantity of a live order, the filled part included. */
  total(id: number): number {
    return this.records[(this.recordOf[id]! << RECORD_BITS) + TOTAL]!;
  }

  side(id: number): number {
    return this.records[(this.recordOf[id]! << RECORD_BITS) + SIDE]!;
  }

  private takeAsks(symbol: number, taker: number, limit: number, quantity: number): number {
    let tick = this.asks[symbol]!;
    if (tick > limit) return quantity;
    let left = quantity;
    while (left > 0 && tick <= limit) {
      const level = symbol * this.range + tick;
      left = this.takeLevel(level, taker, tick, left);
      if (this.levels[level * 2] === 0) {
        this.occupied.clear(symbol, tick);
        tick = this.occupied.above(symbol, tick);
      }
    }
    this.asks[symbol] = tick;
    return left;
  }

  private takeBids(symbol: number, taker: number, limit: number, quantity: number): number {
    let tick = this.bids[symbol]!;
    if (tick < limit) return quantity;
    let left = quantity;
    while (left > 0 && tick >= limit) {
      const level = symbol * this.range + tick;
      left = this.takeLevel(level, taker, tick, left);
      if (this.levels[level * 2] === 0) {
        this.occupied.clear(symbol, tick);
        tick = this.occupied.below(symbol, tick);
      }
    }
    this.bids[symbol] = tick;
    return left;
  }

  private takeLevel(level: number, taker: number, tick: number, quantity: number): number {
    const { records } = this;
    let left = quantity;
    let record = this.levels[level * 2]!;
    do {
      const at = record << RECORD_BITS;
      const available = records[at + QUANTITY]!;
      const maker = records[at + ID]!;
      if (available > left) {
        records[at + QUANTITY] = available - left;
        this.writeTrade(taker, maker, tick, left, available - left);
        left = 0;
        break;
      }
      left -= available;
      this.writeTrade(taker, maker, tick, available, 0);
      const next = records[at + NEXT]!;
      records[at + NEXT] = this.free;
      this.free = record;
      record = next;
    } while (record !== 0 && left > 0);
    this.levels[level * 2] = record;
    if (record === 0) this.levels[level * 2 + 1] = 0;
    else records[(record << RECORD_BITS) + PREVIOUS] = 0;
    return left;
  }

  private rest(
    symbol: number,
    side: number,
    id: number,
    tick: number,
    quantity: number,
    total: number,
  ): void {
    let record = this.free;
    if (record === 0) record = this.freshRecord();
    const { records, levels } = this;
    const at = record << RECORD_BITS;
    if (this.free !== 0) this.free = records[at + NEXT]!;
    const level = symbol * this.range + tick;
    const last = levels[level * 2 + 1]!;
    records[at + NEXT] = 0;
    records[at + PREVIOUS] = last;
    records[at + QUANTITY] = quantity;
    records[at + LEVEL] = level;
    records[at + ID] = id;
    records[at + SIDE] = side;
    records[at + TOTAL] = total;
    levels[level * 2 + 1] = record;
    this.recordOf[id] = record;
    if (last !== 0) {
      records[(last << RECORD_BITS) + NEXT] = record;
    } else {
      levels[level * 2] = record;
      this.occupied.set(symbol, tick);
      if (side === 0) {
        if (tick > this.bids[symbol]!) this.bids[symbol] = tick;
      } else if (tick < this.asks[symbol]!) this.asks[symbol] = tick;
    }
    const at2 = this.room();
    const { effects } = this;
    effects[at2] = BareEffect.Rested;
    effects[at2 + 1] = id;
    effects[at2 + 2] = tick + this.minPrice;
    effects[at2 + 3] = quantity;
    this.end = at2 + 4;
  }

  private remove(symbol: number, id: number, record: number): void {
    const { records, levels } = this;
    const at = record << RECORD_BITS;
    const next = records[at + NEXT]!;
    const previous = records[at + PREVIOUS]!;
    const level = records[at + LEVEL]!;
    if (next === 0) levels[level * 2 + 1] = previous;
    else records[(next << RECORD_BITS) + PREVIOUS] = previous;
    if (previous === 0) levels[level * 2] = next;
    else records[(previous << RECORD_BITS) + NEXT] = next;
    records[at + NEXT] = this.free;
    this.free = record;
    if ((next | previous) !== 0) return;
    const tick = level - symbol * this.range;
    this.occupied.clear(symbol, tick);
    if (tick === this.bids[symbol]) this.bids[symbol] = this.occupied.below(symbol, tick);
    else if (tick === this.asks[symbol]) this.asks[symbol] = this.occupied.above(symbol, tick);
  }

  private freshRecord(): number {
    if (this.fresh << RECORD_BITS >= this.records.length) {
      const grown = new Int32Array(this.records.length * 2);
      grown.set(this.records);
      this.records = grown;
    }
    return this.fresh++;
  }

  private writeTrade(
    taker: number,
    maker: number,
    tick: number,
    quantity: number,
    makerLeft: number,
  ): void {
    const at = this.room();
    const { effects } = this;
    effects[at] = BareEffect.Trade;
    effects[at + 1] = taker;
    effects[at + 2] = maker;
    effects[at + 3] = tick + this.minPrice;
    effects[at + 4] = quantity;
    effects[at + 5] = makerLeft;
    this.end = at + 6;
  }

  private writeCancelled(id: number, quantity: number): void {
    const at = this.room();
    const { effects } = this;
    effects[at] = BareEffect.Cancelled;
    effects[at + 1] = id;
    effects[at + 2] = quantity;
    this.end = at + 3;
  }

  private writeAmended(id: number, tick: number, quantity: number): void {
    const at = this.room();
    const { effects } = this;
    effects[at] = BareEffect.Amended;
    effects[at + 1] = id;
    effects[at + 2] = tick + this.minPrice;
    effects[at + 3] = quantity;
    this.end = at + 4;
  }

  private room(): number {
    if (this.end + LONGEST_EFFECT > this.effects.length) {
      const grown = new Int32Array(this.effects.length * 2);
      grown.set(this.effects);
      this.effects = grown;
    }
    return this.end;
  }
}
