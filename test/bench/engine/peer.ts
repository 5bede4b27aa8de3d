import { OrderBook, Side } from 'nodejs-order-book';
import { type Flow, Kind, kindOf, RECORD_WORDS, sideOf, symbolOf } from './flow';

/** What its answers tell: fills and traded quantity. */
export interface PeerTotals {
  trades: number;
  tradedQuantity: number;
}

/**
 * nodejs-order-book 10.1.1 through its public methods: a book for each symbol, string ids as it wants them.
 * Its answer to a limit order lists the makers that it filled, and the taker too once that is filled; its answer to a
 * market order the makers alone. So fills can be counted, though not in detail.
 */
export class Peer {
  private readonly books: OrderBook[];

  constructor(symbols: number) {
    this.books = Array.from({ length: symbols }, () => new OrderBook());
  }

  feed(flow: Flow, from: number, to: number): PeerTotals {
    const totals = { trades: 0, tradedQuantity: 0 };
    const { words } = flow;
    for (let at = from * RECORD_WORDS; at < to * RECORD_WORDS; at += RECORD_WORDS) {
      const head = words[at]!;
      const book = this.books[symbolOf(head)]!;
      const id = String(words[at + 1]!);
      const side = sideOf(head) === 0 ? Side.BUY : Side.SELL;
      const kind = kindOf(head);
      if (kind === Kind.Cancel) {
        if (book.cancel(id) === undefined) throw new Error(`the peer does not know order ${id}`);
        continue;
      }
      const size = words[at + 3]!;
      const answer =
        kind === Kind.Limit
          ? book.limit({ id, side, size, price: words[at + 2]! })
          : book.market({ side, size });
      if (answer.err !== null)
        throw new Error(`the peer refused order ${id}: ${answer.err.message}`);
      count(totals, answer, id, size);
    }
    return totals;
  }

  /** Resting quantity of all books. */
  resting(): { bidQuantity: number; askQuantity: number } {
    const sum = (levels: readonly (readonly [number, number])[]): number =>
      levels.reduce((total, [, quantity]) => total + quantity, 0);
    const depths = this.books.map((book) => book.depth());
    return {
      bidQuantity: depths.reduce((total, [, bids]) => total + sum(bids), 0),
      askQuantity: depths.reduce((total, [asks]) => total + sum(asks), 0),
    };
  }
}

function count(
  totals: PeerTotals,
  answer: ReturnType<OrderBook['limit']>,
  id: string,
  size: number,
): void {
  const { done, partial } = answer;
  const takerIsDone = done.length > 0 && done[done.length - 1]!.id === id;
  totals.trades += takerIsDone ? done.length - 1 : done.length;
  if (partial !== null && partial.id !== id) totals.trades += 1;
  const takerRests = partial !== null && partial.id === id;
  if (done.length > 0 || partial !== null) {
    totals.tradedQuantity += takerRests
      ? size - partial.size
      : size - (takerIsDone ? 0 : answer.quantityLeft);
  }
}
