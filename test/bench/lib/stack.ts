import { createClient } from '@redis/client';
import { type Admin, Kafka, logLevel } from 'kafkajs';
import { type Connection, createConnection } from 'mysql2/promise';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { knob, ROOT, type Run, say } from './run';

export interface StackAddresses {
  databaseUrl: string;
  redisUrl: string;
  brokers: string;
}

interface StackScript {
  stackUp(): Promise<Record<string, string>>;
}

const TOPIC = 'order.events';
export const PARTITIONS = 6;

/** The servers named by the environment; where it names none, those of `npm run stack:up`, which are left running. */
async function findStack(): Promise<StackAddresses> {
  const read = (env: Readonly<Record<string, string | undefined>>): StackAddresses | null => {
    const { DATABASE_URL, REDIS_URL, KAFKA_BOOTSTRAP_SERVERS } = env;
    return DATABASE_URL && REDIS_URL && KAFKA_BOOTSTRAP_SERVERS
      ? { databaseUrl: DATABASE_URL, redisUrl: REDIS_URL, brokers: KAFKA_BOOTSTRAP_SERVERS }
      : null;
  };
  const given = read(process.env);
  if (given !== null) return given;
  const script = pathToFileURL(join(ROOT, 'scripts', 'stack', 'index.mjs')).href;
  const stack = (await import(script)) as StackScript;
  const started = read(await stack.stackUp());
  if (started === null) throw new Error('the stack names no addresses');
  return started;
}

/** Real MySQL, Kafka and Redis, and a part of them for each system that is measured. */
export class Stack {
  private redisDatabase = knob('BENCH_REDIS_DATABASE', 9, 1, 1000);

  private constructor(
    private readonly run: Run,
    readonly addresses: StackAddresses,
    readonly database: Connection,
    readonly kafka: Kafka,
    readonly admin: Admin,
  ) {}

  static async open(run: Run): Promise<Stack> {
    const addresses = await findStack();
    const database = await createConnection({ uri: addresses.databaseUrl });
    run.defer(() => database.end());
    const kafka = new Kafka({
      clientId: run.id,
      brokers: addresses.brokers.split(','),
      logLevel: logLevel.NOTHING,
    });
    const admin = kafka.admin();
    await admin.connect();
    run.defer(() => admin.disconnect());
    return new Stack(run, addresses, database, kafka, admin);
  }

  /** A fresh database, a fresh topic and a Redis database, gone when the run ends. */
  async sandbox(label: string): Promise<Sandbox> {
    const name = `${this.run.id}_${label}`;
    const redisUrl = withPath(this.addresses.redisUrl, String(this.redisDatabase++));
    const sandbox = new Sandbox(this, name, redisUrl);
    this.run.defer(() => sandbox.drop());
    await this.database.query(`CREATE DATABASE ${name}`);
    await this.admin.createTopics({
      waitForLeaders: true,
      topics: [{ topic: sandbox.topic, numPartitions: PARTITIONS, replicationFactor: 1 }],
    });
    await flushRedis(redisUrl);
    return sandbox;
  }
}

export class Sandbox {
  private readonly groups: string[] = [];

  constructor(
    private readonly stack: Stack,
    readonly database: string,
    private readonly redisUrl: string,
  ) {}

  get topicPrefix(): string {
    return `${this.database}.`;
  }

  get topic(): string {
    return this.topicPrefix + TOPIC;
  }

  get groupId(): string {
    return `${this.database}_matcher`;
  }

  /** What leads the apps, and the peers, to this part of the servers. */
  environment(groupId = this.groupId): Record<string, string> {
    this.groups.push(groupId);
    return {
      DATABASE_URL: withPath(this.stack.addresses.databaseUrl, this.database),
      REDIS_URL: this.redisUrl,
      KAFKA_BOOTSTRAP_SERVERS: this.stack.addresses.brokers,
      KAFKA_TOPIC_PREFIX: this.topicPrefix,
      KAFKA_GROUP_ID: groupId,
      KAFKA_PARTITIONS: String(PARTITIONS),
      LOG_FORMAT: 'json',
    };
  }

  /** @returns how many messages the topic holds. */
  async messages(): Promise<number> {
    const offsets = await this.stack.admin.fetchTopicOffsets(this.topic);
    return offsets.reduce((sum, { low, high }) => sum + Number(high) - Number(low), 0);
  }

  /** @returns the one number that a query selects. */
  async number(sql: string): Promise<number> {
    const [rows] = await this.stack.database.query(sql.replaceAll('{db}', this.database));
    const [row] = rows as Record<string, unknown>[];
    return Number(Object.values(row ?? {})[0] ?? 0);
  }

  async execute(sql: string, parameters: unknown[] = []): Promise<void> {
    await this.stack.database.query(sql.replaceAll('{db}', this.database), parameters);
  }

  async drop(): Promise<void> {
    await this.stack.database.query(`DROP DATABASE IF EXISTS ${this.database}`);
    const topics = (await this.stack.admin.listTopics()).filter((topic) =>
      topic.startsWith(this.topicPrefix),
    );
    if (topics.length > 0) await this.stack.admin.deleteTopics({ topics });
    for (const group of new Set(this.groups)) await this.dropGroup(group);
    await flushRedis(this.redisUrl);
  }

  private async dropGroup(group: string): Promise<void> {
    try {
      await this.stack.admin.deleteGroups([group]);
    } catch (error) {
      // Systems without a consumer never made the group.
      if (!String(error).includes('DeleteGroups')) say(String(error));
    }
  }
}

async function flushRedis(url: string): Promise<void> {
  const client = createClient({ url });
  await client.connect();
  await client.flushDb();
  await client.disconnect();
}

function withPath(url: string, path: string): string {
  const changed = new URL(url);
  changed.pathname = `/${path}`;
  return changed.href;
}
