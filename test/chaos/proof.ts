import {
  type Deployment,
  eventually,
  expectStatus,
  getUserOrders,
  type Order,
  send,
} from '../support/processes';
import type { Attempt, Ledger } from './ledger';

/** An order as the store has it, numbers as numbers and the amount as text. */
export interface StoredOrder extends Order {
  reason: string | null;
  createdAtMs: number;
  updatedAtMs: number;
}

const SETTLE_TIMEOUT_MS = 45_000;
/** Enough to make the kind of a failure clear without drowning it. */
const SHOWN = 10;

/** Plain orders; those of the books have a checker of their own. */
export async function readOrders(deployment: Deployment): Promise<StoredOrder[]> {
  const rows = await deployment.query('SELECT * FROM orders WHERE side IS NULL ORDER BY id');
  return rows.map((row) => ({
    id: Number(row.id),
    user_id: Number(row.user_id),
    item: String(row.item),
    amount: Number(row.amount).toFixed(2),
    status: String(row.status),
    reason: row.reason === null ? null : String(row.reason),
    createdAtMs: Number(row.created_at_ms),
    updatedAtMs: Number(row.updated_at_ms),
  }));
}

export async function countOf(deployment: Deployment, sql: string): Promise<number> {
  const [row] = await deployment.query<{ n: number }>(sql);
  return Number(row?.n);
}

/** Waits until nothing is left to do: every plain order is final, and nothing waits to be published or filled. */
export async function settle(deployment: Deployment, timeoutMs = SETTLE_TIMEOUT_MS): Promise<void> {
  const unpublished =
    deployment.wiring === 'stack' ? 'SELECT COUNT(*) AS n FROM outbox_entries' : 'SELECT 0 AS n';
  await eventually(
    async () => {
      expect({
        open: await countOf(
          deployment,
          "SELECT COUNT(*) AS n FROM orders WHERE side IS NULL AND status NOT IN ('FILLED', 'CANCELLED')",
        ),
        scheduled: await countOf(deployment, 'SELECT COUNT(*) AS n FROM scheduled_fills'),
        unpublished: await countOf(deployment, unpublished),
      }).toEqual({ open: 0, scheduled: 0, unpublished: 0 });
    },
    { timeoutMs, everyMs: 200 },
  );
}

/** What the store holds is what the clients were told, order by order. */
export function provePromises(
  ledger: Ledger,
  orders: readonly StoredOrder[],
  delayMs: number,
): void {
  expect(ledger.faults.slice(0, SHOWN)).toEqual([]);
  const byAmount = new Map(ledger.attempts.map((attempt) => [attempt.amount, attempt]));
  const stored = new Set<Attempt>();
  const wrong: string[] = [];
  for (const order of orders) {
    const attempt = byAmount.get(order.amount);
    if (attempt === undefined) wrong.push(`nobody asked for ${JSON.stringify(order)}`);
    else if (stored.has(attempt)) wrong.push(`stored twice: ${JSON.stringify(order)}`);
    else wrong.push(...differences(attempt, order, delayMs));
    if (attempt !== undefined) stored.add(attempt);
  }
  for (const attempt of ledger.attempts) {
    if (attempt.outcome === 'acknowledged' && !stored.has(attempt))
      wrong.push(`acknowledged but not stored: ${JSON.stringify(attempt)}`);
  }
  expect(wrong.slice(0, SHOWN)).toEqual([]);
}

function differences(attempt: Attempt, order: StoredOrder, delayMs: number): string[] {
  const wrong: string[] = [];
  const check = (right: boolean, what: string): void => {
    if (!right) wrong.push(`${what}: ${JSON.stringify(order)} of ${JSON.stringify(attempt)}`);
  };
  const { status, reason, createdAtMs, updatedAtMs } = order;
  check(attempt.outcome !== 'refused', 'refused but stored');
  check(attempt.order === null || attempt.order.id === order.id, 'acknowledged with another id');
  check(order.user_id === attempt.userId && order.item === attempt.item, 'other values');
  check(status === 'FILLED' || status === 'CANCELLED', 'not final');
  if (status === 'CANCELLED') {
    const asked = attempt.cancel === 'accepted' || attempt.cancel === 'in doubt';
    check(asked, 'cancelled though nobody was promised that');
    check(reason === 'USER', 'cancelled for a wrong reason');
  } else {
    check(reason === null, 'filled with a reason');
    check(updatedAtMs >= createdAtMs + delayMs, 'filled too early');
  }
  return wrong;
}

/** `GET /orders`, page by page, shows what the store holds. */
export async function proveRest(
  deployment: Deployment,
  orders: readonly StoredOrder[],
): Promise<void> {
  const listed: Order[] = [];
  let path: string | null = '/orders';
  while (path !== null) {
    const answer = await send(deployment.baseUrl, 'GET', path);
    listed.push(...(expectStatus(200, answer) as Order[]));
    path = /<([^>]+)>; rel="next"/.exec(answer.headers.link?.toString() ?? '')?.[1] ?? null;
  }
  expect(listed.filter(isPlain)).toEqual(
    orders.map(({ id, user_id, item, amount, status }) => ({ id, user_id, item, amount, status })),
  );
}

/** Every user's list, read from the store the first time and from the cache the second, shows the same. */
export async function proveUserLists(
  deployment: Deployment,
  orders: readonly StoredOrder[],
): Promise<void> {
  const byUser = new Map<number, Order[]>();
  for (const { id, user_id, item, amount, status } of orders) {
    const own = byUser.get(user_id) ?? [];
    own.push({ id, user_id, item, amount, status });
    byUser.set(user_id, own);
  }
  for (const [userId, own] of byUser) {
    for (let time = 1; time <= 2; time += 1) {
      const { orders: listed } = await getUserOrders(deployment.baseUrl, userId);
      expect(listed.filter(isPlain)).toEqual(own);
    }
  }
}

function isPlain(order: Order): boolean {
  return !('side' in order);
}
