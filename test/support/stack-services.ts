import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const SCRIPT = join(resolve(__dirname, '../..'), 'scripts/stack.mjs');
const TIMEOUT_MS = 90_000;

export type ServiceName = 'mysql' | 'redis' | 'kafka';
export type ServiceCommand = 'start' | 'stop' | 'kill' | 'pause' | 'resume';

/** Takes a service of the developer stack away or brings it back; returns when that is so. */
export async function stackService(command: ServiceCommand, name: ServiceName): Promise<void> {
  await promisify(execFile)(process.execPath, [SCRIPT, command, name], { timeout: TIMEOUT_MS });
}
