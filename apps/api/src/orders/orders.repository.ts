import {
  type EventOrder,
  formatAmount,
  ORDER_EVENTS_TOPIC,
  type OrderDto,
  type OrderEvent,
  type OrderStatus,
} from '@app/contracts';
import { Outbox, type NewEvent } from '@app/messaging';
import {
  OrderEntity,
  type SqlValue,
  type Transaction,
  Transactions,
  valuesList,
} from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { randomUUID } from 'node:crypto';
import type { Repository } from 'typeorm';
import type { NewOrder, OrderCommand } from './order-commands';

/** Which orders to list: sorted by id, those after `cursor` (before it, when descending). */
export interface OrderFilter {
  userId?: number;
  item?: string;
  status?: OrderStatus;
  cursor?: number;
  descending: boolean;
  limit: number;
}

interface OrderRow {
  id: string | number;
  user_id: string | number;
  item: string;
  amount: string | number;
  status: OrderStatus;
}

const COLUMNS = 'id, user_id, item, amount, status';
const ORDER_COLUMNS = 7;

@Injectable()
export class OrdersRepository {
  constructor(
    @InjectRepository(OrderEntity)
    private readonly orders: Repository<OrderEntity>,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
  ) {}

  async findById(id: number): Promise<(OrderDto & { createdAtMs: number }) | null> {
    const rows: (OrderRow & { created_at_ms: string | number })[] = await this.read(
      `SELECT ${COLUMNS}, created_at_ms FROM orders WHERE id = ?`,
      [id],
    );
    const [row] = rows;
    return row === undefined ? null : { ...toDto(row), createdAtMs: Number(row.created_at_ms) };
  }

  async findByUser(userId: number): Promise<OrderDto[]> {
    const rows: OrderRow[] = await this.read(
      `SELECT ${COLUMNS} FROM orders WHERE user_id = ? ORDER BY id`,
      [userId],
    );
    return rows.map(toDto);
  }

  async find(filter: OrderFilter): Promise<OrderDto[]> {
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
    const rows: OrderRow[] = await this.read(
      `SELECT ${COLUMNS} FROM orders ${clause} ORDER BY id ${direction} LIMIT ?`,
      [...parameters, filter.limit],
    );
    return rows.map(toDto);
  }

  private read<Row>(sql: string, parameters: SqlValue[]): Promise<Row[]> {
    return this.transactions.read((manager) =>
      manager.withRepository(this.orders).query<Row[]>(sql, parameters),
    );
  }

  /**
   * Writes commands in one transaction: the new orders, and the events of all commands in their order.
   * @returns for each command the order it is about, as stored.
   */
  async write(
    tx: Transaction,
    commands: readonly OrderCommand[],
    nowMs: number,
  ): Promise<OrderDto[]> {
    const placed = commands.flatMap((command) => (command.type === 'place' ? [command.order] : []));
    const ids = await insertOrders(tx, placed, nowMs);
    const results: OrderDto[] = [];
    const events: NewEvent[] = [];
    let nextId = 0;
    for (const command of commands) {
      const order =
        command.type === 'place' ? toOpenOrder(ids[nextId++]!, command.order) : command.order;
      results.push(order);
      events.push({ key: order.item, value: toEvent(command, order, nowMs) });
    }
    await this.outbox.append(tx, ORDER_EVENTS_TOPIC, events, nowMs);
    return results;
  }
}

async function insertOrders(
  tx: Transaction,
  orders: readonly NewOrder[],
  nowMs: number,
): Promise<number[]> {
  if (orders.length === 0) return [];
  return tx.insert(
    'INSERT INTO orders (user_id, item, amount, status, reason, created_at_ms, updated_at_ms) VALUES ' +
      valuesList(orders.length, ORDER_COLUMNS),
    orders.flatMap((order) => [order.userId, order.item, order.amount, 'OPEN', null, nowMs, nowMs]),
    orders.length,
  );
}

function toOpenOrder(id: number, order: NewOrder): OrderDto {
  return {
    id,
    user_id: order.userId,
    item: order.item,
    amount: order.amount,
    status: 'OPEN',
  };
}

function toEvent(command: OrderCommand, order: OrderDto, nowMs: number): OrderEvent {
  const now = new Date(nowMs).toISOString();
  const createdAt =
    command.type === 'place' ? now : new Date(command.order.createdAtMs).toISOString();
  const { id, user_id, item, amount, status } = order;
  const eventOrder: EventOrder = {
    id,
    user_id,
    item,
    amount,
    status,
    created_at: createdAt,
  };
  return {
    type: command.type === 'place' ? 'ORDER_PLACED' : 'ORDER_CANCEL_REQUESTED',
    event_id: randomUUID(),
    occurred_at: now,
    request_id: command.requestId,
    order: eventOrder,
  };
}

function toDto(row: OrderRow): OrderDto {
  return {
    id: Number(row.id),
    user_id: Number(row.user_id),
    item: row.item,
    amount: formatAmount(row.amount),
    status: row.status,
  };
}
