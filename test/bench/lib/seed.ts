import { CompressionTypes, type Message, Partitioners } from 'kafkajs';
import type { ResultSetHeader } from 'mysql2';
import { randomUUID } from 'node:crypto';
import { PARTITIONS, type Sandbox, type Stack } from './stack';

const ORDERS_PER_CHUNK = 1000;
const USERS = 1000;
const ITEMS = 100;

const itemOf = (number: number): string => `ITEM-${number % ITEMS}`;

/** Stores orders and their events as the api does, faster: rows and messages in bulk. Fills the table `orders`. */
export async function seedOrders(stack: Stack, sandbox: Sandbox, count: number): Promise<void> {
  const producer = stack.kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  try {
    let sending: Promise<unknown> = Promise.resolve();
    for (let start = 0; start < count; start += ORDERS_PER_CHUNK) {
      const messages = await insertOrders(
        stack,
        sandbox,
        start,
        Math.min(ORDERS_PER_CHUNK, count - start),
      );
      await sending;
      sending = producer.send({
        topic: sandbox.topic,
        acks: -1,
        compression: CompressionTypes.None,
        messages,
      });
    }
    await sending;
  } finally {
    await producer.disconnect();
  }
}

async function insertOrders(
  stack: Stack,
  sandbox: Sandbox,
  start: number,
  count: number,
): Promise<Message[]> {
  const nowMs = Date.now();
  const numbers = Array.from({ length: count }, (_, index) => start + index);
  const rows = numbers.map((number) => [
    1 + ((number * 7919) % USERS),
    itemOf(number),
    '101.50',
    'OPEN',
    null,
    nowMs,
    nowMs,
  ]);
  const [{ insertId }] = await stack.database.query<ResultSetHeader>(
    `INSERT INTO ${sandbox.database}.orders
       (user_id, item, amount, status, reason, created_at_ms, updated_at_ms) VALUES ?`,
    [rows],
  );
  const at = new Date(nowMs).toISOString();
  return rows.map(([userId, item, amount, status], index) => ({
    key: String(item),
    value: JSON.stringify({
      type: 'ORDER_PLACED',
      event_id: randomUUID(),
      occurred_at: at,
      request_id: randomUUID(),
      order: { id: insertId + index, user_id: userId, item, amount, status, created_at: at },
    }),
  }));
}

/** Where Kafka's clients put the events of each item. */
export function partitionOfItem(topic: string): Record<string, number> {
  const choose = Partitioners.DefaultPartitioner();
  const partitionMetadata = Array.from({ length: PARTITIONS }, (_, partitionId) => ({
    partitionId,
    partitionErrorCode: 0,
    leader: 0,
    replicas: [0],
    isr: [0],
  }));
  const found: Record<string, number> = {};
  for (let number = 0; number < ITEMS; number += 1) {
    const message = { key: itemOf(number), value: null };
    found[itemOf(number)] = choose({ topic, partitionMetadata, message });
  }
  return found;
}
