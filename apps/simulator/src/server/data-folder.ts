import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Says that a folder belongs to the demo, and which process uses it. */
const MARK = 'demo.pid';

export class DataFolderError extends Error {}

/**
 * Takes a folder for the data of the demo, which must be empty, missing, or one of an earlier demo: nobody else's data is
 * ever touched.
 * @param keep whether what an earlier demo left there stays.
 * @throws DataFolderError
 */
export function takeDataFolder(directory: string, keep: boolean): void {
  const mark = join(directory, MARK);
  const names = existsSync(directory) ? readdirSync(directory) : [];
  if (names.length > 0 && !names.includes(MARK)) {
    throw new DataFolderError(`${directory} holds other data than that of a demo`);
  }
  if (names.includes(MARK)) {
    const pid = Number(readFileSync(mark, 'utf8'));
    if (runs(pid)) {
      throw new DataFolderError(
        `a demo uses ${directory} already: process ${pid} (if that is none, delete ${mark})`,
      );
    }
    if (!keep) {
      for (const name of names) rmSync(join(directory, name), { recursive: true, force: true });
    }
  }
  mkdirSync(directory, { recursive: true });
  writeFileSync(mark, String(process.pid));
}

/** Nobody uses it any more; its data stays. */
export function leaveDataFolder(directory: string): void {
  writeFileSync(join(directory, MARK), '');
}

function runs(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
