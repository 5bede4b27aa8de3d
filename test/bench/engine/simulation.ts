import { BARE_EFFECT_WORDS, BareBook, BareEffect } from './bare-book';
import { type FlowShape, FlowWriter, Kind } from './flow';
import { Random } from '../../support/random';

/** Passive prices lie up to this many ticks behind the mid. */
const PASSIVE_SPAN = 400;
export const BUY = 0;
export const SELL = 1;

export interface SimulationShape extends FlowShape {
  startMid: number;
}

/**
 * The market a flow is drawn from: each command is written and applied to a book, so that the next one can depend
 * on what became of it. The order of the draws is part of a flow's definition (docs/engine-workload.md).
 */
export class Simulation {
  readonly random: Random;
  readonly book: BareBook;
  /** By symbol: the resting orders' ids. A removed one's place is taken by the last. */
  readonly live: number[][];
  readonly mid: number[];
  readonly writer: FlowWriter;
  lastId = 0;
  private readonly placeInLive: Int32Array;

  constructor(readonly shape: SimulationShape) {
    const highestId = shape.prefill + shape.measured;
    this.random = new Random(shape.seed);
    this.book = new BareBook({ ...shape, highestId, orders: shape.prefill * 2 });
    this.live = Array.from({ length: shape.symbols }, () => []);
    this.mid = Array.from({ length: shape.symbols }, () => shape.startMid);
    this.writer = new FlowWriter(shape);
    this.placeInLive = new Int32Array(highestId + 1);
  }

  /** With one chance in 64 the mid moves by a tick, unless that leads out of its range. */
  drift(symbol: number, lowest: number, highest: number): void {
    if (this.random.below(64) !== 0) return;
    const mid = this.mid[symbol]! + (this.random.below(2) === 1 ? 1 : -1);
    if (mid >= lowest && mid <= highest) this.mid[symbol] = mid;
  }

  /** A limit order behind the mid that crosses nothing; small distances are the likely ones. */
  passiveAdd(symbol: number): void {
    const side = this.random.below(2);
    const quantity = 1 + this.random.below(100);
    this.limit(symbol, side, this.passivePrice(symbol, side), quantity);
  }

  passivePrice(symbol: number, side: number): number {
    const a = this.random.below(65_536);
    const b = this.random.below(65_536);
    const distance = Math.floor((a * b * PASSIVE_SPAN) / 2 ** 32);
    const mid = this.mid[symbol]!;
    if (side === BUY) {
      const ask = this.book.bestAsk(symbol);
      const price = mid - 1 - distance;
      return ask === 0 ? price : Math.min(price, ask - 1);
    }
    return Math.max(mid + 1 + distance, this.book.bestBid(symbol) + 1);
  }

  /** @returns a live order of the symbol, which must have one. */
  anyLive(symbol: number): number {
    const live = this.live[symbol]!;
    return live[this.random.below(live.length)]!;
  }

  limit(symbol: number, side: number, price: number, quantity: number): void {
    const id = ++this.lastId;
    this.writer.add(Kind.Limit, side, symbol, id, price, quantity);
    this.book.limit(symbol, side, id, price, quantity);
    this.follow(symbol);
  }

  immediate(symbol: number, side: number, price: number, quantity: number): void {
    const id = ++this.lastId;
    this.writer.add(Kind.Ioc, side, symbol, id, price, quantity);
    this.book.immediate(symbol, side, id, price, quantity);
    this.follow(symbol);
  }

  market(symbol: number, side: number, quantity: number): void {
    const id = ++this.lastId;
    this.writer.add(Kind.Market, side, symbol, id, 0, quantity);
    this.book.market(symbol, side, id, quantity);
    this.follow(symbol);
  }

  cancel(symbol: number, id: number): void {
    this.writer.add(Kind.Cancel, 0, symbol, id, 0, 0);
    this.book.cancel(symbol, id);
    this.book.end = 0;
    this.forget(symbol, id);
  }

  /** Must neither cross nor end the order. */
  amend(symbol: number, id: number, price: number, total: number): void {
    this.writer.add(Kind.Amend, 0, symbol, id, price, total);
    this.book.amend(symbol, id, price, total);
    this.book.end = 0;
  }

  finish(): Uint8Array {
    return this.writer.finish(this.lastId);
  }

  /** Filled makers leave `live` in the order of the fills, then what rests joins it. */
  private follow(symbol: number): void {
    const { effects, end } = this.book;
    for (let at = 0; at < end;) {
      const kind = effects[at]!;
      if (kind === BareEffect.Trade && effects[at + 5] === 0) this.forget(symbol, effects[at + 2]!);
      if (kind === BareEffect.Rested) {
        const live = this.live[symbol]!;
        this.placeInLive[effects[at + 1]!] = live.length;
        live.push(effects[at + 1]!);
      }
      at += BARE_EFFECT_WORDS[kind]!;
    }
    this.book.end = 0;
  }

  private forget(symbol: number, id: number): void {
    const live = this.live[symbol]!;
    const place = this.placeInLive[id]!;
    const last = live.pop()!;
    if (last === id) return;
    live[place] = last;
    this.placeInLive[last] = place;
  }
}
