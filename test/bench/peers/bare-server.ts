import { createClient } from '@redis/client';
import express, { type Request, type Response } from 'express';
import { CompressionTypes, Kafka, logLevel } from 'kafkajs';
import { createPool, type ResultSetHeader } from 'mysql2/promise';
import { randomUUID } from 'node:crypto';

/**
 * What one would write for the same endpoint without a framework and without promises: the row, then the event,
 * then the cached list, one after the other. A crash between them loses the event or leaves a stale list.
 */
const { DATABASE_URL, REDIS_URL, KAFKA_BOOTSTRAP_SERVERS, KAFKA_TOPIC_PREFIX, PORT } = process.env;
const topic = `${KAFKA_TOPIC_PREFIX ?? ''}order.events`;

interface OrderBody {
  user_id: number;
  item: string;
  amount: number;
}

const pool = createPool({
  uri: DATABASE_URL ?? '',
  connectionLimit: Number(process.env.PEER_POOL_SIZE ?? 64),
});
const kafka = new Kafka({
  clientId: 'bare',
  brokers: (KAFKA_BOOTSTRAP_SERVERS ?? '').split(','),
  logLevel: logLevel.ERROR,
});
const producer = kafka.producer({ allowAutoTopicCreation: false });
const redis = createClient({ url: REDIS_URL ?? '' });

async function place(request: Request, response: Response): Promise<void> {
  const { user_id, item, amount } = request.body as OrderBody;
  if (!Number.isInteger(user_id) || typeof item !== 'string' || typeof amount !== 'number') {
    response.status(400).json({ error: 'invalid order' });
    return;
  }
  const now = Date.now();
  const text = amount.toFixed(2);
  const [{ insertId }] = await pool.execute<ResultSetHeader>(
    'INSERT INTO orders (user_id, item, amount, status, reason, created_at_ms, updated_at_ms) VALUES (?,?,?,?,?,?,?)',
    [user_id, item, text, 'OPEN', null, now, now],
  );
  const order = { id: insertId, user_id, item, amount: text, status: 'OPEN' };
  const at = new Date(now).toISOString();
  await producer.send({
    topic,
    acks: -1,
    compression: CompressionTypes.None,
    messages: [
      {
        key: item,
        value: JSON.stringify({
          type: 'ORDER_PLACED',
          event_id: randomUUID(),
          occurred_at: at,
          order: { ...order, created_at: at },
        }),
      },
    ],
  });
  await redis.del(`user:${user_id}:orders`);
  response.status(201).json(order);
}

async function main(): Promise<void> {
  await Promise.all([pool.query('SELECT 1'), producer.connect(), redis.connect()]);
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(express.json());
  app.post('/orders', place);
  app.get('/health/ready', (_request, response) => {
    response.json({ status: 'ready' });
  });
  app.listen(Number(PORT), '127.0.0.1');
  process.on('SIGTERM', () => process.exit(0));
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
