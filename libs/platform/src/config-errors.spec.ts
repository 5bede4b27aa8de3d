import { loadConfig, type Role } from './config';
import { ConfigError } from './env-reader';
import { redactUrls, redactVariable } from './redact';

type Env = Record<string, string | undefined>;

function linesOf(env: Env, role: Role = 'hybrid'): readonly string[] {
  try {
    loadConfig(env, role, false);
  } catch (error) {
    if (error instanceof ConfigError) return error.lines;
    throw error;
  }
  return [];
}

const withKafka = (env: Env): Env => ({ KAFKA_BOOTSTRAP_SERVERS: 'broker:9092', ...env });

describe('a wrong variable', () => {
  it.each([
    ['PORT', '65536', 'an integer from 0 to 65535'],
    ['PORT', '80.5', 'an integer'],
    ['PORT', '8e3', 'an integer'],
    ['PORT', '0x50', 'an integer'],
    ['PORT', '-1', 'an integer'],
    ['MATCH_DELAY_MS', 'soon', 'an integer from 0 to 2592000000'],
    ['MATCH_DELAY_MS', '3s', 'an integer'],
    ['MATCH_BATCH_SIZE', '0', 'an integer from 1 to 5000'],
    ['ACCEPT_QUEUE_LIMIT', '0', 'an integer from 1 to 1000000'],
    ['ACCEPT_BATCH_LIMIT', '2001', 'an integer from 1 to 2000'],
    ['ACCEPT_TIMEOUT_MS', '99', 'an integer from 100'],
    ['SHUTDOWN_TIMEOUT_MS', '499', 'an integer from 500 to 600000'],
    ['DATABASE_POOL_SIZE', '1', 'an integer from 2 to 1000'],
    ['LOG_LEVEL', 'verbose', 'one of trace, debug, info, warn, error, fatal, silent'],
    ['LOG_FORMAT', 'xml', 'one of json, pretty'],
    ['DATABASE_URL', 'sqlite:///x.db', 'a URL like mysql://'],
    ['DATABASE_URL', 'mysql://', 'a URL like mysql://'],
    ['DATABASE_URL', 'localhost', 'a URL like mysql://'],
    ['DATABASE_URL', 'mysql://db:port/orders', 'a URL like mysql://'],
    ['DATABASE_URL', 'mysql://db:3306', 'a URL that ends in one database name'],
    ['DATABASE_URL', 'mysql://db:3306/', 'a URL that ends in one database name'],
    ['DATABASE_URL', 'mysql://db/a/b', 'a URL that ends in one database name'],
    ['REDIS_URL', 'http://cache:6379', 'a URL like redis://host:6379/0'],
    ['REDIS_URL', 'cache:6379', 'a URL like redis://host:6379/0'],
    ['REDIS_URL', 'redis://cache/zero', 'a URL that ends in a database number'],
    ['KAFKA_BOOTSTRAP_SERVERS', 'broker', 'host:port, or several'],
    ['KAFKA_BOOTSTRAP_SERVERS', 'broker:0', 'host:port, or several'],
    ['KAFKA_BOOTSTRAP_SERVERS', 'broker:65536', 'host:port, or several'],
    ['KAFKA_BOOTSTRAP_SERVERS', 'a:1,,b:2', 'host:port, or several'],
    ['KAFKA_BOOTSTRAP_SERVERS', 'kafka://a:1', 'host:port, or several'],
  ])('is named, with what it was and should be: %s=%s', (name, value, expected) => {
    const lines = linesOf({ [name]: value });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`${name} is "${value}": it must be ${expected}`);
  });

  it.each([
    ['KAFKA_CLIENT_ID', 'a b', 'letters, digits'],
    ['KAFKA_GROUP_ID', 'a/b', 'letters, digits'],
    ['KAFKA_TOPIC_PREFIX', 'a:b', 'letters, digits'],
    ['KAFKA_PARTITIONS', '0', 'an integer from 1 to 1000'],
    ['KAFKA_REPLICATION_FACTOR', '11', 'an integer from 1 to 10'],
    ['KAFKA_SSL', 'yes', 'one of true, false'],
    ['KAFKA_SASL_MECHANISM', 'kerberos', 'one of none, plain, scram-sha-256, scram-sha-512'],
  ])('is named where Kafka is used: %s=%s', (name, value, expected) => {
    const lines = linesOf(withKafka({ [name]: value }));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`${name} is "${value}": it must be ${expected}`);
  });

  it('is the TLS switch of MySQL', () => {
    const lines = linesOf({ DATABASE_URL: 'mysql://u:p@db/o', DATABASE_SSL: '1' });
    expect(lines).toEqual(['DATABASE_SSL is "1": it must be one of true, false']);
  });

  it('is the port of the matcher', () => {
    expect(linesOf({ MATCHER_PORT: 'x', PORT: 'unused' }, 'matcher')).toEqual([
      'MATCHER_PORT is "x": it must be an integer from 0 to 65535',
    ]);
  });
});

