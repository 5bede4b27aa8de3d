import { type Config, loadConfig, runMain } from '@app/platform';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from './data-source';
import { migrate, whileMigrating } from './migrate';
import { type MigrationStore, writeMigration } from './migration-writer';

const USAGE = `Usage: npm run migration -- <command>
  up               apply every migration that is not applied yet
  down             revert the last one
  history          list migrations: [x] applied, [ ] not yet
  generate <name>  write what the entities have and the migrations lack, for MySQL (needs DATABASE_URL) and SQLite
`;

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

async function main(): Promise<void> {
  const { store } = loadConfig(process.env, 'api', false);
  const [command, name] = process.argv.slice(2);
  if (command === 'up') return up(store);
  if (command === 'down') return down(store);
  if (command === 'history') return history(store);
  if (command === 'generate' && name !== undefined && NAME.test(name)) return generate(store, name);
  process.stderr.write(USAGE);
  process.exitCode = 2;
}

async function up(store: Config['store']): Promise<void> {
  const applied = await migrate(store);
  print(applied.length === 0 ? ['nothing to apply'] : applied.map((name) => `applied ${name}`));
}

async function down(store: Config['store']): Promise<void> {
  await whileMigrating(store, async (dataSource) => {
    const before = await appliedNames(dataSource);
    const last = before.at(-1);
    if (last !== undefined) await dataSource.undoLastMigration();
    print([last === undefined ? 'nothing to revert' : `reverted ${last}`]);
  });
}

async function history(store: Config['store']): Promise<void> {
  await whileMigrating(store, async (dataSource) => {
    const applied = new Set(await appliedNames(dataSource));
    const names = dataSource.migrations.map((migration) => migration.name ?? '');
    print(names.map((name) => `[${applied.has(name) ? 'x' : ' '}] ${name}`));
  });
}

async function appliedNames(dataSource: DataSource): Promise<string[]> {
  const runner = dataSource.createQueryRunner();
  try {
    if (!(await runner.hasTable('migrations'))) return [];
    const rows: { name: string }[] = await runner.query('SELECT name FROM migrations ORDER BY id');
    return rows.map((row) => row.name);
  } finally {
    await runner.release();
  }
}

/** MySQL comes first: what SQLite can not have is taken out of the entities' metadata for good. */
async function generate(store: Config['store'], name: string): Promise<void> {
  if (store.kind !== 'mysql') {
    throw new Error('set DATABASE_URL: a migration is written for MySQL and for SQLite alike');
  }
  const directory = mkdtempSync(join(tmpdir(), 'tradeflow-migration-'));
  try {
    const timestamp = Date.now();
    print(await generateFor('mysql', store, timestamp, name));
    print(await generateFor('sqlite', { kind: 'sqlite', directory }, timestamp, name));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function generateFor(
  kind: MigrationStore,
  store: Config['store'],
  timestamp: number,
  name: string,
): Promise<string[]> {
  await migrate(store);
  const dataSource = await new DataSource(dataSourceOptions(store)).initialize();
  try {
    const { upQueries, downQueries } = await dataSource.driver.createSchemaBuilder().log();
    if (upQueries.length === 0) return [`${kind}: the entities and the migrations agree`];
    const file = writeMigration(kind, timestamp, name, upQueries, downQueries, writeFileSync);
    return [`${kind}: wrote ${file}`];
  } finally {
    await dataSource.destroy();
  }
}

function print(lines: string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

runMain(main);
