// Runs the built hybrid on a fresh data directory while something is done with it.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const READY_TIMEOUT_MS = 60_000;
const LOOK_EVERY_MS = 100;

/** @param use what is done, with the address of the api. @returns what it returns. */
export async function runHybrid(use) {
  const directory = mkdtempSync(join(tmpdir(), 'tradeflow-client-'));
  const port = await freePort();
  const env = {
    ...process.env,
    PORT: String(port),
    TRADEFLOW_DATA_DIR: directory,
    LOG_LEVEL: 'warn',
  };
  const child = spawn(process.execPath, ['dist/src/main.js'], {
    env,
    stdio: ['ignore', 2, 'ignore'],
  });
  const exited = once(child, 'exit');
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  try {
    const baseUrl = `http://127.0.0.1:${port}`;
    await ready(baseUrl, child);
    return await use(baseUrl);
  } finally {
    kill();
    await exited;
    process.off('exit', kill);
    rmSync(directory, { recursive: true, force: true });
  }
}

async function ready(baseUrl, child) {
  const untilMs = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < untilMs) {
    if (child.exitCode !== null) throw new Error(`the api ended with ${child.exitCode}`);
    const answer = await fetch(`${baseUrl}/health/ready`).catch(() => null);
    if (answer?.ok) return;
    await delay(LOOK_EVERY_MS);
  }
  throw new Error('the api is not ready');
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