describe('contradicting variables', () => {
  it('are a group that is larger than the queue it is taken from', () => {
    expect(linesOf({ ACCEPT_QUEUE_LIMIT: '100' })).toEqual([
      'ACCEPT_BATCH_LIMIT is "1000": it must be at most ACCEPT_QUEUE_LIMIT (100)',
    ]);
    expect(linesOf({ ACCEPT_QUEUE_LIMIT: '100', ACCEPT_BATCH_LIMIT: '100' })).toEqual([]);
  });

  it.each([{}, { KAFKA_SASL_USERNAME: 'user' }, { KAFKA_SASL_PASSWORD: 'hunter2' }])(
    'are a login to Kafka that is not complete: %p',
    (login) => {
      const [line, ...others] = linesOf(withKafka({ KAFKA_SASL_MECHANISM: 'plain', ...login }));
      expect(others).toEqual([]);
      expect(line).toMatch(
        /^KAFKA_SASL_MECHANISM is "plain": .*KAFKA_SASL_USERNAME and KAFKA_SASL/,
      );
    },
  );

  it('are a user of Kafka without a way to log in', () => {
    expect(linesOf(withKafka({ KAFKA_SASL_USERNAME: 'user' }))).toEqual([
      'KAFKA_SASL_USERNAME is "user": it must be unset while KAFKA_SASL_MECHANISM is unset',
    ]);
  });
});

describe('the line of a wrong variable', () => {
  it.each([
    ['DATABASE_URL', 'postgres://user:hunter2@db/orders'],
    ['DATABASE_URL', 'mysql://user:hunter2@db:port/orders'],
    ['DATABASE_URL', 'mysql://user:hunter2@db/'],
    ['DATABASE_URL', 'mysql://user:hunter2%zz@db/orders'],
    ['DATABASE_URL', 'mysql://user:p@hunter2@db/a/b'],
    ['REDIS_URL', 'redis://:hunter2@cache/zero'],
    ['REDIS_URL', 'http://user:hunter2@cache'],
    ['KAFKA_BOOTSTRAP_SERVERS', 'sasl://user:hunter2@broker:9092'],
  ])('does not tell the password in %s=%s', (name, value) => {
    const lines = linesOf({ [name]: value });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`${name} is "`);
    expect(lines[0]).not.toContain('hunter2');
  });
});

describe('redact', () => {
  it.each([
    ['mysql:user:hunter2@db/orders'],
    ['user:hunter2@db/orders'],
    ['mysql:/user:hunter2@db/orders'],
    ['mysql://db/?user=u&password=hunter2'],
    ['mysql://me:hun ter2@db/orders'],
  ])('tells no password of %s, though it is no usable URL', (value) => {
    expect(redactVariable('DATABASE_URL', value)).not.toMatch(/hun ?ter2/);
    expect(linesOf({ DATABASE_URL: value }).join()).not.toMatch(/hun ?ter2/);
  });

  it('hides the credentials of every URL in a text', () => {
    expect(redactUrls('no answer of mysql://me:hun/ter2@db/orders and redis://:x@c/0')).toBe(
      'no answer of mysql://***@db/orders and redis://***@c/0',
    );
  });

  it.each(['KAFKA_SASL_PASSWORD', 'CLIENT_SECRET', 'API_TOKEN'])('tells nothing of %s', (name) => {
    expect(redactVariable(name, 'hunter2')).toBe('***');
  });

  it('hides the credentials of a URL and leaves the rest', () => {
    expect(redactVariable('REDIS_URL', 'redis://me:hunter2@cache:6379/0')).toBe(
      'redis://***@cache:6379/0',
    );
    expect(redactVariable('REDIS_URL', 'redis://cache:6379/0')).toBe('redis://cache:6379/0');
  });

  it('hides a password that holds an @', () => {
    expect(redactVariable('DATABASE_URL', 'mysql://me:hun@ter2@db/o')).toBe('mysql://***@db/o');
  });
});
