import { randomUUID } from 'node:crypto';
import type { Deployment, Order } from '../support/processes';
import { kafkaClient } from '../support/stores';

/** One message of a topic, as it lies there. */
export interface LogMessage {
  partition: number;
  offset: number;
  key: string;
  value: Record<string, unknown>;
}

export interface TopicEvent {
  partition: number;
  offset: number;
  type: string;
  order: Order & { created_at: string };
}

const READ_TIMEOUT_MS = 30_000;

/** Offset behind the last message of each partition; empty when there is no such topic. */
export async function endOffsets(
  deployment: Deployment,
  topic: string,
): Promise<Map<number, number>> {
  const { brokers, prefix } = deployment.kafka();
  const admin = kafkaClient(brokers).admin();
  await admin.connect();
  try {
    if (!(await admin.listTopics()).includes(prefix + topic)) return new Map();
    const offsets = await admin.fetchTopicOffsets(prefix + topic);
    return new Map(offsets.map(({ partition, high }) => [partition, Number(high)]));
  } finally {
    await admin.disconnect();
  }
}

/** Every event that the topic holds, those of one partition in their order. */
export async function readTopic(deployment: Deployment, topic: string): Promise<TopicEvent[]> {
  const messages = await readMessages(deployment, topic);
  return messages.map(({ partition, offset, value }) => {
    const { type, order } = value as unknown as Pick<TopicEvent, 'type' | 'order'>;
    return { partition, offset, type, order };
  });
}

/** Every message of a topic of JSON objects, those of one partition in their order. */
export async function readMessages(deployment: Deployment, topic: string): Promise<LogMessage[]> {
  const { brokers, prefix } = deployment.kafka();
  const ends = await endOffsets(deployment, topic);
  const missing = new Map([...ends].filter(([, end]) => end > 0));
  if (missing.size === 0) return [];
  const messages: LogMessage[] = [];
  const consumer = kafkaClient(brokers).consumer({ groupId: `${prefix}reader-${randomUUID()}` });
  await consumer.connect();
  try {
    await consumer.subscribe({ topic: prefix + topic, fromBeginning: true });
    const complete = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`the topic was not read in ${READ_TIMEOUT_MS} ms`)),
        READ_TIMEOUT_MS,
      );
      const eachMessage = ({ partition, message }: Incoming): Promise<void> => {
        const offset = Number(message.offset);
        const value = JSON.parse(String(message.value)) as Record<string, unknown>;
        messages.push({ partition, offset, key: String(message.key), value });
        if (offset + 1 >= (missing.get(partition) ?? 0)) missing.delete(partition);
        if (missing.size === 0) {
          clearTimeout(timer);
          resolve();
        }
        return Promise.resolve();
      };
      consumer.run({ autoCommit: false, eachMessage }).catch(reject);
    });
    await complete;
  } finally {
    await consumer.disconnect();
  }
  return messages;
}

interface Incoming {
  partition: number;
  message: { offset: string; key: Buffer | null; value: Buffer | null };
}
