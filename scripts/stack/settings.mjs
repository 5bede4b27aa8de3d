/**
 * Settings of the developer stack: where it keeps its files, which ports it
 * listens on, and the addresses that a client of the stack needs.
 *
 * Every value is read from the environment at each call, so that a test can
 * set a variable before it asks.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const SERVICE_NAMES = Object.freeze(['mysql', 'redis', 'kafka']);

/** Only ever served on the loopback address, so these are no secrets. */
export const DATABASE_LOGIN = Object.freeze({
  user: 'tradeflow',
  password: 'tradeflow',
  database: 'orders',
});

export const HOST = '127.0.0.1';

/** Kept equal to the image tag in deploy/stack.compose.yml. */
export const KAFKA_VERSION = '4.1.1';

const REPOSITORY_ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

const DEFAULT_PORTS = Object.freeze({
  STACK_MYSQL_PORT: 23306,
  STACK_REDIS_PORT: 26379,
  STACK_KAFKA_PORT: 29092,
  STACK_KAFKA_CONTROLLER_PORT: 29093,
});

function readPort(name) {
  const text = process.env[name];
  if (text === undefined || text === '') return DEFAULT_PORTS[name];
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Error(`${name} must be a port number from 1 to 65535, not "${text}"`);
  }
  return port;
}

function readStackDirectory() {
  const text = process.env.TRADEFLOW_STACK_DIR;
  const directory = path.resolve(REPOSITORY_ROOT, text ? text : '.stack');
  // These directories are handed to programs in lists separated by ':' and in
  // option files, where such characters would be read as something else.
  if (!/^[\w./@+-]+$/.test(directory)) {
    throw new Error(
      `the stack directory "${directory}" may only hold letters, digits and _ . / @ + -; ` +
        'set TRADEFLOW_STACK_DIR to another one',
    );
  }
  return directory;
}

export function loadSettings() {
  const directory = readStackDirectory();
  const ports = {
    mysql: readPort('STACK_MYSQL_PORT'),
    redis: readPort('STACK_REDIS_PORT'),
    kafka: readPort('STACK_KAFKA_PORT'),
    kafkaController: readPort('STACK_KAFKA_CONTROLLER_PORT'),
  };
  return {
    repositoryRoot: REPOSITORY_ROOT,
    directory,
    softwareDirectory: path.join(directory, 'software'),
    dataDirectory: path.join(directory, 'data'),
    logsDirectory: path.join(directory, 'logs'),
    runDirectory: path.join(directory, 'run'),
    ports,
  };
}

/** The ports that must be free before `name` starts, each with its variable. */
export function portsOf(name, settings) {
  const { ports } = settings;
  if (name === 'mysql') return [{ port: ports.mysql, variable: 'STACK_MYSQL_PORT' }];
  if (name === 'redis') return [{ port: ports.redis, variable: 'STACK_REDIS_PORT' }];
  return [
    { port: ports.kafka, variable: 'STACK_KAFKA_PORT' },
    { port: ports.kafkaController, variable: 'STACK_KAFKA_CONTROLLER_PORT' },
  ];
}

/** The variables that a client of the stack needs. */
export function environmentOf(settings) {
  const { user, password, database } = DATABASE_LOGIN;
  return {
    DATABASE_URL: `mysql://${user}:${password}@${HOST}:${settings.ports.mysql}/${database}`,
    REDIS_URL: `redis://${HOST}:${settings.ports.redis}/0`,
    KAFKA_BOOTSTRAP_SERVERS: `${HOST}:${settings.ports.kafka}`,
  };
}

export function assertServiceName(name) {
  if (SERVICE_NAMES.includes(name)) return;
  throw new Error(
    `"${name ?? ''}" is no service of the stack; name one of ${SERVICE_NAMES.join(', ')}`,
  );
}
