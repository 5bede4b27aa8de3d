import { eventually } from './eventually';
import { type Answer, send } from './http';

export interface Order {
  id: number;
  user_id: number;
  item: string;
  amount: string;
  status: string;
}

export interface NewOrder {
  user_id: number;
  item: string;
  amount: string | number;
}

/** Sends `POST /orders`, whatever the answer. */
export function postOrder(baseUrl: string, order: NewOrder, timeoutMs?: number): Promise<Answer> {
  return send(baseUrl, 'POST', '/orders', {
    body: order,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
}

/** Places an order. @throws when the answer is not 201. */
export async function placeOrder(baseUrl: string, order: Partial<NewOrder> = {}): Promise<Order> {
  const body = { user_id: 1, item: 'AAPL', amount: '150.50', ...order };
  return expectStatus(201, await postOrder(baseUrl, body)) as Order;
}

export async function getOrder(baseUrl: string, id: number): Promise<Order> {
  return expectStatus(200, await send(baseUrl, 'GET', `/orders/${id}`)) as Order;
}

export async function cancelOrder(baseUrl: string, id: number): Promise<Order> {
  return expectStatus(202, await send(baseUrl, 'DELETE', `/orders/${id}`)) as Order;
}

/** The user's orders, and what `X-Cache` says of the answer. */
export async function getUserOrders(
  baseUrl: string,
  userId: number,
): Promise<{ orders: Order[]; cache: string | undefined }> {
  const answer = await send(baseUrl, 'GET', `/orders/user/${userId}`);
  const orders = expectStatus(200, answer) as Order[];
  return { orders, cache: answer.headers['x-cache']?.toString() };
}

export function expectStatus(status: number, answer: Answer): unknown {
  if (answer.status !== status) {
    throw new Error(`expected ${status}, got ${answer.status}: ${answer.text}`);
  }
  return answer.json;
}

/** An order for the book as it is answered: decimals are strings. */
export interface BookOrder extends Order {
  side: string;
  type: string;
  price: string | null;
  quantity: string | null;
  filled_quantity: string;
  remaining_quantity: string | null;
  average_price: string | null;
  time_in_force: string;
  reason: string | null;
  client_order_id: string | null;
  created_at: string;
  updated_at: string;
  stop_price?: string;
  display_quantity?: string;
  post_only?: boolean;
  self_trade_prevention?: string;
  expires_at?: string;
}

/** Members of an order for the book, as they are sent. */
export type NewBookOrder = Readonly<Record<string, unknown>>;

/** Places a limit order to buy 10 at 100.00, or what is said otherwise. @throws when the answer is not 201. */
export async function placeBookOrder(
  baseUrl: string,
  order: NewBookOrder = {},
): Promise<BookOrder> {
  const limit = order.type === undefined || order.type === 'LIMIT';
  const price = limit ? { price: '100.00' } : {};
  const quantity = order.amount === undefined ? { quantity: '10' } : {};
  const body = { user_id: 1, item: 'AAPL', side: 'BUY', ...price, ...quantity, ...order };
  return expectStatus(201, await send(baseUrl, 'POST', '/orders', { body })) as BookOrder;
}

export async function getBookOrder(baseUrl: string, id: number): Promise<BookOrder> {
  return (await getOrder(baseUrl, id)) as BookOrder;
}

export async function amendOrder(
  baseUrl: string,
  id: number,
  amend: NewBookOrder,
): Promise<BookOrder> {
  const answer = await send(baseUrl, 'PATCH', `/orders/${id}`, { body: amend });
  return expectStatus(202, answer) as BookOrder;
}

/** Waits until an order is as it is said to be. @returns the order. */
export function orderBecomes(
  baseUrl: string,
  id: number,
  expected: Partial<BookOrder>,
): Promise<BookOrder> {
  return eventually(async () => {
    const order = await getBookOrder(baseUrl, id);
    expect(order).toMatchObject(expected);
    return order;
  });
}

/** Sends `PUT /markets/{item}`. @throws when the answer is not 200. */
export async function putMarket(
  baseUrl: string,
  item: string,
  market: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const path = `/markets/${encodeURIComponent(item)}`;
  const answer = await send(baseUrl, 'PUT', path, { body: market });
  return expectStatus(200, answer) as Record<string, unknown>;
}

/** Sends a GET. @throws when the answer is not 200. @returns its JSON. */
export async function getJson<T>(baseUrl: string, path: string): Promise<T> {
  return expectStatus(200, await send(baseUrl, 'GET', path)) as T;
}

/** All rows of a list, page by page as its `Link` headers lead. */
export async function getAllPages<T>(baseUrl: string, first: string): Promise<T[]> {
  const rows: T[] = [];
  for (let path: string | undefined = first; path !== undefined;) {
    const answer = await send(baseUrl, 'GET', path);
    rows.push(...(expectStatus(200, answer) as T[]));
    path = /<([^>]+)>; rel="next"/.exec(String(answer.headers.link))?.[1];
  }
  return rows;
}
