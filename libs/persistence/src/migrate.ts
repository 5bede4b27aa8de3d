import type { Config } from '@app/platform';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from './data-source';
import { createProcessLock } from './process-lock';

const LOCK_WAIT_MS = 60_000;

/**
 * Applies the migrations that are not applied yet. Several processes may start at once: one migrates, the others wait.
 * @returns the names of the migrations that this call applied.
 */
export function migrate(store: Config['store']): Promise<string[]> {
  return whileMigrating(store, async (dataSource) => {
    const applied = await dataSource.runMigrations();
    return applied.map((migration) => migration.name);
  });
}

/** Runs work on a data source of its own while no other process migrates. */
export async function whileMigrating<T>(
  store: Config['store'],
  work: (dataSource: DataSource) => Promise<T>,
): Promise<T> {
  const dataSource = await new DataSource(dataSourceOptions(store)).initialize();
  const lock = createProcessLock(store, dataSource, 'migrations');
  try {
    if (!(await lock.acquire(LOCK_WAIT_MS))) {
      throw new Error('another process has been migrating the database for over a minute');
    }
    return await work(dataSource);
  } finally {
    await lock.release();
    await dataSource.destroy();
  }
}
