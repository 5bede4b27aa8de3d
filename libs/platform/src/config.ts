import { hostname } from 'node:os';
import { EnvReader } from './env-reader';

/** What this process runs: the REST api, the matcher, or both in one. */
export type Role = 'api' | 'matcher' | 'hybrid';

export interface MySqlStoreConfig {
  kind: 'mysql';
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
  tls: boolean;
  poolSize: number;
}

export interface SqliteStoreConfig {
  kind: 'sqlite';
  directory: string;
}

export interface KafkaConfig {
  kind: 'kafka';
  brokers: string[];
  clientId: string;
  groupId: string;
  topicPrefix: string;
  partitions: number;
  replicationFactor: number;
  tls: boolean;
  sasl: { mechanism: SaslMechanism; username: string; password: string } | null;
}

export type SaslMechanism = 'plain' | 'scram-sha-256' | 'scram-sha-512';

export interface Config {
  role: Role;
  /** Names this process to others: host and process id. */
  instanceId: string;
  http: { port: number };
  store: MySqlStoreConfig | SqliteStoreConfig;
  eventLog: KafkaConfig | { kind: 'outbox' };
  cache: { kind: 'redis'; url: string } | { kind: 'memory' } | { kind: 'none' };
  matcher: { delayMs: number; batchSize: number };
  accept: { queueLimit: number; batchLimit: number; waitLimitMs: number; timeoutMs: number };
  log: { level: LogLevel; format: 'json' | 'pretty' };
  shutdownTimeoutMs: number;
}

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export const DEFAULT_API_PORT = 8000;
export const DEFAULT_MATCHER_PORT = 8001;

/**
 * Reads the environment once.
 * @param env usually `process.env`; empty values count as unset.
 * @param terminal whether standard output is a terminal: logs are then readable rather than JSON.
 * @throws ConfigError naming each wrong variable: what it was and what it should be.
 */
export function loadConfig(
  env: Readonly<Record<string, string | undefined>>,
  role: Role,
  terminal: boolean,
): Config {
  const reader = new EnvReader(env);
  const config: Config = {
    role,
    instanceId: `${hostname()}:${process.pid}`,
    http: { port: readPort(reader, role) },
    store: readStore(reader),
    eventLog: readEventLog(reader),
    cache: readCache(reader, role),
    matcher: {
      delayMs: reader.integer('MATCH_DELAY_MS', 3000, 0, 30 * 24 * 3600 * 1000),
      batchSize: reader.integer('MATCH_BATCH_SIZE', 1000, 1, 5000),
    },
    accept: {
      queueLimit: reader.integer('ACCEPT_QUEUE_LIMIT', 10_000, 1, 1_000_000),
      batchLimit: reader.integer('ACCEPT_BATCH_LIMIT', 1000, 1, 2000),
      waitLimitMs: reader.integer('ACCEPT_WAIT_LIMIT_MS', 1000, 10, 20_000),
      timeoutMs: reader.integer('ACCEPT_TIMEOUT_MS', 5000, 100, 20_000),
    },
    log: {
      level: reader.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
      format: reader.oneOf('LOG_FORMAT', ['json', 'pretty'], terminal ? 'pretty' : 'json'),
    },
    shutdownTimeoutMs: reader.integer('SHUTDOWN_TIMEOUT_MS', 9000, 500, 600_000),
  };
  if (config.accept.batchLimit > config.accept.queueLimit) {
    reader.wrong(
      'ACCEPT_BATCH_LIMIT',
      `at most ACCEPT_QUEUE_LIMIT (${config.accept.queueLimit})`,
      String(config.accept.batchLimit),
    );
  }
  reader.throwIfWrong();
  return config;
}

function readPort(reader: EnvReader, role: Role): number {
  return role === 'matcher'
    ? reader.integer('MATCHER_PORT', DEFAULT_MATCHER_PORT, 0, 65535)
    : reader.integer('PORT', DEFAULT_API_PORT, 0, 65535);
}

