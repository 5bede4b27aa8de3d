import { client } from '../client';
import { type Answer, answerOf, dataOf } from './answer';
import { nextCursor, type Page } from './paged';
import type { Market, NewOrder, Order, OwnTrade, Position } from './schemas';

/** The requests of the account's half of the page. What no answer came to is thrown. */

const PAGE = 50;
const PATIENCE_MS = 10_000;

export async function sendOrder(body: NewOrder, key: string): Promise<Answer<Order>> {
  return answerOf(
    await client.rest.POST('/orders', {
      params: { header: { 'Idempotency-Key': key } },
      body,
      signal: AbortSignal.timeout(PATIENCE_MS),
    }),
  );
}

export async function cancelOrder(id: number): Promise<Answer<Order>> {
  return answerOf(
    await client.rest.DELETE('/orders/{id}', {
      params: { path: { id } },
      signal: AbortSignal.timeout(PATIENCE_MS),
    }),
  );
}

export interface Amend {
  readonly price?: string;
  readonly quantity?: string;
}

export async function amendOrder(id: number, body: Amend): Promise<Answer<Order>> {
  return answerOf(
    await client.rest.PATCH('/orders/{id}', {
      params: { path: { id } },
      body,
      signal: AbortSignal.timeout(PATIENCE_MS),
    }),
  );
}

export async function cancelAll(userId: number, item: string | null) {
  const query = { user_id: userId, ...(item === null ? {} : { item }) };
  return answerOf(
    await client.rest.DELETE('/orders', {
      params: { query },
      signal: AbortSignal.timeout(PATIENCE_MS),
    }),
  );
}

/** @returns null when there is no such order. */
export async function readOrder(id: number): Promise<Order | null> {
  const answer = answerOf(await client.rest.GET('/orders/{id}', { params: { path: { id } } }));
  if (answer.ok) return answer.data;
  if (answer.problem.code === 'ORDER_NOT_FOUND') return null;
  throw new Error(answer.problem.detail);
}

export async function readOrders(
  userId: number,
  item: string | null,
  cursor: number | null,
): Promise<Page<Order>> {
  const query = { user_id: userId, order: 'desc' as const, limit: PAGE, ...more(item, cursor) };
  const fetched = await client.rest.GET('/orders', { params: { query } });
  return { rows: dataOf(fetched), next: nextCursor(fetched.response.headers.get('Link')) };
}

export async function readTrades(
  userId: number,
  item: string | null,
  cursor: number | null,
): Promise<Page<OwnTrade>> {
  const query = { user_id: userId, order: 'desc' as const, limit: PAGE, ...more(item, cursor) };
  const fetched = await client.rest.GET('/trades', { params: { query } });
  const rows = dataOf(fetched).filter((trade) => 'role' in trade);
  return { rows, next: nextCursor(fetched.response.headers.get('Link')) };
}

export async function readPositions(userId: number): Promise<Position[]> {
  const path = { user_id: userId };
  const fetched = await client.rest.GET('/users/{user_id}/positions', { params: { path } });
  return dataOf(fetched).positions;
}

export async function readMarket(item: string): Promise<Market> {
  return dataOf(await client.rest.GET('/markets/{item}', { params: { path: { item } } }));
}

export async function readFillDelayMs(): Promise<number> {
  return dataOf(await client.rest.GET('/settings')).match_delay_ms;
}

function more(item: string | null, cursor: number | null) {
  return { ...(item === null ? {} : { item }), ...(cursor === null ? {} : { cursor }) };
}
