import { spawn } from 'node:child_process';
import { Findings } from './report.mjs';

const SHOWN_LINES = 40;

/** Runs a program to its end. @returns its exit status and what it printed. */
export function run(command, args, { input = '', ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], ...options });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr']) {
      child[name].setEncoding('utf8');
      child[name].on('data', (text) => (output[name] += text));
    }
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code: code ?? signal, ...output }));
    // A program that ends without reading its input is judged by its exit status.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

/** Like run, for a program that has to end with 0. @throws Findings with what it printed. */
export async function runWell(command, args, options) {
  const result = await run(command, args, options);
  if (result.code !== 0) {
    const lines = `${result.stderr}\n${result.stdout}`
      .split('\n')
      .filter((line) => line.trim() !== '');
    throw new Findings([
      `${[command, ...args].join(' ')} ended with ${result.code}`,
      ...lines.slice(-SHOWN_LINES),
    ]);
  }
  return result.stdout;
}
