import Database from 'libsql';
import { Kafka, logLevel } from 'kafkajs';
import { join } from 'node:path';
import type { Deployment } from './processes';

/** One message for `order.events`, past the api. */
export interface RawEvent {
  key: string;
  /** Text as it is, JSON or not. */
  value: string | null;
}

/** Whether the log takes any bytes; the outbox table of the embedded wiring holds JSON documents alone. */
export function takesAnyBytes(deployment: Deployment): boolean {
  return deployment.wiring === 'stack';
}

/** Puts messages into `order.events` in order, as a faulty or repeating producer would. */
export async function publish(deployment: Deployment, events: readonly RawEvent[]): Promise<void> {
  if (deployment.wiring === 'stack') await publishToKafka(deployment, events);
  else appendToOutbox(deployment, events);
}

/** @returns the values of all dead letters so far. */
export async function deadLetters(deployment: Deployment): Promise<Record<string, unknown>[]> {
  if (deployment.wiring === 'stack') return readKafka(deployment, 'order.events.dlq');
  const rows = await deployment.query<{ payload: string }>(
    "SELECT payload FROM outbox_entries WHERE topic = 'order.events.dlq' ORDER BY seq",
  );
  return rows.flatMap((row) =>
    (JSON.parse(row.payload) as { value: Record<string, unknown> }[]).map((event) => event.value),
  );
}

async function publishToKafka(deployment: Deployment, events: readonly RawEvent[]): Promise<void> {
  const { brokers, prefix } = deployment.kafka();
  const producer = new Kafka({ brokers, logLevel: logLevel.NOTHING }).producer();
  await producer.connect();
  await producer.send({ topic: `${prefix}order.events`, acks: -1, messages: [...events] });
  await producer.disconnect();
}

function appendToOutbox(deployment: Deployment, events: readonly RawEvent[]): void {
  const database = new Database(join(deployment.dataDirectory(), 'tradeflow.sqlite'));
  try {
    database.pragma('busy_timeout = 5000');
    const payload = events.map(({ key, value }) => ({
      key,
      value: JSON.parse(value ?? 'null') as unknown,
    }));
    const append = database.transaction(() => {
      database
        .prepare("UPDATE outbox_heads SET last_seq = last_seq + 1 WHERE topic = 'order.events'")
        .run();
      database
        .prepare(
          `INSERT INTO outbox_entries (topic, seq, payload, created_at_ms)
           SELECT topic, last_seq, ?, ? FROM outbox_heads WHERE topic = 'order.events'`,
        )
        .run(JSON.stringify(payload), Date.now());
    });
    append();
  } finally {
    database.close();
  }
}

async function readKafka(
  deployment: Deployment,
  topic: string,
): Promise<Record<string, unknown>[]> {
  const { brokers, prefix } = deployment.kafka();
  const kafka = new Kafka({ brokers, logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const offsets = await admin.fetchTopicOffsets(prefix + topic);
  await admin.disconnect();
  const total = offsets.reduce((sum, each) => sum + Number(each.high) - Number(each.low), 0);
  if (total === 0) return [];
  const values: Record<string, unknown>[] = [];
  const consumer = kafka.consumer({ groupId: `${prefix}reader.${Date.now()}` });
  await consumer.connect();
  await consumer.subscribe({ topic: prefix + topic, fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    consumer
      .run({
        eachMessage: ({ message }) => {
          values.push(JSON.parse(String(message.value)) as Record<string, unknown>);
          if (values.length === total) resolve();
          return Promise.resolve();
        },
      })
      .catch(reject);
  });
  await consumer.disconnect();
  return values;
}
