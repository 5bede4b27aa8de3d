import type { OrderStatus } from '@app/contracts';
import { placeholders, Transactions } from '@app/persistence';
import { Injectable } from '@nestjs/common';

type Integer = string | number;

/** As much of an order as tells whether it has changed. */
export interface OrderState {
  id: number;
  status: OrderStatus;
  filledLots: number;
  updatedAtMs: number;
}

const IDS_A_STATEMENT = 1000;
const USERS_A_STATEMENT = 200;
/** Newest orders of one look; those behind them are seen at the next. */
const NEW_ORDERS_A_LOOK = 50_000;

/** Reads what of users' orders has changed, without reading the orders. */
@Injectable()
export class OrdersWatch {
  constructor(private readonly transactions: Transactions) {}

  async states(ids: readonly number[]): Promise<OrderState[]> {
    const states: OrderState[] = [];
    for (let start = 0; start < ids.length; start += IDS_A_STATEMENT) {
      const part = ids.slice(start, start + IDS_A_STATEMENT);
      const rows = await this.transactions.read((manager) =>
        manager.query<
          { id: Integer; status: OrderStatus; filled_lots: Integer; updated_at_ms: Integer }[]
        >(
          `SELECT id, status, filled_lots, updated_at_ms FROM orders WHERE id IN (${placeholders(part.length)})`,
          part,
        ),
      );
      for (const row of rows) {
        states.push({
          id: Number(row.id),
          status: row.status,
          filledLots: Number(row.filled_lots),
          updatedAtMs: Number(row.updated_at_ms),
        });
      }
    }
    return states;
  }

  /** @returns orders of each user behind an id, by user. */
  async idsBehind(behind: ReadonlyMap<number, number>): Promise<{ userId: number; id: number }[]> {
    const found: { userId: number; id: number }[] = [];
    const users = [...behind];
    for (let start = 0; start < users.length; start += USERS_A_STATEMENT) {
      const part = users.slice(start, start + USERS_A_STATEMENT);
      const conditions = part.map(() => '(user_id = ? AND id > ?)').join(' OR ');
      const rows = await this.transactions.read((manager) =>
        manager.query<{ user_id: Integer; id: Integer }[]>(
          `SELECT user_id, id FROM orders WHERE ${conditions} ORDER BY id LIMIT ?`,
          [...part.flat(), NEW_ORDERS_A_LOOK],
        ),
      );
      for (const row of rows) found.push({ userId: Number(row.user_id), id: Number(row.id) });
    }
    return found;
  }

  /** @returns the newest order of a user that was placed before a time; 0 where there is none. */
  async newestBefore(userId: number, timeMs: number): Promise<number> {
    const rows = await this.transactions.read((manager) =>
      manager.query<{ id: Integer }[]>(
        'SELECT id FROM orders WHERE user_id = ? AND created_at_ms < ? ORDER BY id DESC LIMIT 1',
        [userId, timeMs],
      ),
    );
    return Number(rows[0]?.id ?? 0);
  }
}
