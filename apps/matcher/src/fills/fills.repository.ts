import type { OrderStatus } from '@app/contracts';
import {
  placeholders,
  type SqlValue,
  type Transaction,
  Transactions,
  valuesList,
} from '@app/persistence';
import { Injectable } from '@nestjs/common';
import type { PlannedFill, StoredOrder } from './fill-plan';

interface OrderRow {
  id: string | number;
  user_id: string | number;
  status: OrderStatus;
  created_at_ms: string | number;
}

export interface DueFill {
  orderId: number;
  requestId: string | null;
}

/** Reads and writes the rows that fills and cancels change. Rows are locked in the order of their ids. */
@Injectable()
export class FillsRepository {
  constructor(private readonly transactions: Transactions) {}

  /** @returns the plain orders with these ids, by id, locked until the transaction ends. */
  async lockOrders(tx: Transaction, ids: Iterable<number>): Promise<Map<number, StoredOrder>> {
    const sorted = [...new Set(ids)].sort((a, b) => a - b);
    if (sorted.length === 0) return new Map();
    const rows = await tx.rows<OrderRow>(
      `SELECT id, user_id, status, created_at_ms FROM orders
       WHERE id IN (${placeholders(sorted.length)}) AND side IS NULL ${tx.dialect.forUpdate}`,
      sorted,
    );
    return new Map(
      rows.map((row) => [
        Number(row.id),
        {
          id: Number(row.id),
          userId: Number(row.user_id),
          status: row.status,
          createdAtMs: Number(row.created_at_ms),
        },
      ]),
    );
  }

  fill(tx: Transaction, ids: readonly number[], nowMs: number): Promise<void> {
    return finish(tx, 'FILLED', null, ids, nowMs);
  }

  cancel(tx: Transaction, ids: readonly number[], nowMs: number): Promise<void> {
    return finish(tx, 'CANCELLED', 'USER', ids, nowMs);
  }

  /** An order that is scheduled already keeps its due time. */
  async schedule(tx: Transaction, fills: readonly PlannedFill[]): Promise<void> {
    if (fills.length === 0) return;
    const parameters: SqlValue[] = fills.flatMap((fill) => [
      fill.order.id,
      fill.dueAtMs,
      fill.requestId,
    ]);
    await tx.execute(
      `${tx.dialect.insertIgnore} scheduled_fills (order_id, due_at_ms, request_id) VALUES ${valuesList(fills.length, 3)}`,
      parameters,
    );
  }

  /** @returns fills that are due, locked; those that another matcher is at are left to it. */
  async lockDue(tx: Transaction, nowMs: number, limit: number): Promise<DueFill[]> {
    const rows = await tx.rows<{
      order_id: string | number;
      request_id: string | null;
    }>(
      `SELECT order_id, request_id FROM scheduled_fills WHERE due_at_ms <= ?
       ORDER BY due_at_ms LIMIT ? ${tx.dialect.forUpdateSkipLocked}`,
      [nowMs, limit],
    );
    return rows.map((row) => ({
      orderId: Number(row.order_id),
      requestId: row.request_id,
    }));
  }

  async unschedule(tx: Transaction, ids: readonly number[]): Promise<void> {
    if (ids.length === 0) return;
    await tx.execute(
      `DELETE FROM scheduled_fills WHERE order_id IN (${placeholders(ids.length)})`,
      [...ids],
    );
  }

  /** @returns when the next fill is due, ms since the epoch; null when none is scheduled. */
  async nextDueMs(): Promise<number | null> {
    const rows = await this.transactions.read((manager) =>
      manager.query<{ due_at_ms: string | number | null }[]>(
        'SELECT MIN(due_at_ms) AS due_at_ms FROM scheduled_fills',
      ),
    );
    const dueAtMs = rows[0]?.due_at_ms ?? null;
    return dueAtMs === null ? null : Number(dueAtMs);
  }
}

async function finish(
  tx: Transaction,
  status: OrderStatus,
  reason: string | null,
  ids: readonly number[],
  nowMs: number,
): Promise<void> {
  if (ids.length === 0) return;
  const changed = await tx.execute(
    `UPDATE orders SET status = ?, reason = ?, updated_at_ms = ?
     WHERE id IN (${placeholders(ids.length)}) AND status = 'OPEN'`,
    [status, reason, nowMs, ...ids],
  );
  if (changed !== ids.length)
    throw new Error(`${ids.length} open orders were locked, ${changed} changed`);
}
