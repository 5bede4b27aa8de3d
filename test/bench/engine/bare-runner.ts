import { BARE_EFFECT_WORDS, BareBook, BareEffect } from './bare-book';
import { type Flow, Kind, kindOf, RECORD_WORDS, sideOf, symbolOf } from './flow';
import { HASH_START, mix, type Resting, restingTotals, type Totals } from './totals';

/** Commands between two drains. */
export const DRAIN_EVERY = 1000;

export function bareBookFor(flow: Flow): BareBook {
  return new BareBook({ ...flow, orders: flow.prefill + (flow.prefill >> 3) + 1024 });
}

/** Feeds records [from, to) and throws the effects away now and then. */
export function feedBare(book: BareBook, words: Int32Array, from: number, to: number): void {
  for (let start = from; start < to; start += DRAIN_EVERY) {
    applyBare(book, words, start, Math.min(start + DRAIN_EVERY, to));
    book.end = 0;
  }
}

/** Replays a flow, or its first records, and hashes every trade. */
export function verifyBare(flow: Flow, records = flow.prefill + flow.measured): Totals {
  const book = bareBookFor(flow);
  let trades = 0;
  let tradedQuantity = 0;
  let hash = HASH_START;
  for (let start = 0; start < records; start += DRAIN_EVERY) {
    applyBare(book, flow.words, start, Math.min(start + DRAIN_EVERY, records));
    const { effects, end } = book;
    for (let at = 0; at < end; at += BARE_EFFECT_WORDS[effects[at]!]!) {
      if (effects[at] !== BareEffect.Trade) continue;
      trades += 1;
      tradedQuantity += effects[at + 4]!;
      for (let field = 1; field <= 4; field += 1) hash = mix(hash, effects[at + field]!);
    }
    book.end = 0;
  }
  return { trades, tradedQuantity, tradesHash: hash >>> 0, ...restingInBare(book, flow) };
}

export function restingInBare(book: BareBook, flow: Flow): Resting {
  return restingTotals(flow.symbols, (symbol, side, visit) => book.orders(symbol, side, visit));
}

/** Applies records [from, to). */
export function applyBare(book: BareBook, words: Int32Array, from: number, to: number): void {
  for (let at = from * RECORD_WORDS; at < to * RECORD_WORDS; at += RECORD_WORDS) {
    const head = words[at]!;
    const id = words[at + 1]!;
    const symbol = symbolOf(head);
    switch (kindOf(head)) {
      case Kind.Limit:
        book.limit(symbol, sideOf(head), id, words[at + 2]!, words[at + 3]!);
        break;
      case Kind.Cancel:
        book.cancel(symbol, id);
        break;
      case Kind.Market:
        book.market(symbol, sideOf(head), id, words[at + 3]!);
        break;
      case Kind.Ioc:
        book.immediate(symbol, sideOf(head), id, words[at + 2]!, words[at + 3]!);
        break;
      default:
        book.amend(symbol, id, words[at + 2]!, words[at + 3]!);
    }
  }
}
