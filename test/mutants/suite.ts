import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

/** How a run of the correctness suite went. Times in ms. */
export type Outcome =
  | { kind: 'green'; tests: number; ms: number; longestWaitMs: number; specs: string[] }
  | { kind: 'failed'; test: string; message: string; ms: number }
  | { kind: 'silent'; lastTest: string; ms: number }
  | { kind: 'crashed'; exit: string; ms: number };

/** How to run it. */
export interface RunOptions {
  /** How long one test may take, ms. */
  silenceMs: number;
  /** Spec files that come first, in this order. */
  specs?: readonly string[];
  /** A directory for Jest’s cache. */
  scratch: string;
}

/** What reporter.cjs sends: a test has ended, or the file with all of them. */
type Message =
  { test: string; status: string; messages: readonly string[] } | { spec: string; ms: number };

interface JestConfig {
  projects: { displayName: string; moduleNameMapper: Record<string, string> }[];
}

/** Commands of the differential streams: a mutant is to be found by far fewer than the suite runs by itself. */
const COMMANDS = '36000';
/** Of a process: an engine that writes effects for ever hits these before the machine feels it. */
const MOST_MEMORY_KB = 2_000_000;
const MOST_CPU_S = 600;

const ROOT = resolve('.');
const DIE_WITH_PARENT = join(ROOT, 'test', 'support', 'die-with-parent.cjs');
const running = new Set<ChildProcess>();
process.on('exit', killAll);

/** Ends the processes of all runs. */
export function killAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

/**
 * Runs the engine project of jest.config.cjs on the engine whose sources are in `engine`, until the first failure.
 * A green run says which specs there are, the quickest first.
 */
export function runSuite(engine: string, options: RunOptions): Promise<Outcome> {
  const child = start(engine, options);
  const started = Date.now();
  const ms = (): number => Date.now() - started;
  return new Promise((done) => {
    const specs = new Map<string, number>();
    let tests = 0;
    let lastTest = 'its start';
    let longestWaitMs = 0;
    let heard = started;
    let output = '';
    const end = (outcome: Outcome): void => {
      clearTimeout(silence);
      child.kill('SIGKILL');
      running.delete(child);
      done(outcome);
    };
    const silence = setTimeout(
      () => end({ kind: 'silent', lastTest, ms: ms() }),
      options.silenceMs,
    );
    child.on('message', (message: Message) => {
      silence.refresh();
      longestWaitMs = Math.max(longestWaitMs, Date.now() - heard);
      heard = Date.now();
      if ('spec' in message) {
        specs.set(message.spec, message.ms);
        return;
      }
      const { test, status, messages } = message;
      lastTest = test;
      tests += 1;
      if (status === 'failed')
        end({ kind: 'failed', test, message: messages.join('\n'), ms: ms() });
    });
    child.stderr?.on('data', (data: Buffer) => (output = (output + data.toString()).slice(-2_000)));
    child.once('error', (error) => end({ kind: 'crashed', exit: error.message, ms: ms() }));
    child.once('close', (code, signal) => {
      if (code !== 0 || tests === 0) {
        end({ kind: 'crashed', exit: `${signal ?? code} ${output}`.trim(), ms: ms() });
        return;
      }
      const byTime = [...specs].sort(([, a], [, b]) => a - b).map(([spec]) => spec);
      end({ kind: 'green', tests, ms: ms(), longestWaitMs, specs: byTime });
    });
  });
}

function start(engine: string, { scratch, specs = [] }: RunOptions): ChildProcess {
  const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  const options = ['--config', JSON.stringify(configFor(engine, scratch)), '--runInBand'];
  const limits = `ulimit -d ${MOST_MEMORY_KB}; ulimit -t ${MOST_CPU_S}`;
  const node = [process.execPath, '--require', DIE_WITH_PARENT, jest, ...options];
  const child = spawn('sh', ['-c', `${limits}; exec "$0" "$@"`, ...node], {
    cwd: ROOT,
    env: {
      ...process.env,
      TRADEFLOW_ENGINE_COMMANDS: COMMANDS,
      MUTANTS_FIRST_SPECS: JSON.stringify(specs),
    },
    stdio: ['pipe', 'ignore', 'pipe', 'ipc'],
  });
  running.add(child);
  return child;
}

/** The engine project as it is, but for where the engine is. */
function configFor(engine: string, scratch: string): object {
  const { projects } = createRequire(__filename)(join(ROOT, 'jest.config.cjs')) as JestConfig;
  const project = projects.find(({ displayName }) => displayName === 'engine');
  if (!project) throw new Error('jest.config.cjs has no project "engine"');
  return {
    ...project,
    roots: ['<rootDir>/test/matching'],
    // It tests the command streams on the reference alone.
    testPathIgnorePatterns: ['/command-stream\\.spec\\.ts$'],
    moduleNameMapper: {
      '^@app/matching$': join(engine, 'index.ts'),
      '^\\./shrink$': join(__dirname, 'no-shrinking.ts'),
      ...project.moduleNameMapper,
    },
    reporters: [join(__dirname, 'reporter.cjs')],
    testSequencer: join(__dirname, 'sequencer.cjs'),
    cacheDirectory: scratch,
  };
}
