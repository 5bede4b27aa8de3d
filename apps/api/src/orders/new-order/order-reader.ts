import { parseAmount, type Units } from '@app/contracts';
import { ProblemException } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { MarketUnits } from '../../markets/market-units';
import { invalidMembers } from '../../problem-errors';
import { available } from '../../store-access';
import { RequestKeys } from '../request-keys';
import type { NewOrder } from '../stored-order';
import { toBookTerms } from './book-terms';
import type { OrderRequest } from './order-request';
import { bookIdentity, clientOrderKey, plainIdentity } from './request-identity';

/** A request as it was read, or its refusal; and the key that it has where the client has not named the order. */
export interface ReadRequest {
  request: OrderRequest | ProblemException;
  fallbackKey: string | null;
}

/** Turns requests into orders in the units of their markets. */
@Injectable()
export class OrderReader {
  constructor(
    private readonly units: MarketUnits,
    private readonly requests: RequestKeys,
  ) {}

  /**
   * The units of the markets are fixed from now on, of those that valid orders are for.
   * @returns for each request its order, or why it is refused.
   * @throws ProblemException STORE_UNAVAILABLE
   */
  async read(requests: readonly ReadRequest[]): Promise<(NewOrder | ProblemException)[]> {
    const nowMs = Date.now();
    const items = requests.flatMap(({ request }) => bookItem(request));
    if (items.length === 0) return requests.map((each) => toOrder(each, NO_UNITS, nowMs));
    const units = await available(this.units.read(items), 'orders can not be stored now');
    const orders = requests.map((each) => toOrder(each, units, nowMs));
    const fixed = await this.fixUnits(orders);
    if (fixed === null) return this.refuseOverdue(orders, nowMs);
    const all = new Map([...units, ...fixed]);
    return this.refuseOverdue(
      requests.map((each) => toOrder(each, all, nowMs)),
      nowMs,
    );
  }

  /** @returns the units as they are from now on; null where they were fixed before. */
  private async fixUnits(
    orders: readonly (NewOrder | ProblemException)[],
  ): Promise<ReadonlyMap<string, Units> | null> {
    const items: string[] = [];
    for (const order of orders) {
      if (order instanceof ProblemException || order.book === null) continue;
      if (this.units.cached(order.item) === undefined) items.push(order.item);
    }
    if (items.length === 0) return null;
    return available(this.units.take(items), 'orders can not be stored now');
  }

  /** An order whose time has passed is refused, unless it is one sent again: then its first answer counts. */
  private async refuseOverdue(
    orders: (NewOrder | ProblemException)[],
    nowMs: number,
  ): Promise<(NewOrder | ProblemException)[]> {
    const overdue = orders.flatMap((order) => (isOverdue(order, nowMs) ? [order] : []));
    if (overdue.length === 0) return orders;
    const stored = await available(this.requests.find(overdue), 'orders can not be stored now');
    return orders.map((order) => {
      if (!isOverdue(order, nowMs)) return order;
      return stored.get(order) === undefined ? timeHasPassed() : order;
    });
  }
}

const NO_UNITS: ReadonlyMap<string, Units> = new Map();

function bookItem(request: OrderRequest | ProblemException): string[] {
  return request instanceof ProblemException || request.kind === 'plain' ? [] : [request.body.item];
}

function toOrder(
  { request, fallbackKey }: ReadRequest,
  unitsOf: ReadonlyMap<string, Units>,
  nowMs: number,
): NewOrder | ProblemException {
  if (request instanceof ProblemException) return request;
  const { user_id: userId, item } = request.body;
  const clientOrderId = request.body.client_order_id ?? null;
  const key = clientOrderId === null ? fallbackKey : clientOrderKey(clientOrderId);
  if (request.kind === 'plain') {
    const amount = parseAmount(request.body.amount);
    if (amount === null) throw new Error('an invalid amount passed the checks');
    const identity = key === null ? null : plainIdentity(key, item, amount);
    return { userId, item, amount, book: null, clientOrderId, request: identity };
  }
  const units = unitsOf.get(item);
  if (units === undefined) throw new Error('the units of a market were not read');
  const book = toBookTerms(request.body, units, nowMs);
  if (book instanceof ProblemException) return book;
  const identity = key === null ? null : bookIdentity(key, item, book);
  return { userId, item, amount: null, book, clientOrderId, request: identity };
}

function isOverdue(order: NewOrder | ProblemException, nowMs: number): order is NewOrder {
  if (order instanceof ProblemException) return false;
  const expiresAtMs = order.book?.expiresAtMs ?? null;
  return expiresAtMs !== null && expiresAtMs <= nowMs;
}

function timeHasPassed(): ProblemException {
  return invalidMembers([{ pointer: '/expires_at', detail: 'must be in the future' }]);
}
