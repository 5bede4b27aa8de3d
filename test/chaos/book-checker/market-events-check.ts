import type { LogMessage } from '../topic';
import type { BookSource } from './book-source';
import { countOf } from './decimals';
import { compareRows, show } from './row-comparison';
import type { OrderRow, StoredBooks, TradeRow, Units } from './stored-rows';

interface Update {
  item: string;
  prev_seq: number;
  seq: number;
  state: string;
  trades: {
    trade_id: number;
    sequence: number;
    price: string;
    quantity: string;
    taker_side: string;
    maker_order_id: number;
    taker_order_id: number;
    executed_at: string;
  }[];
  levels: { side: string; price: string; quantity: string; orders: number }[];
  orders: {
    id: number;
    user_id: number;
    status: string | null;
    reason: string | null;
    filled_quantity: string;
  }[];
}

interface Level {
  side: string;
  priceTicks: number;
  lots: number;
  orders: number;
}

interface Told {
  id: number;
  userId: number;
  status: string;
  reason: string | null;
  filledLots: number;
}

type ToldTrade = Omit<TradeRow, 'makerUserId' | 'takerUserId'>;

const DEFAULT_UNITS: Units = { tick: '0.01', lot: '0.0001' };

/** A public book that somebody was shown. */
export interface SeenBook {
  item: string;
  sequence: number;
  bids: SeenLevel[];
  asks: SeenLevel[];
}

interface SeenLevel {
  price: string;
  quantity: string;
  orders: number;
}

/**
 * @param seen books that were shown while it all happened.
 * @returns what `market.events` tells otherwise than the tables: a reader that follows them must end where they are,
 *   and must have seen each book that was shown.
 */
export async function checkMarketEvents(
  source: BookSource,
  stored: StoredBooks,
  seen: readonly SeenBook[],
): Promise<string[]> {
  const faults: string[] = [];
  const readers = new Map<string, MarketReader>();
  for (const value of firstOnly(await source.marketEvents())) {
    const update = value as unknown as Update;
    const { item } = update;
    const reader = readers.get(item) ?? new MarketReader(item, stored.units.get(item), seen);
    readers.set(item, reader);
    reader.follow(update);
  }
  for (const { item, sequence } of seen) {
    if (sequence > 0 && !readers.has(item)) faults.push(`a book of ${item} was shown`);
  }
  const moved = [...stored.books.values()].filter(({ sequence }) => sequence > 0);
  for (const { item } of moved) {
    if (!readers.has(item)) faults.push(`market.events say nothing of ${item}`);
  }
  for (const reader of readers.values()) faults.push(...reader.compare(stored));
  return faults;
}

/** Deliveries that come again carry the same stamp. */
function firstOnly(messages: readonly LogMessage[]): Record<string, unknown>[] {
  const seen = new Set<unknown>();
  return messages.flatMap(({ value }) => {
    if (seen.has(value.sequence)) return [];
    seen.add(value.sequence);
    return [value];
  });
}

/** Follows the updates of one market, as a client would. */
class MarketReader {
  private readonly faults: string[] = [];
  private readonly levels = new Map<string, Level>();
  private readonly trades: ToldTrade[] = [];
  private readonly orders = new Map<number, Told>();
  private readonly units: Units;
  /** By sequence. */
  private readonly seen = new Map<number, SeenBook[]>();
  private seq = 0;
  private state = 'TRADING';

  constructor(
    private readonly item: string,
    units: Units | undefined,
    seen: readonly SeenBook[],
  ) {
    this.units = units ?? DEFAULT_UNITS;
    for (const book of seen) {
      if (book.item === item)
        this.seen.set(book.sequence, [...(this.seen.get(book.sequence) ?? []), book]);
    }
    this.compareSeen();
  }

