import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../support/free-port';
import type { Run } from './run';
import { waitFor } from './wait';

const READY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 15_000;
/** Every system gets what `npm run start:api` gives ours: short-lived objects then die young. */
const NODE_FLAG = '--max-semi-space-size=32';

/** Linux counts processor time in hundredths of a second for /proc. */
const MS_PER_TICK = 10;

export interface Program {
  /** Names its log file. */
  name: string;
  script: string;
  env: Readonly<Record<string, string>>;
  /** Where its CPU profile goes when it ends; null: it is not profiled. */
  profileDirectory?: string | null;
}

/** A server process of the benchmark. Its output goes to a file, as a container's would. */
export class ServerProcess {
  readonly startedMs = Date.now();

  private constructor(
    private readonly child: ChildProcess,
    readonly name: string,
    readonly port: number,
    readonly logFile: string,
  ) {}

  /** @param portVariable where the program expects its port. */
  static async start(run: Run, program: Program, portVariable: string): Promise<ServerProcess> {
    const port = await freePort();
    const logFile = join(run.directory, `${program.name}.log`);
    const output = openSync(logFile, 'a');
    const profile = program.profileDirectory ?? null;
    if (profile !== null) mkdirSync(profile, { recursive: true });
    const profiling = profile === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
    const options = [NODE_FLAG, ...profiling];
    const child = spawn(process.execPath, [...options, program.script], {
      env: { ...inherited(), ...program.env, [portVariable]: String(port) },
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    const server = new ServerProcess(child, program.name, port, logFile);
    run.defer(() => server.stop());
    return server;
  }

  get pid(): number {
    return this.child.pid!;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async ready(): Promise<void> {
    await waitFor(`${this.name} is ready`, READY_TIMEOUT_MS, 25, async () => {
      this.assertRuns();
      try {
        const response = await fetch(`${this.origin}/health/ready`);
        await response.body?.cancel();
        return response.ok || null;
      } catch {
        return null;
      }
    });
  }

  /** @throws with its last lines when the process ended by itself. */
  assertRuns(): void {
    if (this.ended) throw new Error(`${this.name} ended:\n${this.lastLines()}`);
  }

  /** Orderly, so that a CPU profile is written; by force when that takes too long. */
  async stop(): Promise<void> {
    if (this.ended) return;
    const ended = once(this.child, 'exit');
    const force = setTimeout(() => this.child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    this.child.kill('SIGTERM');
    await ended;
    clearTimeout(force);
  }

  /** Processor time so far, in ms. Unlike a rate it hardly depends on what else the machine does. */
  cpuMs(): number {
    const stat = readFileSync(`/proc/${this.pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
  }

  /** Resident memory now, in MiB. */
  residentMiB(): number {
    const status = readFileSync(`/proc/${this.pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN) / 1024;
  }

  private get ended(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  private lastLines(): string {
    return readFileSync(this.logFile, 'utf8').split('\n').slice(-15).join('\n');
  }
}

/** Settings of the caller's shell for the apps must not change what is measured. */
function inherited(): Record<string, string> {
  const kept: Record<string, string> = { NODE_ENV: 'production' };
  for (const name of ['PATH', 'HOME', 'TMPDIR']) {
    const value = process.env[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}
