import type { Config } from '@app/platform';
import type { DataSource } from 'typeorm';
import { createProcessLock } from './process-lock';

const LOCK_WAIT_MS = 60_000;

/**
 * Applies the migrations that are not applied yet. Several processes may start at once: one migrates, the others wait.
 * @returns the names of the migrations that this call applied.
 */
export async function migrate(dataSource: DataSource, store: Config['store']): Promise<string[]> {
  const lock = createProcessLock(store, dataSource, 'migrations');
  if (!(await lock.acquire(LOCK_WAIT_MS))) {
    throw new Error('another process has been migrating the database for over a minute');
  }
  try {
    const applied = await dataSource.runMigrations();
    return applied.map((migration) => migration.name);
  } finally {
    await lock.release();
  }
}
