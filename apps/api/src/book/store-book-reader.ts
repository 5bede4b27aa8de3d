import type { MarketState, OrderSide } from '@app/contracts';
import { Transactions } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { toBigInt } from '../sql-numbers';
import { type BookLevel, BookReader, type StoredBook } from './book-reader';

interface LevelRow {
  /** `NONE`: of the market, its sequence and state stand in the place of price and lots. */
  side: OrderSide | 'NONE';
  price_ticks: string | number;
  lots: string;
  orders: string | number;
}

/** Levels of one side: what its working orders show, added up by price. */
const SIDE = (side: OrderSide, direction: 'ASC' | 'DESC') =>
  `SELECT * FROM (SELECT '${side}' AS side, price_ticks, CAST(SUM(visible_lots) AS CHAR) AS lots, COUNT(*) AS orders
    FROM orders WHERE item = ? AND status IN ('OPEN', 'PARTIALLY_FILLED') AND side = '${side}' AND visible_lots > 0
    GROUP BY price_ticks ORDER BY price_ticks ${direction} LIMIT ?) AS ${side.toLowerCase()}s`;

/** Both sides, the sequence and the market's state in one statement: they are of one moment. */
const SNAPSHOT = `${SIDE('BUY', 'DESC')} UNION ALL ${SIDE('SELL', 'ASC')}
  UNION ALL SELECT 'NONE', sequence, CAST(state AS CHAR), 0 FROM books WHERE item = ?`;

/** Adds the book up from its orders. */
@Injectable()
export class StoreBookReader extends BookReader {
  constructor(private readonly transactions: Transactions) {
    super();
  }

  async read(item: string, depth: number): Promise<StoredBook> {
    const rows = await this.transactions.read((manager) =>
      manager.query<LevelRow[]>(SNAPSHOT, [item, depth, item, depth, item]),
    );
    const levels = (side: OrderSide) => rows.filter((row) => row.side === side).map(toLevel);
    const book = rows.find(({ side }) => side === 'NONE');
    return {
      sequence: Number(book?.price_ticks ?? 0),
      state: (book?.lots ?? 'TRADING') as MarketState,
      bids: levels('BUY').sort((a, b) => b.priceTicks - a.priceTicks),
      asks: levels('SELL').sort((a, b) => a.priceTicks - b.priceTicks),
    };
  }
}

function toLevel(row: LevelRow): BookLevel {
  return {
    priceTicks: Number(row.price_ticks),
    quantityLots: toBigInt(row.lots),
    orders: Number(row.orders),
  };
}
