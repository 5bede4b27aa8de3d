import { type Dialect, type SqlValue, type Transaction, Transactions } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import type { NewOrder } from './stored-order';

/** An order that a request has placed, and what the request asked for. */
export interface StoredRequest {
  id: number;
  hash: string | null;
}

interface RequestRow {
  id: string | number;
  user_id: string | number;
  request_key: string;
  request_hash: string | null;
}

type Query = (sql: string, parameters: SqlValue[]) => Promise<RequestRow[]>;

/** The orders of requests that are known already, by what their clients call them. */
export class StoredRequests {
  private readonly byKey = new Map<string, StoredRequest>();

  get({ userId, request }: NewOrder): StoredRequest | undefined {
    return request === null ? undefined : this.byKey.get(mapKey(userId, request.key));
  }

  set({ userId, request }: NewOrder, stored: StoredRequest): void {
    if (request !== null) this.byKey.set(mapKey(userId, request.key), stored);
  }

  delete({ userId, request }: NewOrder): void {
    if (request !== null) this.byKey.delete(mapKey(userId, request.key));
  }

  add(row: RequestRow): void {
    const stored = { id: Number(row.id), hash: row.request_hash };
    this.byKey.set(mapKey(Number(row.user_id), row.request_key), stored);
  }
}

/** Finds what requests have placed before. */
@Injectable()
export class RequestKeys {
  constructor(private readonly transactions: Transactions) {}

  /** @throws StoreUnavailableError */
  find(orders: readonly NewOrder[]): Promise<StoredRequests> {
    return this.transactions.read((manager) =>
      select(this.transactions.dialect, orders, (sql, parameters) =>
        manager.query(sql, parameters),
      ),
    );
  }

  /** The same within a transaction: what it finds none of, it may insert, unless another process is faster. */
  findIn(tx: Transaction, orders: readonly NewOrder[]): Promise<StoredRequests> {
    return select(tx.dialect, orders, (sql, parameters) => tx.rows(sql, parameters));
  }
}

async function select(
  dialect: Dialect,
  orders: readonly NewOrder[],
  query: Query,
): Promise<StoredRequests> {
  const parameters: SqlValue[] = [];
  for (const order of orders) {
    if (order.request !== null) parameters.push(order.userId, order.request.key);
  }
  const stored = new StoredRequests();
  if (parameters.length === 0) return stored;
  const rows = await query(
    'SELECT id, user_id, request_key, request_hash FROM orders WHERE (user_id, request_key) IN ' +
      dialect.pairs(parameters.length / 2),
    parameters,
  );
  for (const row of rows) stored.add(row);
  return stored;
}

function mapKey(userId: number, key: string): string {
  return `${userId} ${key}`;
}
