import { type Deployment, eventually } from '../support/processes';
import type { Ledger } from './ledger';
import { countOf, type StoredOrder } from './proof';
import { endOffsets, readTopic, type TopicEvent } from './topic';

const EVENTS = 'order.events';
const DEAD_LETTERS = 'order.events.dlq';
const SHOWN = 10;
const HANDLED_TIMEOUT_MS = 15_000;

/** The log tells the same story as the store, and all of it was handled. */
export async function proveLog(
  deployment: Deployment,
  ledger: Ledger,
  orders: readonly StoredOrder[],
): Promise<void> {
  expect(await countOf(deployment, deadLettersSql)).toBe(0);
  // Events that change nothing any more, as second deliveries do, may still be on their way.
  await allHandled(deployment, HANDLED_TIMEOUT_MS);
  if (deployment.wiring === 'embedded') return;
  const deadLetters = [...(await endOffsets(deployment, DEAD_LETTERS)).values()];
  expect(deadLetters.reduce((sum, end) => sum + end, 0)).toBe(0);
  const events = (await readTopic(deployment, EVENTS)).filter(isOfPlainOrder);
  expect(wrongEvents(events, ledger, orders).slice(0, SHOWN)).toEqual([]);
}

/** Waits until the matcher has handled everything that `order.events` holds. */
export async function allHandled(deployment: Deployment, timeoutMs: number): Promise<void> {
  const embedded = deployment.wiring === 'embedded';
  await eventually(() => (embedded ? proveOutbox(deployment) : proveCheckpoints(deployment)), {
    timeoutMs,
    everyMs: 100,
  });
}

const deadLettersSql = `SELECT COUNT(*) AS n FROM outbox_entries WHERE topic = '${DEAD_LETTERS}'`;

interface CheckpointRow {
  partition_id: number;
  next_offset: number;
}

async function readCheckpoints(deployment: Deployment, topic: string): Promise<CheckpointRow[]> {
  return deployment.query<CheckpointRow>(
    'SELECT partition_id, next_offset FROM checkpoints WHERE topic = ?',
    [topic],
  );
}

async function proveOutbox(deployment: Deployment): Promise<void> {
  const [head] = await deployment.query<{ last_seq: number }>(
    'SELECT last_seq FROM outbox_heads WHERE topic = ?',
    [EVENTS],
  );
  const checkpoints = await readCheckpoints(deployment, EVENTS);
  expect(checkpoints.map((row) => [row.partition_id, row.next_offset])).toEqual([
    [0, Number(head?.last_seq) + 1],
  ]);
}

/** A partition that never had a message may have no checkpoint. */
async function proveCheckpoints(deployment: Deployment): Promise<void> {
  const { prefix } = deployment.kafka();
  const ends = await endOffsets(deployment, EVENTS);
  const rows = await readCheckpoints(deployment, prefix + EVENTS);
  const next = new Map(rows.map((row) => [row.partition_id, row.next_offset]));
  expect(Object.fromEntries([...ends.keys()].map((key) => [key, next.get(key) ?? 0]))).toEqual(
    Object.fromEntries(ends),
  );
}

/** Events of markets have no order, orders of the books have a side. */
function isOfPlainOrder({ order }: { order: TopicEvent['order'] | undefined }): boolean {
  return order !== undefined && !('side' in order);
}

function wrongEvents(
  events: readonly TopicEvent[],
  ledger: Ledger,
  orders: readonly StoredOrder[],
): string[] {
  const wrong: string[] = [];
  const byId = new Map<number, TopicEvent[]>();
  for (const event of events) {
    const { id } = event.order;
    const known = byId.get(id);
    if (known === undefined) byId.set(id, [event]);
    else known.push(event);
  }
  const cancelled = new Map(ledger.attempts.map((each) => [each.amount, each.cancel]));
  for (const order of orders) {
    const own = byId.get(order.id) ?? [];
    byId.delete(order.id);
    const reasons = wrongStory(own, order, cancelled.get(order.amount) ?? null);
    wrong.push(...reasons.map((reason) => `${reason}: order ${order.id}, ${JSON.stringify(own)}`));
  }
  for (const id of byId.keys()) wrong.push(`an event for order ${id}, which does not exist`);
  return wrong;
}

/** Events may come more than once; what counts is the first of each type. */
function wrongStory(
  events: readonly TopicEvent[],
  order: StoredOrder,
  cancel: string | null,
): string[] {
  const wrong: string[] = [];
  const placed = events.findIndex(({ type }) => type === 'ORDER_PLACED');
  const asked = events.findIndex(({ type }) => type === 'ORDER_CANCEL_REQUESTED');
  if (placed === -1) wrong.push('no ORDER_PLACED');
  if (asked !== -1 && asked < placed) wrong.push('the cancel comes before the order');
  if (asked !== -1 && cancel !== 'accepted' && cancel !== 'in doubt') wrong.push('no such cancel');
  if (asked === -1 && cancel === 'accepted') wrong.push('the cancel was lost');
  if (asked === -1 && order.status === 'CANCELLED') wrong.push('cancelled without an event');
  if (new Set(events.map(({ partition }) => partition)).size > 1) wrong.push('two partitions');
  if (events.some((event) => !isOf(event, order))) wrong.push('other values');
  return wrong;
}

function isOf({ order: told }: TopicEvent, order: StoredOrder): boolean {
  return (
    told.user_id === order.user_id &&
    told.item === order.item &&
    told.amount === order.amount &&
    Date.parse(told.created_at) === order.createdAtMs
  );
}
