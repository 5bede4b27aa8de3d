import { Side } from '@app/matching';
import { ReferenceEngine } from '../../matching/reference-engine';
import type { BookSource } from './book-source';
import { MarketReplay, restingLine } from './market-replay';
import { type LoggedEvent, readLog } from './order-log';
import { compareRows, differences } from './row-comparison';
import type { OrderRow, StoredBooks } from './stored-rows';

export interface ReplayResult {
  faults: string[];
  /** What the log held, for tests that want to be sure that something happened. */
  events: number;
  repeated: number;
  trades: number;
}

/** Carries `order.events` out once more, by the reference book, and compares everything that came of it. */
export async function checkByReplay(
  source: BookSource,
  stored: StoredBooks,
): Promise<ReplayResult> {
  const log = readLog(await source.orderEvents());
  const faults = [...log.faults];
  const replays = replay(log.events.filter(isOfBooks), stored);
  const orders: OrderRow[] = [];
  const items = new Set([...replays.keys(), ...stored.trades.map(({ item }) => item)]);
  for (const item of items) {
    const market = replays.get(item);
    market?.finish();
    faults.push(...(market?.faults ?? []));
    orders.push(...(market?.orders.values() ?? []));
    const trades = stored.trades.filter((trade) => trade.item === item);
    const number = ({ tradeId }: { tradeId: number }): string => `${tradeId} of ${item}`;
    faults.push(...compareRows('trade', market?.trades ?? [], trades, number));
    if (market !== undefined) faults.push(...compareBook(item, market, stored));
  }
  faults.push(...compareRows('order', orders, stored.orders, ({ id }) => String(id)));
  const { repeated } = log;
  return { faults, events: log.events.length, repeated, trades: stored.trades.length };
}

/** Plain orders have no side; markets have no order. */
function isOfBooks({ value }: LoggedEvent): boolean {
  const order = value.order as { side?: string } | undefined;
  return order === undefined || order.side !== undefined;
}

function replay(events: readonly LoggedEvent[], stored: StoredBooks): Map<string, MarketReplay> {
  const replays = new Map<string, MarketReplay>();
  // Ids are used once, whatever the market.
  const ids = new ReferenceEngine();
  for (const event of events) {
    const { item } = event;
    const market =
      replays.get(item) ?? new MarketReplay(item, replays.size, ids, stored.units.get(item));
    replays.set(item, market);
    market.apply(event);
  }
  return replays;
}

function compareBook(item: string, market: MarketReplay, stored: StoredBooks): string[] {
  const expected = market.bookRow();
  const row = stored.books.get(item);
  const faults: string[] = [];
  if (expected !== null && row === undefined) faults.push(`the book of ${item} is missing`);
  else if (expected === null && row !== undefined) faults.push(`the book of ${item} should not be`);
  else if (expected !== null && row !== undefined)
    faults.push(...differences(`the book of ${item}`, expected, row));
  for (const side of [Side.Buy, Side.Sell]) {
    const right = market.resting(side).join(', ');
    const found = restingOf(item, side, stored.orders).join(', ');
    if (right !== found) faults.push(`the book of ${item} rests [${found}], not [${right}]`);
  }
  return faults;
}

function restingOf(item: string, side: Side, orders: readonly OrderRow[]): string[] {
  const sign = side === Side.Buy ? -1 : 1;
  const name = side === Side.Buy ? 'BUY' : 'SELL';
  return orders
    .filter((order) => order.item === item && order.side === name && order.visibleLots > 0)
    .sort(
      (a, b) =>
        sign * ((a.priceTicks ?? 0) - (b.priceTicks ?? 0)) ||
        (a.queueSequence ?? 0) - (b.queueSequence ?? 0),
    )
    .map(({ id, priceTicks, visibleLots }) => restingLine(id, priceTicks ?? 0, visibleLots));
}
