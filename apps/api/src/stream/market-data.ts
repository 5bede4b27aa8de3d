import type { CandleInterval, TradeDto, Units } from '@app/contracts';
import { placeholders, Transactions } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import type { StoredBook } from '../book/book-reader';
import { StoreBookReader } from '../book/store-book-reader';
import { INTERVAL_MS, widen } from '../candles/candle';
import { CandlesRepository } from '../candles/candles.repository';
import { MarketUnits } from '../markets/market-units';
import { TradesService } from '../trades/trades.service';
import { MAX_LEVELS } from './book-channel';
import { type CandlesAt, LATEST_CANDLES } from './candles-channel';
import type { StoredPosition } from './item-channel';
import type { TradeSource } from './trades-channel';

const MINUTE_MS = INTERVAL_MS['1m'];
const HOUR_MS = INTERVAL_MS['1h'];
const DAY_MS = INTERVAL_MS['1d'];
const ITEMS_A_STATEMENT = 1000;

/** Reads from the store what channels begin with, and what they have missed. */
@Injectable()
export class MarketData implements TradeSource {
  constructor(
    private readonly transactions: Transactions,
    private readonly units: MarketUnits,
    private readonly books: StoreBookReader,
    private readonly candles: CandlesRepository,
    private readonly trades: TradesService,
  ) {}

  async book(item: string): Promise<{ snapshot: StoredBook; units: Units }> {
    const snapshot = await this.books.read(item, MAX_LEVELS + 1);
    // After the book: whose item has orders has units that stay.
    return { snapshot, units: await this.unitsOf(item) };
  }

  async after(item: string, tradeId: number, limit: number): Promise<TradeDto[]> {
    const page = { cursor: tradeId, descending: false, limit };
    return (await this.trades.ofItem(item, page)).trades;
  }

  async latest(item: string, limit: number): Promise<TradeDto[]> {
    const { trades } = await this.trades.ofItem(item, { descending: true, limit });
    return trades.toReversed();
  }

  async latestCandles(item: string, interval: CandleInterval): Promise<CandlesAt> {
    const intervalMs = INTERVAL_MS[interval];
    const nowMs = Date.now();
    const isSecond = interval === '1s';
    const keptMs = isSecond ? intervalMs : intervalMs < HOUR_MS ? MINUTE_MS : HOUR_MS;
    const read = await this.candles.atLastTrade(item, keptMs / 1000, {
      fromMs: isSecond ? nowMs - HOUR_MS - (nowMs % 1000) : 0,
      toMs: nowMs + DAY_MS,
      limit: LATEST_CANDLES * (intervalMs / keptMs),
    });
    const candles = widen(read.candles, intervalMs).slice(-LATEST_CANDLES);
    return { ...read, candles, units: await this.unitsOf(item) };
  }

  async minutesOfDay(item: string): Promise<CandlesAt> {
    const nowMs = Date.now();
    const read = await this.candles.atLastTrade(item, 60, {
      fromMs: nowMs - DAY_MS - ((nowMs - DAY_MS) % MINUTE_MS),
      toMs: nowMs + DAY_MS,
      limit: 2 * (DAY_MS / MINUTE_MS),
    });
    return { ...read, units: await this.unitsOf(item) };
  }

  /** @returns where those of the items stand that have a book. */
  async positions(items: readonly string[]): Promise<Map<string, StoredPosition>> {
    const positions = new Map<string, StoredPosition>();
    for (let start = 0; start < items.length; start += ITEMS_A_STATEMENT) {
      const part = items.slice(start, start + ITEMS_A_STATEMENT);
      const rows = await this.transactions.read((manager) =>
        manager.query<{ item: string; sequence: string | number; trade_id: string | number }[]>(
          `SELECT item, sequence, trade_id FROM books WHERE item IN (${placeholders(part.length)})`,
          part,
        ),
      );
      for (const { item, sequence, trade_id } of rows) {
        positions.set(item, { sequence: Number(sequence), tradeId: Number(trade_id) });
      }
    }
    return positions;
  }

  private async unitsOf(item: string): Promise<Units> {
    const units = (await this.units.read([item])).get(item);
    if (units === undefined) throw new Error('the units of a market were not read');
    return units;
  }
}
