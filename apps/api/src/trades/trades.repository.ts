import type { TradeRole } from '@app/contracts';
import { type SqlValue, Transactions } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import type { Page } from '../query';
import { type OwnTradeRow, TRADE_COLUMNS, type TradeRow } from './trade-view';

const ROLES: readonly TradeRole[] = ['MAKER', 'TAKER'];

/** Reads trades: what is behind a page's cursor, up to its limit. */
@Injectable()
export class TradesRepository {
  constructor(private readonly transactions: Transactions) {}

  /** Trades of an item, sorted by `trade_id`. */
  ofItem(item: string, page: Page): Promise<TradeRow[]> {
    return this.select('item = ?', [item], 'trade_id', page.cursor, page);
  }

  /** Trades of an order, sorted by `trade_id`; no order trades with itself. */
  async ofOrder(orderId: number, page: Page): Promise<OwnTradeRow[]> {
    const parts = ROLES.map((role) =>
      this.select(`${column(role)}_order_id = ?`, [orderId], 'trade_id', page.cursor, page),
    );
    return merge(await Promise.all(parts), page, (row) => Number(row.trade_id));
  }

  /** Trades of a user, sorted by `positionOf`. One of a user with itself is there twice, once for each of its orders. */
  async ofUser(userId: number, item: string | undefined, page: Page): Promise<OwnTradeRow[]> {
    const parts = ROLES.map((role) => {
      const condition = `${column(role)}_user_id = ?${item === undefined ? '' : ' AND item = ?'}`;
      const parameters = item === undefined ? [userId] : [userId, item];
      return this.select(condition, parameters, 'id', idBefore(page, role), page);
    });
    return merge(await Promise.all(parts), page, positionOf);
  }

  private select(
    condition: string,
    parameters: SqlValue[],
    key: 'id' | 'trade_id',
    cursor: number | undefined,
    { descending, limit }: Page,
  ): Promise<TradeRow[]> {
    const behind = cursor === undefined ? '' : ` AND ${key} ${descending ? '<' : '>'} ?`;
    const sql =
      `SELECT ${TRADE_COLUMNS} FROM trades WHERE ${condition}${behind} ` +
      `ORDER BY ${key} ${descending ? 'DESC' : 'ASC'} LIMIT ?`;
    const values = [...parameters, ...(cursor === undefined ? [] : [cursor]), limit];
    return this.transactions.read((manager) => manager.query<TradeRow[]>(sql, values));
  }
}

/** Where a trade stands in the list of a user: sides of one trade stand side by side, the maker's first. */
export function positionOf({ id, role }: OwnTradeRow): number {
  return 2 * Number(id) + ROLES.indexOf(role);
}

/** The id behind which the trades in this role are behind the page's cursor, a position. */
function idBefore({ cursor, descending }: Page, role: TradeRole): number | undefined {
  if (cursor === undefined) return undefined;
  const exact = (cursor - ROLES.indexOf(role)) / 2;
  return descending ? Math.ceil(exact) : Math.floor(exact);
}

function column(role: TradeRole): string {
  return role === 'MAKER' ? 'maker' : 'taker';
}

function merge(
  [made = [], taken = []]: TradeRow[][],
  { descending, limit }: Page,
  keyOf: (row: OwnTradeRow) => number,
): OwnTradeRow[] {
  const rows: OwnTradeRow[] = [
    ...made.map((row) => ({ ...row, role: 'MAKER' as const })),
    ...taken.map((row) => ({ ...row, role: 'TAKER' as const })),
  ];
  rows.sort((a, b) => (descending ? keyOf(b) - keyOf(a) : keyOf(a) - keyOf(b)));
  return rows.slice(0, limit);
}
