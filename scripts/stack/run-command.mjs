/**
 * Runs other programs to their end: with their output kept in a log file, or
 * captured for the caller.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';

import { progress } from './progress.mjs';

const LOG_TAIL_BYTES = 16 * 1024;

/** The last lines of a log, for an error message. */
export function readLogTail(logFile, lineCount = 20) {
  if (!fs.existsSync(logFile)) return '(no log was written)';
  const { size } = fs.statSync(logFile);
  const length = Math.min(size, LOG_TAIL_BYTES);
  const buffer = Buffer.alloc(length);
  const descriptor = fs.openSync(logFile, 'r');
  try {
    fs.readSync(descriptor, buffer, 0, length, size - length);
  } finally {
    fs.closeSync(descriptor);
  }
  return buffer.toString('utf8').trimEnd().split('\n').slice(-lineCount).join('\n');
}

/** Runs a program to its end, its output appended to `logFile`; throws if it fails. */
export async function runLogged(command, args, { logFile, signal, environment = {} }) {
  fs.mkdirSync(path.dirname(logFile), { recursive: true });
  const log = fs.openSync(logFile, 'a');
  try {
    fs.writeSync(log, `$ ${command} ${args.join(' ')}\n`);
    const child = spawn(command, args, {
      stdio: ['ignore', log, log],
      env: { ...process.env, ...environment },
      signal,
    });
    // once() rejects on 'error', which is also how an abort or ENOENT arrives.
    const [code, endedBy] = await once(child, 'close');
    if (code === 0) return;
    const ending = endedBy ? `was ended by ${endedBy}` : `exited with ${code}`;
    throw new Error(`${command} ${ending}; the last lines of ${logFile}:\n${readLogTail(logFile)}`);
  } finally {
    fs.closeSync(log);
  }
}

/** Runs a program and returns its exit code and output; a missing program is code 127. */
export function capture(command, args, { signal, timeoutMs = 60_000, environment = {} } = {}) {
  return new Promise((resolve, reject) => {
    const options = {
      signal,
      timeout: timeoutMs,
      maxBuffer: 16 * 1024 * 1024,
      env: { ...process.env, ...environment },
    };
    execFile(command, args, options, (error, stdout, stderr) => {
      if (!error) return resolve({ code: 0, stdout, stderr });
      if (error.code === 'ENOENT') return resolve({ code: 127, stdout: '', stderr: error.message });
      if (typeof error.code === 'number') return resolve({ code: error.code, stdout, stderr });
      return reject(error);
    });
  });
}

/** Repeats a download that failed: a registry may be away for a moment. */
export async function withRetries(what, attempts, { signal }, action) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await action();
    } catch (error) {
      if (signal?.aborted || attempt >= attempts) throw error;
      progress(
        `${what} failed (try ${attempt} of ${attempts}), again: ${error.message.split('\n')[0]}`,
      );
    }
  }
}
