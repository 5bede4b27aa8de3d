import { type KafkaConfig, loadConfig, type MySqlStoreConfig, type Role } from './config';
import { ConfigError } from './env-reader';

type Env = Record<string, string | undefined>;

const load = (env: Env = {}, role: Role = 'hybrid') => loadConfig(env, role, false);
const mysql = (url: string, env: Env = {}) =>
  load({ DATABASE_URL: url, ...env }).store as MySqlStoreConfig;
const kafka = (env: Env = {}) =>
  load({ KAFKA_BOOTSTRAP_SERVERS: 'broker:9092', ...env }).eventLog as KafkaConfig;

describe('loadConfig', () => {
  it('needs no variable at all', () => {
    expect(load()).toMatchObject({
      role: 'hybrid',
      http: { port: 8000 },
      store: { kind: 'sqlite', directory: './data' },
      eventLog: { kind: 'outbox' },
      cache: { kind: 'memory' },
      matcher: { delayMs: 3000, batchSize: 1000 },
      accept: { queueLimit: 10_000, batchLimit: 1000, waitLimitMs: 1000, timeoutMs: 5000 },
      log: { level: 'info', format: 'json' },
      shutdownTimeoutMs: 9000,
    });
  });

  it('takes an empty or blank value for an unset one', () => {
    const names = ['PORT', 'DATABASE_URL', 'REDIS_URL', 'KAFKA_BOOTSTRAP_SERVERS', 'LOG_LEVEL'];
    const blank = Object.fromEntries(names.map((name, index) => [name, ' '.repeat(index)]));
    expect(load(blank)).toEqual(load());
  });

  it.each([
    ['api', 8000, 'none'],
    ['matcher', 8001, 'none'],
    ['hybrid', 8000, 'memory'],
  ] as const)('gives the %s port %d and the cache kind %s', (role, port, kind) => {
    const { http, cache } = load({}, role);
    expect({ port: http.port, kind: cache.kind }).toEqual({ port, kind });
  });

  it('reads a port for the role that listens on it', () => {
    const env = { PORT: '1', MATCHER_PORT: '2' };
    const ports = (['api', 'hybrid', 'matcher'] as const).map((role) => load(env, role).http.port);
    expect(ports).toEqual([1, 1, 2]);
  });

  it.each(['api', 'matcher', 'hybrid'] as const)('shares Redis in the role %s', (role) => {
    const url = 'redis://:p%40ss@cache:6380/2';
    expect(load({ REDIS_URL: url }, role).cache).toEqual({ kind: 'redis', url });
  });

  it('logs readably on a terminal, unless told otherwise', () => {
    expect(loadConfig({}, 'api', true).log.format).toBe('pretty');
    expect(loadConfig({ LOG_FORMAT: 'JSON' }, 'api', true).log.format).toBe('json');
  });

  it('names the process after its host and id', () => {
    expect(load().instanceId).toMatch(new RegExp(`^.+:${process.pid}$`));
  });

  it.each(['mysql', 'mysql+aiomysql', 'mysql+pymysql', 'mysql+mysqldb'])(
    'takes %s://',
    (scheme) => {
      expect(mysql(`${scheme}://user:secret@db:3307/orders`)).toEqual({
        kind: 'mysql',
        host: 'db',
        port: 3307,
        user: 'user',
        password: 'secret',
        database: 'orders',
        tls: false,
        poolSize: 10,
      });
    },
  );

  it('decodes what a URL must encode', () => {
    expect(mysql('mysql://us%3Aer:p%40ss%2Fw%25rd%3A@db/my%20orders')).toMatchObject({
      user: 'us:er',
      password: 'p@ss/w%rd:',
      database: 'my orders',
      port: 3306,
    });
  });

  it('connects to MySQL with TLS and a pool as large as asked', () => {
    const store = mysql('mysql://u:p@db/o', { DATABASE_SSL: 'TRUE', DATABASE_POOL_SIZE: '7' });
    expect(store).toMatchObject({ tls: true, poolSize: 7 });
  });

  it('takes several brokers', () => {
    const servers = 'a.example:9092, b:9093 ,[::1]:9094';
    const { brokers } = kafka({ KAFKA_BOOTSTRAP_SERVERS: servers });
    expect(brokers).toEqual(['a.example:9092', 'b:9093', '[::1]:9094']);
  });

  it('has defaults for Kafka', () => {
    expect(kafka()).toEqual({
      kind: 'kafka',
      brokers: ['broker:9092'],
      clientId: 'tradeflow',
      groupId: 'matching-engine',
      topicPrefix: '',
      partitions: 6,
      replicationFactor: 1,
      tls: false,
      sasl: null,
    });
  });

  it('logs in to Kafka', () => {
    const env = {
      KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512',
      KAFKA_SASL_USERNAME: 'user',
      KAFKA_SASL_PASSWORD: 'secret',
    };
    expect(kafka(env).sasl).toEqual({
      mechanism: 'scram-sha-512',
      username: 'user',
      password: 'secret',
    });
  });

  it.each([
    ['PORT', 0, 65535],
    ['MATCH_DELAY_MS', 0, 2_592_000_000],
    ['MATCH_BATCH_SIZE', 1, 5000],
    ['ACCEPT_BATCH_LIMIT', 1, 2000],
    ['SHUTDOWN_TIMEOUT_MS', 500, 600_000],
    ['DATABASE_POOL_SIZE', 2, 1000],
  ])('takes %s from %d to %d and nothing beyond', (name, min, max) => {
    expect(() => load({ [name]: String(min) })).not.toThrow();
    expect(() => load({ [name]: String(max) })).not.toThrow();
    for (const value of [min - 1, max + 1]) {
      expect(() => load({ [name]: String(value) })).toThrow(
        `${name} is "${value}": it must be an integer from ${min} to ${max}`,
      );
    }
  });

  it('holds one line for each wrong variable', () => {
    const load3 = () => load({ PORT: 'http', LOG_LEVEL: 'loud', DATABASE_URL: 'postgres://db/x' });
    expect(load3).toThrow(ConfigError);
    expect(load3).toThrow(
      [
        'PORT is "http": it must be an integer from 0 to 65535',
        'DATABASE_URL is "postgres://db/x": it must be a URL like mysql://user:password@host:3306/database',
        'LOG_LEVEL is "loud": it must be one of trace, debug, info, warn, error, fatal, silent',
      ].join('\n'),
    );
  });
});
