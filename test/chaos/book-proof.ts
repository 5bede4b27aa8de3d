import type { Deployment } from '../support/processes';
import { scaled } from './book-checker/decimals';
import { type LoggedEvent, readLog } from './book-checker/order-log';
import { OPERATED_ITEM } from './book-orders';
import { type BookAttempt, type BookLedger, isOlder } from './book-ledger';
import { readMessagesOf } from './book-checker/book-source';

const SHOWN = 10;
const LOT = '0.0001';

interface Row {
  id: number | string;
  user_id: number | string;
  status: string;
  reason: string | null;
  filled_lots: number | string;
  request_key: string;
}

/** What the clients of the books were told is what the store holds, and what they asked for is in the log. */
export async function proveBookLedger(deployment: Deployment, ledger: BookLedger): Promise<void> {
  expect(ledger.faults.slice(0, SHOWN)).toEqual([]);
  const rows = await deployment.query<Row>(
    'SELECT id, user_id, status, reason, filled_lots, request_key FROM orders WHERE side IS NOT NULL',
  );
  const byName = new Map<string, Row[]>();
  for (const row of rows) {
    const name = nameOf(Number(row.user_id), row.request_key.slice('c:'.length));
    byName.set(name, [...(byName.get(name) ?? []), row]);
  }
  const { events } = readLog(await readMessagesOf(deployment, 'order.events'));
  const logged = loggedChanges(events);
  const wrong: string[] = [];
  for (const attempt of ledger.attempts) {
    const { user_id: userId, client_order_id: clientOrderId } = attempt.body;
    const name = nameOf(userId, clientOrderId);
    const faults = faultsOf(attempt, byName.get(name) ?? [], logged);
    wrong.push(...faults.map((fault) => `${fault}: ${inWords(attempt)}`));
    byName.delete(name);
  }
  for (const name of byName.keys()) wrong.push(`nobody asked for ${name}`);
  expect(wrong.slice(0, SHOWN)).toEqual([]);
  const { accepted, inDoubt } = ledger.operated;
  const operated = events.filter(({ type }) => type === 'MARKET_CHANGED').length;
  expect(operated).toBeGreaterThanOrEqual(accepted);
  expect(operated).toBeLessThanOrEqual(accepted + inDoubt);
}

function faultsOf(
  attempt: BookAttempt,
  rows: readonly Row[],
  logged: ReadonlyMap<number, Changes>,
): string[] {
  const { outcome, id } = attempt;
  const [row] = rows;
  if (outcome !== 'acknowledged') return rows.length === 0 ? [] : [`${outcome} but stored`];
  if (row === undefined || rows.length > 1) return [`stored ${rows.length} times`];
  if (Number(row.id) !== id) return [`stored as ${row.id}`];
  const faults: string[] = [];
  const stored = {
    status: row.status,
    reason: row.reason,
    filled: scaled(LOT) * BigInt(row.filled_lots),
  };
  if (isOlder(stored, attempt)) faults.push(`stored as ${stored.status}, which is older`);
  const working = stored.status === 'OPEN' || stored.status === 'PARTIALLY_FILLED';
  const cancelled = attempt.cancels.accepted > 0 || attempt.cancelAll === 'accepted';
  // A cancel may come to a market that was halted just before.
  const halts = attempt.body.item === OPERATED_ITEM;
  if (working && cancelled && !halts) faults.push('works on though a cancel was accepted');
  const mayBeCancelled = cancelled || attempt.cancels.inDoubt > 0 || attempt.cancelAll !== null;
  if (stored.status === 'CANCELLED' && stored.reason === 'USER' && !mayBeCancelled)
    faults.push('cancelled though nobody asked for that');
  const { amends, cancels } = logged.get(Number(row.id)) ?? { amends: 0, cancels: 0 };
  const { accepted, inDoubt } = attempt.amends;
  if (amends < accepted || amends > accepted + inDoubt)
    faults.push(`${amends} amends are in the log`);
  const most = attempt.cancels.accepted + attempt.cancels.inDoubt;
  if (cancels < attempt.cancels.accepted || (cancels > most && attempt.cancelAll === null))
    faults.push(`${cancels} cancels are in the log`);
  return faults;
}

interface Changes {
  amends: number;
  cancels: number;
}

/** How often the log tells, by order, of an amend and of a cancel; copies do not count. */
function loggedChanges(events: readonly LoggedEvent[]): Map<number, Changes> {
  const changes = new Map<number, Changes>();
  for (const { type, value } of events) {
    if (type !== 'ORDER_AMEND_REQUESTED' && type !== 'ORDER_CANCEL_REQUESTED') continue;
    const { id } = value.order as { id: number };
    const change = changes.get(id) ?? { amends: 0, cancels: 0 };
    changes.set(id, change);
    if (type === 'ORDER_AMEND_REQUESTED') change.amends += 1;
    else change.cancels += 1;
  }
  return changes;
}

function nameOf(userId: number, clientOrderId: string): string {
  return `${clientOrderId} of ${userId}`;
}

function inWords(attempt: BookAttempt): string {
  return JSON.stringify(attempt, (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
}
