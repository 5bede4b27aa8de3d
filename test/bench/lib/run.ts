import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The repository: benchmarks are started from its root, as npm does. */
export const ROOT = resolve('.');

/** One run of a benchmark: a directory for its logs and profiles, and everything that must be undone at its end. */
export class Run {
  /** Names what this run creates on shared servers. */
  readonly id = `bench_${randomBytes(4).toString('hex')}`;
  readonly directory = join(ROOT, '.tmp', 'bench', this.id);
  private readonly cleanups: (() => Promise<void> | void)[] = [];

  constructor() {
    mkdirSync(this.directory, { recursive: true });
  }

  /** Undoes something at the end of the run, however it ends. The last that was added goes first. */
  defer(cleanup: () => Promise<void> | void): void {
    this.cleanups.push(cleanup);
  }

  async end(keepFiles: boolean): Promise<void> {
    for (let each = this.cleanups.pop(); each !== undefined; each = this.cleanups.pop()) {
      try {
        await each();
      } catch (error) {
        say(`cleaning up: ${String(error)}`);
      }
    }
    if (!keepFiles) rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Progress goes to standard error, results to standard output. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Runs a benchmark and cleans up after it, also when it fails, is interrupted or takes longer than `limitMs`. */
export function runBenchmark(limitMs: number, main: (run: Run) => Promise<void>): void {
  const run = new Run();
  let cut: (reason: Error) => void = () => undefined;
  const cutShort = new Promise<never>((_, reject) => {
    cut = reject;
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => cut(new Error(`ended by ${signal}`)));
  }
  const limit = setTimeout(() => cut(new Error(`not done after ${limitMs / 1000} s`)), limitMs);
  const whole = async (): Promise<void> => {
    let failed = false;
    try {
      await Promise.race([main(run), cutShort]);
    } catch (error) {
      failed = true;
      say(`failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      say(`logs: ${run.directory}`);
    }
    clearTimeout(limit);
    await run.end(failed);
    process.exit(failed ? 1 : (process.exitCode ?? 0));
  };
  void whole();
}

/** @returns an integer from the environment. */
export function knob(name: string, fallback: number, min: number, max: number): number {
  const text = process.env[name] ?? '';
  if (text === '') return fallback;
  const value = Number(text);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new Error(`${name} must be an integer from ${min} to ${max}`);
}
