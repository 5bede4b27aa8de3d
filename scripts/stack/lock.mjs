/**
 * Lets one `up` or `down` of a stack directory work at a time: a second one
 * waits for the first, and then finds its work done.
 */
import fs from 'node:fs';
import path from 'node:path';

import { progress } from './progress.mjs';
import { waitUntil } from './wait-until.mjs';

/** The longest a first `up` with its downloads should take. */
const LOCK_WAIT_MS = 20 * 60_000;

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if (error.code === 'ESRCH') return false;
    if (error.code === 'EPERM') return true;
    throw error;
  }
}

/** True when this process now holds the lock. */
function tryToTake(lockFile) {
  try {
    fs.writeFileSync(lockFile, `${process.pid}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const holder = fs.existsSync(lockFile) ? Number(fs.readFileSync(lockFile, 'utf8')) : 0;
  // 0: it was given back just now, or its holder hasn't written its pid yet.
  if (holder > 0 && !isAlive(holder)) fs.rmSync(lockFile, { force: true });
  return false;
}

export async function withLock(settings, { signal }, action) {
  fs.mkdirSync(settings.directory, { recursive: true });
  const lockFile = path.join(settings.directory, 'lock');
  let told = false;
  const take = () => {
    if (tryToTake(lockFile)) return true;
    if (!told && fs.existsSync(lockFile))
      progress(`waiting for another stack command (${lockFile})`);
    told = true;
    return false;
  };
  await waitUntil(take, {
    what: 'the lock of the stack',
    timeoutMs: LOCK_WAIT_MS,
    signal,
  });
  try {
    return await action();
  } finally {
    fs.rmSync(lockFile, { force: true });
  }
}
