import type { OrderStatus } from '@app/contracts';
import { OrderEntity, placeholders, type SqlValue, Transactions } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { MarketUnits } from '../markets/market-units';
import { ORDER_COLUMNS, type OrderRow, toStoredOrder } from './order-rows';
import type { StoredOrder } from './stored-order';

/** Which orders to list: sorted by id, those after `cursor` (before it, when descending). */
export interface OrderFilter {
  userId?: number;
  item?: string;
  status?: OrderStatus;
  cursor?: number;
  descending: boolean;
  limit: number;
}

/** Reads orders. */
@Injectable()
export class OrdersRepository {
  constructor(
    @InjectRepository(OrderEntity)
    private readonly orders: Repository<OrderEntity>,
    private readonly transactions: Transactions,
    private readonly units: MarketUnits,
  ) {}

  async findById(id: number): Promise<StoredOrder | null> {
    const [order] = await this.select('WHERE id = ?', [id]);
    return order ?? null;
  }

  /** @returns the orders that there are of these, sorted by id. */
  findByIds(ids: readonly number[]): Promise<StoredOrder[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return this.select(`WHERE id IN (${placeholders(ids.length)}) ORDER BY id`, [...ids]);
  }

  /** The order of a request: see `RequestIdentity`. */
  async findByRequestKey(userId: number, key: string): Promise<StoredOrder | null> {
    const [order] = await this.select('WHERE user_id = ? AND request_key = ?', [userId, key]);
    return order ?? null;
  }

  findByUser(userId: number): Promise<StoredOrder[]> {
    return this.select('WHERE user_id = ? ORDER BY id', [userId]);
  }

  /** A user's orders that can still change, of one item or of all, behind `cursor`. */
  findWorking(
    userId: number,
    item: string | null,
    cursor: number,
    limit: number,
  ): Promise<StoredOrder[]> {
    return this.select(
      "WHERE user_id = ? AND id > ? AND status IN ('OPEN', 'PARTIALLY_FILLED') " +
        `${item === null ? '' : 'AND item = ? '}ORDER BY id LIMIT ?`,
      [userId, cursor, ...(item === null ? [] : [item]), limit],
    );
  }

  /** A user's orders that were changed at `sinceMs` or later, behind `cursor`, sorted by id. */
  findRecent(
    userId: number,
    sinceMs: number,
    cursor: number,
    limit: number,
  ): Promise<StoredOrder[]> {
    return this.select('WHERE user_id = ? AND id > ? AND updated_at_ms >= ? ORDER BY id LIMIT ?', [
      userId,
      cursor,
      sinceMs,
      limit,
    ]);
  }

  find(filter: OrderFilter): Promise<StoredOrder[]> {
    const conditions: string[] = [];
    const parameters: SqlValue[] = [];
    const where = (condition: string, value: SqlValue | undefined): void => {
      if (value === undefined) return;
      conditions.push(condition);
      parameters.push(value);
    };
    where('user_id = ?', filter.userId);
    where('item = ?', filter.item);
    where('status = ?', filter.status);
    where(filter.descending ? 'id < ?' : 'id > ?', filter.cursor);
    const clause = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
    const direction = filter.descending ? 'DESC' : 'ASC';
    return this.select(`${clause} ORDER BY id ${direction} LIMIT ?`, [...parameters, filter.limit]);
  }

  private async select(clauses: string, parameters: SqlValue[]): Promise<StoredOrder[]> {
    const rows = await this.transactions.read((manager) =>
      manager
        .withRepository(this.orders)
        .query<OrderRow[]>(`SELECT ${ORDER_COLUMNS} FROM orders ${clauses}`, parameters),
    );
    const items = rows.flatMap((row) => (row.side === null ? [] : [row.item]));
    const unitsOf = await this.units.read(items);
    return rows.map((row) => toStoredOrder(row, unitsOf));
  }
}
