import { Transactions } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { toBigInt } from '../sql-numbers';
import type { Candle } from './candle';

interface CandleRow {
  start_ms: string | number;
  open_ticks: string | number;
  high_ticks: string | number;
  low_ticks: string | number;
  close_ticks: string | number;
  volume: string;
  notional: string;
  trades: string | number;
}

/** Candles from `fromMs` to before `toMs`: the first ones, or the last ones where `latest`. */
export interface CandleRange {
  fromMs: number;
  toMs: number;
  latest: boolean;
  limit: number;
}

/** Seconds of trades, with the prices of the first and the last of each. */
const SECONDS = (direction: 'ASC' | 'DESC') =>
  `SELECT s.start_ms, f.price_ticks AS open_ticks, s.high_ticks, s.low_ticks, l.price_ticks AS close_ticks,
    s.volume, s.notional, s.trades
  FROM (SELECT executed_at_ms - executed_at_ms % 1000 AS start_ms, MIN(trade_id) AS first_id, MAX(trade_id) AS last_id,
      MAX(price_ticks) AS high_ticks, MIN(price_ticks) AS low_ticks, CAST(SUM(quantity_lots) AS CHAR) AS volume,
      CAST(SUM(price_ticks * quantity_lots) AS CHAR) AS notional, COUNT(*) AS trades
    FROM trades WHERE item = ? AND executed_at_ms >= ? AND executed_at_ms < ?
    GROUP BY start_ms ORDER BY start_ms ${direction} LIMIT ?) s
  JOIN trades f ON f.item = ? AND f.trade_id = s.first_id
  JOIN trades l ON l.item = ? AND l.trade_id = s.last_id`;

/** Candles as they were when a trade was the last. */
export interface CandlesAtTrade {
  candles: Candle[];
  /** 0 before the first. */
  tradeId: number;
  /** 0 before the first. */
  lastPriceTicks: number;
}

const STORED = (direction: 'ASC' | 'DESC') =>
  'SELECT start_ms, open_ticks, high_ticks, low_ticks, close_ticks, CAST(volume_lots AS CHAR) AS volume, ' +
  'CAST(notional AS CHAR) AS notional, trades FROM candles ' +
  `WHERE item = ? AND seconds = ? AND start_ms >= ? AND start_ms < ? ORDER BY start_ms ${direction} LIMIT ?`;

/** Candles and the last trade in one statement: they are of one moment. The row of the trade is the one without trades. */
const WITH_LAST_TRADE = (candles: string) =>
  `SELECT * FROM (${candles}) AS c
   UNION ALL SELECT 0, trade_id, last_price_ticks, 0, 0, '0', '0', 0 FROM books WHERE item = ?`;

/** Reads candles, sorted by time. */
@Injectable()
export class CandlesRepository {
  constructor(private readonly transactions: Transactions) {}

  /** @param seconds 60 or 3600. */
  async stored(item: string, seconds: number, range: CandleRange): Promise<Candle[]> {
    const sql = STORED(range.latest ? 'DESC' : 'ASC');
    return this.select(sql, [item, seconds, range.fromMs, range.toMs, range.limit]);
  }

  /** Candles of one second, added up from the trades: the range should be short. */
  async ofSeconds(item: string, range: CandleRange): Promise<Candle[]> {
    const sql = SECONDS(range.latest ? 'DESC' : 'ASC');
    return this.select(sql, [item, range.fromMs, range.toMs, range.limit, item, item]);
  }

  /**
   * The last candles before `toMs`, and the trade that was the last one then.
   * @param seconds 1, added up from the trades: the range should be short; 60 or 3600.
   */
  async atLastTrade(
    item: string,
    seconds: number,
    { fromMs, toMs, limit }: Omit<CandleRange, 'latest'>,
  ): Promise<CandlesAtTrade> {
    const rows = await this.rows(
      WITH_LAST_TRADE(seconds === 1 ? SECONDS('DESC') : STORED('DESC')),
      seconds === 1
        ? [item, fromMs, toMs, limit, item, item, item]
        : [item, seconds, fromMs, toMs, limit, item],
    );
    const isCandle = (row: CandleRow) => Number(row.trades) > 0;
    const last = rows.find((row) => !isCandle(row));
    return {
      candles: rows.filter(isCandle).map(toCandle).sort(byTime),
      tradeId: Number(last?.open_ticks ?? 0),
      lastPriceTicks: Number(last?.high_ticks ?? 0),
    };
  }

  /** Price of the latest trade, in ticks; null before the first. */
  async lastPrice(item: string): Promise<number | null> {
    const rows = await this.transactions.read((manager) =>
      manager.query<{ last_price_ticks: string | number }[]>(
        'SELECT last_price_ticks FROM books WHERE item = ?',
        [item],
      ),
    );
    const ticks = Number(rows[0]?.last_price_ticks ?? 0);
    return ticks === 0 ? null : ticks;
  }

  private async select(sql: string, parameters: (string | number)[]): Promise<Candle[]> {
    return (await this.rows(sql, parameters)).map(toCandle).sort(byTime);
  }

  private rows(sql: string, parameters: (string | number)[]): Promise<CandleRow[]> {
    return this.transactions.read((manager) => manager.query<CandleRow[]>(sql, parameters));
  }
}

function byTime(a: Candle, b: Candle): number {
  return a.startMs - b.startMs;
}

function toCandle(row: CandleRow): Candle {
  return {
    startMs: Number(row.start_ms),
    open: Number(row.open_ticks),
    high: Number(row.high_ticks),
    low: Number(row.low_ticks),
    close: Number(row.close_ticks),
    volume: toBigInt(row.volume),
    notional: toBigInt(row.notional),
    trades: Number(row.trades),
  };
}
