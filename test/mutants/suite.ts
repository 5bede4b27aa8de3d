import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { Part } from './mutant';

/** How a run of the correctness suite went. Times in ms. */
export type Outcome =
  | Green
  | { kind: 'failed'; test: string; message: string; ms: number }
  | { kind: 'silent'; lastTest: string; ms: number }
  | { kind: 'crashed'; exit: string; ms: number };

export interface Green {
  kind: 'green';
  tests: number;
  ms: number;
  /** The longest time that one test took. */
  longestWaitMs: number;
  /** What each spec file took, ms. */
  specs: ReadonlyMap<string, number>;
}

/** How to run it. */
export interface RunOptions {
  /** How many commands the differential streams send in all. */
  commands: number;
  /** How long one test may take, ms. */
  silenceMs: number;
  /** Spec files that come first, in this order. */
  specs?: readonly string[];
  /** These tests alone. */
  part?: Part;
  /** A directory for Jest’s cache. */
  scratch: string;
}

/** What reporter.cjs sends: a test has ended, or the file with all of them. */
type Message =
  { test: string; status: string; messages: readonly string[] } | { spec: string; ms: number };

interface JestConfig {
  projects: { displayName: string; moduleNameMapper: Record<string, string> }[];
}

/** Of a process: an engine that writes effects for ever hits these before the machine feels it. */
const MOST_MEMORY_KB = 2_000_000;
const MOST_CPU_S = 300;

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
 * @throws Error when the tests could not be run.
 */
export function runSuite(engine: string, options: RunOptions): Promise<Outcome> {
  const child = start(engine, options);
  const started = Date.now();
  const ms = (): number => Date.now() - started;
  return new Promise((done, fail) => {
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
    child.stderr?.on('data', (data: Buffer) => (output = (output + data.toString()).slice(-4_000)));
    child.once('error', fail);
    child.once('close', (code, signal) => {
      if (code === 0 && (tests > 0 || options.part)) {
        end({ kind: 'green', tests, ms: ms(), longestWaitMs, specs });
      } else if (signal !== null) {
        end({ kind: 'crashed', exit: /FATAL ERROR: .*/.exec(output)?.[0] ?? signal, ms: ms() });
      } else {
        fail(new Error(`Jest ended with ${code} and without a failed test: ${output}`));
      }
    });
  });
}

function start(engine: string, options: RunOptions): ChildProcess {
  const { commands, part, scratch, specs = [] } = options;
  const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  const args = ['--config', JSON.stringify(configFor(engine, scratch)), '--runInBand'];
  if (part) args.push('--passWithNoTests', '--testPathPatterns', part.spec, '-t', part.tests);
  const limits = `ulimit -d ${MOST_MEMORY_KB}; ulimit -t ${MOST_CPU_S}`;
  const node = [process.execPath, '--require', DIE_WITH_PARENT, jest, ...args];
  const child = spawn('sh', ['-c', `${limits}; exec "$0" "$@"`, ...node], {
    cwd: ROOT,
    env: {
      ...process.env,
      TRADEFLOW_ENGINE_COMMANDS: String(commands),
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
