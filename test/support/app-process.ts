import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { send } from './http';

const ROOT = resolve(__dirname, '../..');
const READY_TIMEOUT_MS = 30_000;
const POLL_MS = 50;
/** Longer output is cut at its beginning. */
const MAX_OUTPUT = 4_000_000;

/** One built app as a child process, the same port and environment at every start. */
export class AppProcess {
  private child: ChildProcess | null = null;
  private exited: Promise<number | null> = Promise.resolve(null);
  private captured = '';

  constructor(
    readonly name: string,
    /** Path below the repository's root, as in `dist/src/main.js`. */
    private readonly entry: string,
    readonly port: number,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  get baseUrl(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Null while it does not run. */
  get pid(): number | null {
    return this.child?.pid ?? null;
  }

  get isRunning(): boolean {
    return this.child !== null;
  }

  /** Everything it wrote to stdout and stderr, over all its starts. */
  output(): string {
    return this.captured;
  }

  /** Starts it and returns when it is ready. @throws when it ends before, or is not ready in time. */
  async start(timeoutMs = READY_TIMEOUT_MS): Promise<void> {
    this.launch();
    await this.ready(timeoutMs);
  }

  /** Starts it without waiting for anything. */
  launch(): void {
    if (this.child !== null) throw new Error(`${this.name} runs already`);
    const preload = join(ROOT, 'test/support/die-with-parent.cjs');
    const child = spawn(process.execPath, ['--require', preload, join(ROOT, this.entry)], {
      cwd: ROOT,
      env: this.env,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.child = child;
    child.stdout.on('data', (data: Buffer) => this.capture(data));
    child.stderr.on('data', (data: Buffer) => this.capture(data));
    this.exited = once(child, 'exit').then(([code]: (number | null)[]) => {
      this.child = null;
      return code ?? null;
    });
  }

  /** Waits until `/health/ready` answers 200. */
  async ready(timeoutMs = READY_TIMEOUT_MS): Promise<void> {
    const deadlineMs = Date.now() + timeoutMs;
    let last = 'nothing yet';
    while (Date.now() < deadlineMs) {
      if (this.child === null) throw new Error(`${this.name} ended:\n${this.tail()}`);
      try {
        const answer = await send(this.baseUrl, 'GET', '/health/ready', { timeoutMs: 5000 });
        if (answer.status === 200) return;
        last = answer.text;
      } catch (error) {
        last = String(error);
      }
      await delay(POLL_MS);
    }
    throw new Error(`${this.name} is not ready: ${last}\n${this.tail()}`);
  }

  /** SIGKILL; returns when the process has ended. */
  async kill(): Promise<void> {
    this.child?.kill('SIGKILL');
    await this.exited;
  }

  /** SIGSTOP: it keeps its connections and does nothing, until it goes on. */
  pause(): void {
    this.child?.kill('SIGSTOP');
  }

  resume(): void {
    this.child?.kill('SIGCONT');
  }

  /** SIGTERM. @returns the exit code; null when a signal ended it. */
  async stop(): Promise<number | null> {
    this.child?.kill('SIGTERM');
    return this.exited;
  }

  private tail(): string {
    return this.captured.slice(-4000);
  }

  private capture(data: Buffer): void {
    this.captured = (this.captured + data.toString('utf8')).slice(-MAX_OUTPUT);
  }
}