  follow(update: Update): void {
    const { item, seq } = this;
    if (update.prev_seq !== seq)
      this.faults.push(
        `an update of ${item} begins at ${update.prev_seq}, the last ended at ${seq}`,
      );
    if (update.seq <= update.prev_seq)
      this.faults.push(`an update of ${item} ends at ${update.seq}, where it began`);
    this.seq = update.seq;
    this.state = update.state;
    for (const trade of update.trades) this.trades.push(this.toTrade(trade));
    for (const level of update.levels) this.setLevel(level);
    for (const order of update.orders) this.setOrder(order);
    this.compareSeen();
  }

  /** A book that was shown is one that stood between two updates. */
  private compareSeen(): void {
    for (const book of this.seen.get(this.seq) ?? []) {
      const levels = [
        ...book.bids.map((level) => this.toLevel({ side: 'BUY', ...level })),
        ...book.asks.map((level) => this.toLevel({ side: 'SELL', ...level })),
      ];
      const what = `the book of ${this.item} that was shown at ${this.seq}: level`;
      this.faults.push(...compareRows(what, [...this.levels.values()], levels, levelKey));
    }
    this.seen.delete(this.seq);
  }

  compare(stored: StoredBooks): string[] {
    const { item } = this;
    for (const sequence of this.seen.keys())
      this.faults.push(`a book of ${item} was shown at ${sequence}, within an update`);
    const book = stored.books.get(item);
    if (book?.sequence !== this.seq || book.state !== this.state)
      this.faults.push(`updates of ${item} end at ${this.seq} ${this.state}, not at ${show(book)}`);
    const orders = stored.orders.filter((order) => order.item === item);
    const trades = stored.trades
      .filter((trade) => trade.item === item)
      .map(({ makerUserId: _maker, takerUserId: _taker, ...trade }) => trade);
    return [
      ...this.faults,
      ...compareRows('told trade', trades, this.trades, ({ tradeId }) => `${tradeId} of ${item}`),
      ...compareRows('level', levelsOf(orders), [...this.levels.values()], levelKey),
      ...compareRows('told order', orders.map(toTold), [...this.orders.values()], ({ id }) =>
        String(id),
      ),
    ];
  }

  private toTrade(told: Update['trades'][number]): ToldTrade {
    return {
      item: this.item,
      tradeId: told.trade_id,
      sequence: told.sequence,
      priceTicks: countOf(told.price, this.units.tick),
      quantityLots: countOf(told.quantity, this.units.lot),
      makerOrderId: told.maker_order_id,
      takerOrderId: told.taker_order_id,
      takerSide: told.taker_side,
      executedAtMs: Date.parse(told.executed_at),
    };
  }

  private toLevel({ side, price, quantity, orders }: Update['levels'][number]): Level {
    const priceTicks = countOf(price, this.units.tick);
    return { side, priceTicks, lots: countOf(quantity, this.units.lot), orders };
  }

  private setLevel(told: Update['levels'][number]): void {
    const level = this.toLevel(told);
    if (told.orders === 0) this.levels.delete(levelKey(level));
    else this.levels.set(levelKey(level), level);
  }

  private setOrder(told: Update['orders'][number]): void {
    const { id, user_id: userId } = told;
    const known = this.orders.get(id) ?? { status: 'OPEN', reason: null, filledLots: 0 };
    this.orders.set(id, {
      id,
      userId,
      status: told.status ?? known.status,
      reason: told.reason ?? known.reason,
      filledLots: known.filledLots + countOf(told.filled_quantity, this.units.lot),
    });
  }
}

function levelKey({ side, priceTicks }: Level): string {
  return `${side} ${priceTicks}`;
}

function levelsOf(orders: readonly OrderRow[]): Level[] {
  const levels = new Map<string, Level>();
  for (const { side, priceTicks, visibleLots } of orders) {
    if (visibleLots === 0) continue;
    const level = { side, priceTicks: priceTicks ?? 0, lots: visibleLots, orders: 1 };
    const known = levels.get(levelKey(level));
    if (known === undefined) levels.set(levelKey(level), level);
    else {
      known.lots += visibleLots;
      known.orders += 1;
    }
  }
  return [...levels.values()];
}

function toTold({ id, userId, status, reason, filledLots }: OrderRow): Told {
  return { id, userId, status, reason, filledLots };
}
