import { type KafkaConfig, Log } from '@app/platform';
import { Kafka, type KafkaConfig as ClientOptions, logLevel, type SASLOptions } from 'kafkajs';

const CONNECT_TIMEOUT_MS = 2000;
const REQUEST_TIMEOUT_MS = 10_000;

/** Options of every Kafka client of this process. */
export function kafkaClientOptions(config: KafkaConfig, log: Log): ClientOptions {
  return {
    clientId: config.clientId,
    brokers: config.brokers,
    ssl: config.tls,
    ...(config.sasl === null ? {} : { sasl: config.sasl as SASLOptions }),
    connectionTimeout: CONNECT_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    retry: { initialRetryTime: 100, maxRetryTime: 1000, retries: 3 },
    logLevel: logLevel.WARN,
    logCreator: () => (entry) => {
      const { message, error } = entry.log;
      log.debug(`kafka: ${message}`, { kafka_level: entry.label, error });
    },
  };
}

export function createKafka(config: KafkaConfig, log: Log): Kafka {
  return new Kafka(kafkaClientOptions(config, log));
}

/** Creates the topics that do not exist. Existing ones keep their number of partitions. */
export async function ensureTopics(
  kafka: Kafka,
  config: KafkaConfig,
  topics: readonly string[],
): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    await admin.createTopics({
      waitForLeaders: true,
      topics: topics.map((topic) => ({
        topic,
        numPartitions: config.partitions,
        replicationFactor: config.replicationFactor,
      })),
    });
  } finally {
    await admin.disconnect();
  }
}
