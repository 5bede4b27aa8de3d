import { createClient } from '@redis/client';
import Database from 'libsql';
import { createConnection, createPool, type Pool } from 'mysql2/promise';
import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';

export type SqlParameter = string | number | null;
/** A row as its driver gives it: an amount is text on MySQL, a number on SQLite. */
export type Row = Record<string, string | number | null>;

/** A store read directly, past the apps. */
export interface StoreReader {
  query<R extends object = Row>(sql: string, parameters?: readonly SqlParameter[]): Promise<R[]>;
  close(): Promise<void>;
}

/** Opens the file anew for each query, so that it never stands in the way of a process that recovers it. */
export function sqliteReader(directory: string): StoreReader {
  const file = join(directory, 'tradeflow.sqlite');
  return {
    query<R extends object>(sql: string, parameters: readonly SqlParameter[] = []): Promise<R[]> {
      if (!existsSync(file)) return Promise.reject(new Error(`there is no ${file}`));
      const database = new Database(file, { readonly: true });
      try {
        return Promise.resolve(database.prepare(sql).all(...parameters) as R[]);
      } finally {
        database.close();
      }
    },
    close: () => Promise.resolve(),
  };
}

export function mysqlReader(url: string): StoreReader {
  const pool: Pool = createPool({ uri: url, connectionLimit: 4, connectTimeout: 3000 });
  return {
    async query<R extends object>(sql: string, parameters: readonly SqlParameter[] = []) {
      const [rows] = await pool.query(sql, [...parameters]);
      return rows as R[];
    },
    close: () => pool.end(),
  };
}

/** Runs one statement on the server that `url` names. */
export async function runOnMysql(url: string, sql: string): Promise<void> {
  const connection = await createConnection({ uri: url, connectTimeout: 5000 });
  try {
    await connection.query(sql);
  } finally {
    await connection.end();
  }
}

const REDIS_DATABASES = 15;
const RESERVED_SECONDS = 900;

/** Takes a database number from 1 to 15 that no other test uses, and empties it. Release it after the test. */
export async function reserveRedisDatabase(
  url: string,
): Promise<{ url: string; release(): Promise<void> }> {
  const first = randomInt(REDIS_DATABASES);
  for (let index = 0; index < REDIS_DATABASES; index += 1) {
    const database = 1 + ((first + index) % REDIS_DATABASES);
    const key = `test:database:${database}`;
    const taken = await onRedis(url, (client) =>
      client.set(key, '1', { NX: true, EX: RESERVED_SECONDS }),
    );
    if (taken === null) continue;
    const own = new URL(url);
    own.pathname = `/${database}`;
    await onRedis(own.href, (client) => client.flushDb());
    return {
      url: own.href,
      release: async () => {
        await onRedis(own.href, (client) => client.flushDb());
        await onRedis(url, (client) => client.del(key));
      },
    };
  }
  throw new Error('all Redis databases are taken by other tests');
}

async function onRedis<T>(
  url: string,
  work: (client: ReturnType<typeof createClient>) => Promise<T>,
): Promise<T> {
  const client = createClient({ url, socket: { connectTimeout: 3000, reconnectStrategy: false } });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.disconnect();
  }
}

export function kafkaClient(brokers: readonly string[]): Kafka {
  return new Kafka({ clientId: 'test', brokers: [...brokers], logLevel: logLevel.NOTHING });
}

/** Deletes every topic whose name begins with the prefix. Kafka drops a group that has no topic left by itself. */
export async function deleteTopics(brokers: readonly string[], prefix: string): Promise<void> {
  const admin = kafkaClient(brokers).admin();
  await admin.connect();
  try {
    const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(prefix));
    if (topics.length > 0) await admin.deleteTopics({ topics });
  } finally {
    await admin.disconnect();
  }
}
