/**
 * The services' processes, known by their pid files. A pid may since have gone
 * to another program, so before a signal is sent the process's command line must
 * name this stack's own data directory of the service.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';

import { waitUntil } from '../wait-until.mjs';

/** Kafka flushes its logs and hands over its roles before it ends. */
const GRACE_MS = 30_000;
const KILL_WAIT_MS = 10_000;

const pidFileOf = (name, settings) => path.join(settings.runDirectory, `${name}.pid`);

export const logFileOf = (name, settings) => path.join(settings.logsDirectory, `${name}.log`);

/** Reads a file of /proc; undefined when the process is gone. */
function readProcFile(pid, file) {
  try {
    return fs.readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return undefined;
    throw error;
  }
}

/** The recorded pid, if that process is still the service of this stack. */
export function findPid(name, settings) {
  const pidFile = pidFileOf(name, settings);
  if (!fs.existsSync(pidFile)) return undefined;
  const pid = Number(fs.readFileSync(pidFile, 'utf8'));
  if (!Number.isInteger(pid) || pid <= 1) return undefined;
  const commandLine = readProcFile(pid, 'cmdline');
  // A process that has ended but is not yet reaped has an empty command line.
  if (!commandLine?.includes(path.join(settings.dataDirectory, name))) return undefined;
  return pid;
}

/** 'running', 'paused' (by SIGSTOP) or 'stopped'. */
export function processState(name, settings) {
  const pid = findPid(name, settings);
  const stat = pid && readProcFile(pid, 'stat');
  if (!stat) return 'stopped';
  // The state follows the program's name, which is in parentheses.
  const state = stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
  return state === 'T' ? 'paused' : 'running';
}

/** Starts a process that outlives this one: its own group, its output in its log. */
export async function spawnDetached(name, { command, args }, settings) {
  fs.mkdirSync(settings.runDirectory, { recursive: true });
  fs.mkdirSync(settings.logsDirectory, { recursive: true });
  const log = fs.openSync(logFileOf(name, settings), 'a');
  try {
    fs.writeSync(log, `--- ${new Date().toISOString()} starting ${name}\n`);
    const child = spawn(command, args, {
      cwd: settings.runDirectory,
      detached: true,
      stdio: ['ignore', log, log],
    });
    await once(child, 'spawn');
    fs.writeFileSync(pidFileOf(name, settings), `${child.pid}\n`);
    child.unref();
  } finally {
    fs.closeSync(log);
  }
}

/** Sends a signal; false when the process had ended already. */
function sendSignal(name, signal, settings) {
  const pid = findPid(name, settings);
  if (pid === undefined) return false;
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    if (error.code === 'ESRCH') return false;
    throw error;
  }
}

export async function pauseProcess(name, settings) {
  if (!sendSignal(name, 'SIGSTOP', settings)) throw new Error(`${name} is not running`);
  const isPaused = () => processState(name, settings) === 'paused';
  await waitUntil(isPaused, {
    what: `the pause of ${name}`,
    timeoutMs: KILL_WAIT_MS,
    intervalMs: 10,
  });
}

export function resumeProcess(name, settings) {
  if (!sendSignal(name, 'SIGCONT', settings)) throw new Error(`${name} is not running`);
}

export async function killProcess(name, settings) {
  sendSignal(name, 'SIGKILL', settings);
  const isGone = () => findPid(name, settings) === undefined;
  await waitUntil(isGone, {
    what: `the end of ${name}`,
    timeoutMs: KILL_WAIT_MS,
    intervalMs: 20,
  });
  fs.rmSync(pidFileOf(name, settings), { force: true });
}

/** SIGTERM, and SIGKILL to a process that is still there after the grace time. */
export async function terminateProcess(name, settings, onOverdue) {
  const isGone = () => findPid(name, settings) === undefined;
  const what = `the end of ${name}`;
  sendSignal(name, 'SIGTERM', settings);
  // A paused process acts on SIGTERM only once it goes on.
  sendSignal(name, 'SIGCONT', settings);
  try {
    await waitUntil(isGone, { what, timeoutMs: GRACE_MS, intervalMs: 20 });
  } catch (error) {
    onOverdue(error);
  }
  await killProcess(name, settings);
}
