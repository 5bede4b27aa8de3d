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
