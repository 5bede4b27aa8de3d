import type { Config, MySqlStoreConfig, SqliteStoreConfig } from '@app/platform';
import Database from 'libsql';
import { join } from 'node:path';
import { type DataSourceOptions, getMetadataArgsStorage } from 'typeorm';
import { BookEntity } from './entities/book.entity';
import { CandleEntity } from './entities/candle.entity';
import { CheckpointEntity } from './entities/checkpoint.entity';
import { MarketEntity } from './entities/market.entity';
import { OrderEntity } from './entities/order.entity';
import { OutboxEntryEntity } from './entities/outbox-entry.entity';
import { OutboxHeadEntity } from './entities/outbox-head.entity';
import { PositionEntity } from './entities/position.entity';
import { ScheduledFillEntity } from './entities/scheduled-fill.entity';
import { TradeEntity } from './entities/trade.entity';
import { MYSQL_MIGRATIONS } from './migrations/mysql';
import { SQLITE_MIGRATIONS } from './migrations/sqlite';

const ENTITIES = [
  OrderEntity,
  ScheduledFillEntity,
  OutboxEntryEntity,
  OutboxHeadEntity,
  CheckpointEntity,
  MarketEntity,
  BookEntity,
  TradeEntity,
  PositionEntity,
  CandleEntity,
];

const CONNECT_TIMEOUT_MS = 3000;
/** Requests that may wait for a connection; further ones are refused. */
const POOL_QUEUE_LIMIT = 1000;

/** Options of the TypeORM data source for the configured store. */
export function dataSourceOptions(store: Config['store']): DataSourceOptions {
  return store.kind === 'mysql' ? mysqlOptions(store) : sqliteOptions(store);
}

function mysqlOptions(store: MySqlStoreConfig): DataSourceOptions {
  return {
    type: 'mysql',
    host: store.host,
    port: store.port,
    username: store.user,
    password: store.password,
    database: store.database,
    ...(store.tls ? { ssl: { rejectUnauthorized: true } } : {}),
    poolSize: store.poolSize,
    extra: { queueLimit: POOL_QUEUE_LIMIT },
    charset: 'utf8mb4',
    timezone: 'Z',
    connectTimeout: CONNECT_TIMEOUT_MS,
    logging: false,
    entities: ENTITIES,
    migrations: MYSQL_MIGRATIONS,
    migrationsTransactionMode: 'each',
  };
}

function sqliteOptions(store: SqliteStoreConfig): DataSourceOptions {
  adaptToSqlite();
  return {
    type: 'better-sqlite3',
    driver: Database,
    database: databaseFile(store),
    prepareDatabase: prepareSqlite,
    logging: false,
    entities: ENTITIES,
    migrations: SQLITE_MIGRATIONS,
    migrationsTransactionMode: 'each',
  };
}

export function databaseFile(store: SqliteStoreConfig): string {
  return join(store.directory, 'tradeflow.sqlite');
}

interface SqliteDatabase {
  pragma(source: string): unknown;
}

/** Full sync at every commit: what was acknowledged survives a power cut. Another process's lock is waited for. */
function prepareSqlite(database: SqliteDatabase): void {
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('busy_timeout = 5000');
}

/** SQLite generates keys for INTEGER columns alone, and has neither MEDIUMTEXT nor MySQL's collations. */
function adaptToSqlite(): void {
  const storage = getMetadataArgsStorage();
  for (const column of storage.columns) {
    delete column.options.charset;
    delete column.options.collation;
    if (column.options.type === 'mediumtext') column.options.type = 'text';
    if (column.options.type === 'int') column.options.type = 'integer';
    const isGenerated = storage.generations.some(
      (each) => each.target === column.target && each.propertyName === column.propertyName,
    );
    if (isGenerated) column.options.type = 'integer';
  }
}