/** `mysql+aiomysql://…` and other SQLAlchemy spellings name the same database as `mysql://…`. */
function readStore(reader: EnvReader): Config['store'] {
  const poolSize = reader.integer('DATABASE_POOL_SIZE', 10, 2, 1000);
  const directory = reader.text('TRADEFLOW_DATA_DIR', './data');
  const tls = reader.boolean('DATABASE_SSL', false);
  const url = reader.url(
    'DATABASE_URL',
    /^mysql(\+[a-z0-9_]+)?:$/,
    'mysql://user:password@host:3306/database',
  );
  if (url === null) return { kind: 'sqlite', directory };
  if (url.parameters.some((name) => /ssl|tls/i.test(name))) {
    reader.wrong('DATABASE_URL', 'without a parameter for TLS: set DATABASE_SSL instead');
  }
  const database = url.path;
  if (database === '' || database.includes('/')) {
    reader.wrong(
      'DATABASE_URL',
      'a URL that ends in one database name, as in mysql://user:password@host:3306/orders',
    );
  }
  return {
    kind: 'mysql',
    host: url.host,
    port: url.port ?? 3306,
    user: url.user,
    password: url.password,
    database,
    tls,
    poolSize,
  };
}

function readEventLog(reader: EnvReader): Config['eventLog'] {
  const shape = 'host:port, or several separated by commas';
  const tls = reader.boolean('KAFKA_SSL', false);
  const sasl = readSasl(reader);
  const servers = reader.text('KAFKA_BOOTSTRAP_SERVERS', '');
  if (servers === '') return { kind: 'outbox' };
  const brokers = servers.split(',').map((broker) => broker.trim());
  if (!brokers.every(isHostAndPort)) reader.wrong('KAFKA_BOOTSTRAP_SERVERS', shape);
  return {
    kind: 'kafka',
    brokers,
    clientId: reader.matching(
      'KAFKA_CLIENT_ID',
      'tradeflow',
      /^[\w.-]{1,200}$/,
      'letters, digits, ".", "_" or "-"',
    ),
    groupId: reader.matching(
      'KAFKA_GROUP_ID',
      'matching-engine',
      /^[\w.-]{1,200}$/,
      'letters, digits, ".", "_" or "-"',
    ),
    topicPrefix: reader.matching(
      'KAFKA_TOPIC_PREFIX',
      '',
      /^[\w.-]{0,100}$/,
      'letters, digits, ".", "_" or "-"',
    ),
    partitions: reader.integer('KAFKA_PARTITIONS', 6, 1, 1000),
    replicationFactor: reader.integer('KAFKA_REPLICATION_FACTOR', 1, 1, 10),
    tls,
    sasl,
  };
}

function isHostAndPort(broker: string): boolean {
  const match = /^(?:[\w.-]+|\[[0-9a-fA-F:]+\]):(\d{1,5})$/.exec(broker);
  const port = Number(match?.[1]);
  return port >= 1 && port <= 65535;
}

function readSasl(reader: EnvReader): KafkaConfig['sasl'] {
  const mechanisms = ['none', 'plain', 'scram-sha-256', 'scram-sha-512'] as const;
  const mechanism = reader.oneOf('KAFKA_SASL_MECHANISM', mechanisms, 'none');
  const username = reader.text('KAFKA_SASL_USERNAME', '');
  const password = reader.text('KAFKA_SASL_PASSWORD', '');
  if (mechanism === 'none') {
    for (const name of ['KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD']) {
      if (reader.text(name, '') !== '') {
        reader.wrong(name, 'unset while KAFKA_SASL_MECHANISM is unset');
      }
    }
    return null;
  }
  if (username === '' || password === '') {
    reader.wrong(
      'KAFKA_SASL_MECHANISM',
      'unset, or set together with KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD',
    );
  }
  return { mechanism, username, password };
}

/** Memory serves only where no other process writes: in the hybrid. Several processes share Redis or cache nothing. */
function readCache(reader: EnvReader, role: Role): Config['cache'] {
  const url = reader.url('REDIS_URL', /^rediss?:$/, 'redis://host:6379/0');
  if (url === null) return role === 'hybrid' ? { kind: 'memory' } : { kind: 'none' };
  if (!/^\d{0,4}$/.test(url.path)) {
    reader.wrong('REDIS_URL', 'a URL that ends in a database number, as in redis://host:6379/0');
  }
  return { kind: 'redis', url: url.text };
}
