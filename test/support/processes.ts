import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppProcess } from './app-process';
import { freePort } from './free-port';
import { closeConnections } from './http';
import {
  deleteTopics,
  mysqlReader,
  reserveRedisDatabase,
  runOnMysql,
  sqliteReader,
  type StoreReader,
} from './stores';

export { AppProcess } from './app-process';
export { eventually } from './eventually';
export { send, type Answer } from './http';
export * from './orders';

/** On what the apps run: embedded parts in one process, or MySQL, Kafka and Redis with api and matcher apart. */
export type Wiring = 'embedded' | 'stack';

export const WIRING: Wiring = readWiring(process.env.TEST_WIRING);

export interface DeploymentOptions {
  env?: Record<string, string>;
  /** How many matcher processes; the stack alone has any. */
  matchers?: number;
  /** How many processes that serve the api on the stack: `api`, `api-2`, …; one on embedded parts. */
  apis?: number;
}

/** Apps that run together on a store, a log and a cache of their own. */
export interface Deployment {
  readonly wiring: Wiring;
  /** Where the REST api answers. */
  readonly baseUrl: string;
  /** The same of every process that serves it. */
  readonly baseUrls: readonly string[];
  /** By name: `hybrid`, or `api`, `matcher-1`, `matcher-2`, … */
  readonly processes: Readonly<Record<string, AppProcess>>;
  process(name: string): AppProcess;
  /** Reads the store directly. */
  query: StoreReader['query'];
  /** Brokers, topic prefix and group. @throws where there is no Kafka. */
  kafka(): { brokers: string[]; prefix: string; groupId: string };
  /** Where the embedded store lies. @throws on the stack. */
  dataDirectory(): string;
  /** Ends every process and removes everything that the deployment had. */
  dispose(): Promise<void>;
}

/** What a deployment runs on. */
interface Ground {
  env: Record<string, string>;
  reader: StoreReader;
  kafka: { brokers: string[]; prefix: string; groupId: string } | null;
  directory: string | null;
  remove(): Promise<void>;
}

const CLEANUP_TIMEOUT_MS = 60_000;
const open = new Set<Deployment>();

// Also after a test that failed half-way. What Jest can not clean up, die-with-parent.cjs does.
afterAll(async () => {
  await Promise.all([...open].map((deployment) => deployment.dispose()));
  closeConnections();
}, CLEANUP_TIMEOUT_MS);

/** Starts the apps of the wiring on fresh ground; returns when all are ready. */
export async function createDeployment(options: DeploymentOptions = {}): Promise<Deployment> {
  const ground = await (WIRING === 'embedded' ? embeddedGround() : stackGround());
  const env = { ...systemEnv(), LOG_LEVEL: 'warn', ...ground.env, ...options.env };
  const processes = await createProcesses(env, options.matchers ?? 1, options.apis ?? 1);
  const deployment = assemble(ground, processes);
  open.add(deployment);
  try {
    await Promise.all(Object.values(processes).map((each) => each.start()));
    return deployment;
  } catch (error) {
    await deployment.dispose();
    throw error;
  }
}

function assemble(ground: Ground, processes: Record<string, AppProcess>): Deployment {
  const front = processes.hybrid ?? processes.api;
  if (front === undefined) throw new Error('nothing serves the api');
  const deployment: Deployment = {
    wiring: WIRING,
    baseUrl: front.baseUrl,
    baseUrls: Object.values(processes)
      .filter(({ name }) => !name.startsWith('matcher'))
      .map((each) => each.baseUrl),
    processes,
    process: (name) => given(processes[name], `a process ${name}`),
    query: (sql, parameters) => ground.reader.query(sql, parameters),
    kafka: () => given(ground.kafka, 'Kafka'),
    dataDirectory: () => given(ground.directory, 'a data directory'),
    dispose: async () => {
      if (!open.delete(deployment)) return;
      await Promise.all(Object.values(processes).map((each) => each.kill()));
      await ground.reader.close();
      await ground.remove();
    },
  };
  return deployment;
}

async function createProcesses(
  env: Record<string, string>,
  matchers: number,
  apis: number,
): Promise<Record<string, AppProcess>> {
  const port = await freePort();
  const front = { ...env, PORT: String(port) };
  if (WIRING === 'embedded') {
    return { hybrid: new AppProcess('hybrid', 'dist/src/main.js', port, front) };
  }
  const processes: Record<string, AppProcess> = {
    api: new AppProcess('api', 'dist/apps/api/src/main.js', port, front),
  };
  for (let index = 2; index <= apis; index += 1) {
    const name = `api-${index}`;
    const own = await freePort();
    const apiEnv = { ...env, PORT: String(own) };
    processes[name] = new AppProcess(name, 'dist/apps/api/src/main.js', own, apiEnv);
  }
  for (let index = 1; index <= matchers; index += 1) {
    const name = `matcher-${index}`;
    const own = await freePort();
    const matcherEnv = { ...env, MATCHER_PORT: String(own) };
    processes[name] = new AppProcess(name, 'dist/apps/matcher/src/main.js', own, matcherEnv);
  }
  return processes;
}

async function embeddedGround(): Promise<Ground> {
  const directory = await mkdtemp(join(tmpdir(), 'tradeflow-test-'));
  return {
    env: { TRADEFLOW_DATA_DIR: directory },
    reader: sqliteReader(directory),
    kafka: null,
    directory,
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

async function stackGround(): Promise<Ground> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const serverUrl = required('DATABASE_URL');
  const brokers = required('KAFKA_BOOTSTRAP_SERVERS').split(',');
  await runOnMysql(serverUrl, `CREATE DATABASE ${name}`);
  const redis = await reserveRedisDatabase(required('REDIS_URL'));
  const databaseUrl = new URL(serverUrl);
  databaseUrl.pathname = `/${name}`;
  const prefix = `${name}.`;
  const groupId = `${prefix}matching`;
  return {
    env: {
      DATABASE_URL: databaseUrl.href,
      REDIS_URL: redis.url,
      KAFKA_BOOTSTRAP_SERVERS: brokers.join(','),
      KAFKA_TOPIC_PREFIX: prefix,
      KAFKA_GROUP_ID: groupId,
    },
    reader: mysqlReader(databaseUrl.href),
    kafka: { brokers, prefix, groupId },
    directory: null,
    remove: async () => {
      await runOnMysql(serverUrl, `DROP DATABASE IF EXISTS ${name}`);
      await redis.release();
      await deleteTopics(brokers, prefix);
    },
  };
}

/** Nothing of the surrounding environment reaches the apps but what a program needs to run at all. */
function systemEnv(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR', 'SYSTEMROOT', 'TEMP'];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function readWiring(value: string | undefined): Wiring {
  if (value === undefined || value === '' || value === 'embedded') return 'embedded';
  if (value === 'stack') return 'stack';
  throw new Error(`TEST_WIRING is "embedded" or "stack", not "${value}"`);
}

function required(name: string): string {
  return given(process.env[name], `${name} in the environment`);
}

function given<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`there is no ${what}`);
  return value;
}
