import {
  ORDER_EVENTS_TOPIC,
  type OrderAmendRequested,
  type OrderCancelRequested,
  type OrderPlaced,
} from '@app/contracts';
import { type NewEvent, Outbox } from '@app/messaging';
import { type Transaction, valuesList } from '@app/persistence';
import { ProblemException } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { CommandUnit, OrderCommand, Outcome, PlaceOrder } from './order-commands';
import { insertColumns, insertValues } from './order-rows';
import { toEventOrder } from './order-view';
import { RequestKeys, type StoredRequest, type StoredRequests } from './request-keys';
import { type NewOrder, type StoredOrder, toOpenOrder } from './stored-order';

/** SQLite takes 32,766 values a statement. */
const ROWS_A_STATEMENT = 1000;

const LEFT_OUT: Outcome = { result: 'LEFT_OUT' };

/** Writes commands: the new orders, and the events of all commands in their order. */
@Injectable()
export class OrderWriter {
  constructor(
    private readonly requests: RequestKeys,
    private readonly outbox: Outbox,
  ) {}

  /**
   * @returns for each unit the outcomes of its commands, in order.
   * @throws the store's error for a duplicate key when another process has placed an order for one of the same requests
   *   meanwhile: nothing is written then, and the same again finds that order.
   */
  async write(tx: Transaction, units: readonly CommandUnit[], nowMs: number): Promise<Outcome[][]> {
    const stored = await this.requests.findIn(tx, placedWithKey(units));
    const plans = units.map((unit) => planOf(unit, stored));
    const inserts = plans.flatMap(({ steps, refused }) =>
      refused ? [] : steps.filter((step) => step.kind === 'insert'),
    );
    const orders = inserts.map(({ order }) => order);
    const ids = await insertOrders(tx, orders, nowMs);
    for (const [index, { request }] of inserts.entries()) request.id = ids[index]!;
    const events: NewEvent[] = [];
    const outcomes = plans.map((plan) => outcomesOf(plan, nowMs, events));
    await this.outbox.append(tx, ORDER_EVENTS_TOPIC, events, nowMs);
    return outcomes;
  }
}

/** What is to become of a command. */
type Step =
  | { kind: 'insert'; order: NewOrder; request: StoredRequest }
  | { kind: 'replay'; request: StoredRequest }
  | { kind: 'refuse'; problem: ProblemException }
  | { kind: 'tell'; command: Exclude<OrderCommand, PlaceOrder> };

interface Plan {
  requestId: string;
  steps: readonly Step[];
  /** Whether nothing of it is written, since it is atomic and a part of it is refused. */
  refused: boolean;
}

/** @param stored is given the orders that the plan inserts: they count as placed for what comes after. */
function planOf({ commands, atomic, requestId }: CommandUnit, stored: StoredRequests): Plan {
  const steps = commands.map((command): Step =>
    command.type === 'place' ? stepOf(command.order, stored) : { kind: 'tell', command },
  );
  const refused = atomic && steps.some((step) => step.kind === 'refuse');
  if (refused) {
    for (const step of steps) if (step.kind === 'insert') stored.delete(step.order);
  }
  return { requestId, steps, refused };
}

function stepOf(order: NewOrder, stored: StoredRequests): Step {
  const earlier = stored.get(order);
  if (earlier === undefined) {
    const request = { id: 0, hash: order.request === null ? null : order.request.hash };
    stored.set(order, request);
    return { kind: 'insert', order, request };
  }
  return earlier.hash === order.request?.hash
    ? { kind: 'replay', request: earlier }
    : { kind: 'refuse', problem: otherRequest() };
}

function otherRequest(): ProblemException {
  return new ProblemException(
    'DUPLICATE_REQUEST',
    'another order was placed under this client_order_id or Idempotency-Key',
  );
}

/** @param events receives what the matcher is told. */
function outcomesOf(
  { steps, requestId, refused }: Plan,
  nowMs: number,
  events: NewEvent[],
): Outcome[] {
  const now = new Date(nowMs).toISOString();
  const tell = (order: StoredOrder, event: Told): Outcome => {
    const base = { event_id: randomUUID(), occurred_at: now, request_id: requestId };
    events.push({ key: order.item, value: { ...event, ...base } });
    return { result: 'WRITTEN', order };
  };
  return steps.map((step): Outcome => {
    if (step.kind === 'refuse') return { result: 'REFUSED', problem: step.problem };
    if (refused) return LEFT_OUT;
    if (step.kind === 'replay') return { result: 'REPLAYED', id: step.request.id };
    if (step.kind === 'insert') {
      const order = toOpenOrder(step.order, step.request.id, nowMs);
      return tell(order, { type: 'ORDER_PLACED', order: toEventOrder(order) });
    }
    const { command } = step;
    const order = toEventOrder(command.order);
    return command.type === 'cancel'
      ? tell(command.order, { type: 'ORDER_CANCEL_REQUESTED', order })
      : tell(command.order, { type: 'ORDER_AMEND_REQUESTED', order, amend: command.amend });
  });
}

type Told =
  | Pick<OrderPlaced, 'type' | 'order'>
  | Pick<OrderCancelRequested, 'type' | 'order'>
  | Pick<OrderAmendRequested, 'type' | 'order' | 'amend'>;

async function insertOrders(
  tx: Transaction,
  orders: readonly NewOrder[],
  nowMs: number,
): Promise<number[]> {
  const ids: number[] = [];
  const { names, count } = insertColumns(orders);
  for (let start = 0; start < orders.length; start += ROWS_A_STATEMENT) {
    const part = orders.slice(start, start + ROWS_A_STATEMENT);
    const sql = `INSERT INTO orders (${names}) VALUES ${valuesList(part.length, count)}`;
    ids.push(...(await tx.insert(sql, insertValues(part, count, nowMs), part.length)));
  }
  return ids;
}

function placedWithKey(units: readonly CommandUnit[]): NewOrder[] {
  const orders: NewOrder[] = [];
  for (const { commands } of units) {
    for (const command of commands) {
      if (command.type === 'place' && command.order.request !== null) orders.push(command.order);
    }
  }
  return orders;
}
