import { CompressionTypes, type Message, Partitioners } from 'kafkajs';
import type { ResultSetHeader } from 'mysql2';
import { randomUUID } from 'node:crypto';
import type { Sandbox, Stack } from '../lib/stack';
import { decimalPrice, decimalQuantity, FLOW_USERS, type FlowOrder } from './flow';

const ORDERS_PER_CHUNK = 1000;

/** Stores book orders and their events as the api does, faster: rows and messages in bulk. */
export async function seedBookOrders(
  stack: Stack,
  sandbox: Sandbox,
  orders: Iterable<FlowOrder>,
): Promise<void> {
  const producer = stack.kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  try {
    let chunk: FlowOrder[] = [];
    let sequence = 1;
    const send = async (): Promise<void> => {
      const messages = await insertOrders(stack, sandbox, chunk, sequence);
      sequence += chunk.length;
      chunk = [];
      const compression = CompressionTypes.None;
      await producer.send({ topic: sandbox.topic, acks: -1, compression, messages });
    };
    for (const order of orders) {
      chunk.push(order);
      if (chunk.length === ORDERS_PER_CHUNK) await send();
    }
    if (chunk.length > 0) await send();
  } finally {
    await producer.disconnect();
  }
}

async function insertOrders(
  stack: Stack,
  sandbox: Sandbox,
  orders: readonly FlowOrder[],
  firstSequence: number,
): Promise<Message[]> {
  const nowMs = Date.now();
  const rows = orders.map(({ userId, item, side, priceTicks, quantityLots }) => [
    userId,
    item,
    'OPEN',
    nowMs,
    nowMs,
    side,
    'LIMIT',
    'GTC',
    'NONE',
    0,
    priceTicks,
    quantityLots,
  ]);
  const [{ insertId }] = await stack.database.query<ResultSetHeader>(
    `INSERT INTO ${sandbox.database}.orders (user_id, item, status, created_at_ms, updated_at_ms, side, type,
       time_in_force, self_trade_prevention, post_only, price_ticks, quantity_lots) VALUES ?`,
    [rows],
  );
  const at = new Date(nowMs).toISOString();
  return orders.map(({ userId, item, side, priceTicks, quantityLots }, index) => ({
    key: item,
    value: JSON.stringify({
      type: 'ORDER_PLACED',
      event_id: randomUUID(),
      occurred_at: at,
      request_id: randomUUID(),
      order: {
        id: insertId + index,
        user_id: userId,
        item,
        status: 'OPEN',
        created_at: at,
        side,
        type: 'LIMIT',
        time_in_force: 'GTC',
        price: decimalPrice(priceTicks),
        quantity: decimalQuantity(quantityLots),
        self_trade_prevention: 'NONE',
      },
      sequence: String(firstSequence + index),
    }),
  }));
}

const RESTING_PER_CHUNK = 5000;

/** Books that hold orders already, taken in long ago and far from where the flow trades. */
export async function seedRestingOrders(
  stack: Stack,
  sandbox: Sandbox,
  orders: number,
  items: number,
): Promise<void> {
  const sequences = new Map<string, number>();
  for (let start = 0; start < orders; start += RESTING_PER_CHUNK) {
    const rows: unknown[][] = [];
    for (let index = start; index < Math.min(orders, start + RESTING_PER_CHUNK); index += 1) {
      const item = `ITEM-${index % items}`;
      // ACCEPTED, RESTED and LEVEL of each.
      const sequence = sequences.get(item) ?? 0;
      sequences.set(item, sequence + 3);
      const isBuy = Math.floor(index / items) % 2 === 0;
      const distance = 1000 + (index % 977);
      rows.push([
        1 + (index % FLOW_USERS),
        item,
        'OPEN',
        1,
        1,
        isBuy ? 'BUY' : 'SELL',
        'LIMIT',
        'GTC',
        'NONE',
        0,
        10_000 + (isBuy ? -distance : distance),
        1000,
        1000,
        sequence + 1,
        sequence + 2,
      ]);
    }
    await stack.database.query(
      `INSERT INTO ${sandbox.database}.orders (user_id, item, status, created_at_ms, updated_at_ms, side, type,
         time_in_force, self_trade_prevention, post_only, price_ticks, quantity_lots, visible_lots,
         accepted_sequence, queue_sequence) VALUES ?`,
      [rows],
    );
  }
  const { MAX_SAFE_INTEGER: most } = Number;
  const books = [...sequences].map(([item, sequence]) => [
    item,
    sequence,
    0,
    0,
    0,
    'TRADING',
    1,
    most,
    1,
    most,
    0,
  ]);
  if (books.length > 0) {
    await stack.database.query(`INSERT INTO ${sandbox.database}.books VALUES ?`, [books]);
  }
}
