// npm run test:mutants [-- words of names]: puts faults into copies of the engine, one at a time, and fails unless the
// correctness suite (test/matching) notices every one of them.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { typeFaults } from './check-types';
import { applied, readSources, type Mutant, type Sources } from './mutant';
import { MUTANTS } from './mutants';
import { type Green, killAll, runSuite, type Outcome, type RunOptions } from './suite';

const ENGINE = join('libs', 'matching', 'src');
const LANES = 2;
/** Of the differential streams, in all. The suite by itself runs far more. */
const COMMANDS = 36_000;
/** What survives the suite with so few commands meets more: its streams are that long by default. */
const MORE_COMMANDS = 360_000;
const STREAMS = { spec: 'engine-against-reference', tests: 'do the same' };
/** Spec files that take less come before the streams. */
const QUICK_MS = 1_000;
/** No test of the unmutated engine takes nearly as long. */
const BASELINE_SILENCE_MS = 120_000;
/** A test that takes this many times as long as the longest one of the unmutated engine does not end. */
const PATIENCE = 4;
const LEAST_SILENCE_MS = 10_000;

async function main(words: readonly string[]): Promise<boolean> {
  const mutants = MUTANTS.filter(({ name }) => words.every((word) => name.includes(word)));
  const sources = readSources(ENGINE);
  const faults = faultsOf(mutants, sources);
  if (faults.length > 0 || mutants.length === 0) {
    for (const fault of faults) print(fault);
    print(mutants.length === 0 ? 'no mutant has such a name' : 'nothing was run');
    return false;
  }
  const scratch = mkdtempSync(join(tmpdir(), 'tradeflow-mutants-'));
  process.on('exit', () => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 }));
  const baseline = { scratch, commands: COMMANDS, silenceMs: BASELINE_SILENCE_MS };
  const green = await runUnmutated(sources, baseline);
  if (!green) return false;
  const silenceMs = Math.max(LEAST_SILENCE_MS, green.longestWaitMs * PATIENCE);
  const specs = inOrder(green.specs);
  let survivors = await runAll(mutants, sources, { ...baseline, silenceMs, specs });
  if (survivors.length > 0) {
    print(`${survivors.length} not caught yet, now with more commands`);
    const longer = { ...baseline, commands: MORE_COMMANDS, part: STREAMS };
    if (!(await runUnmutated(sources, longer))) return false;
    survivors = await runAll(survivors, sources, longer);
  }
  for (const { name } of survivors) print(`SURVIVED: ${name}`);
  const caught = mutants.length - survivors.length;
  print(`${caught} of ${mutants.length} caught in ${seconds(performance.now())}`);
  return survivors.length === 0;
}

/** A red suite would look as if it caught everything. @returns undefined if it is. */
async function runUnmutated(sources: Sources, options: RunOptions): Promise<Green | undefined> {
  const outcome = await runOn(sources, join(options.scratch, 'unmutated'), options);
  print(`the unmutated engine: ${told(outcome)}`);
  if (outcome.kind === 'failed') print(outcome.message);
  return outcome.kind === 'green' ? outcome : undefined;
}

/** The quickest first, but for the streams: most faults show in their first commands. */
function inOrder(specs: Green['specs']): string[] {
  const weight = ([spec, ms]: [string, number]): number =>
    spec.includes(STREAMS.spec) ? Math.min(ms, QUICK_MS) : ms;
  return [...specs].sort((a, b) => weight(a) - weight(b)).map(([spec]) => spec);
}

/** Mutants that do not fit the engine any more, or that a compiler would refuse. */
function faultsOf(mutants: readonly Mutant[], sources: Sources): string[] {
  const misfits = mutants.flatMap((mutant) => {
    try {
      applied(mutant, sources);
      return [];
    } catch (error) {
      return [`${mutant.name}: ${error instanceof Error ? error.message : String(error)}`];
    }
  });
  return misfits.length > 0 ? misfits : typeFaults(mutants, sources, join(process.cwd(), ENGINE));
}

/** @returns those that nothing noticed. */
async function runAll(
  mutants: readonly Mutant[],
  sources: Sources,
  options: RunOptions,
): Promise<Mutant[]> {
  const queue = [...mutants];
  const survivors: Mutant[] = [];
  const work = async (lane: number): Promise<void> => {
    const directory = join(options.scratch, `engine-${lane}`);
    for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
      const faulty = applied(mutant, sources);
      const part = options.part ?? mutant.lookAt;
      let outcome = await runOn(faulty, directory, part ? { ...options, part } : options);
      if (outcome.kind === 'green' && part !== options.part) {
        outcome = await runOn(faulty, directory, options);
      }
      if (outcome.kind === 'green') survivors.push(mutant);
      const verdict = outcome.kind === 'green' ? 'survived' : 'caught  ';
      print(`${verdict} ${seconds(outcome.ms).padStart(7)}  ${mutant.name}  [${told(outcome)}]`);
    }
  };
  await Promise.all(Array.from({ length: LANES }, (_, lane) => work(lane)));
  return survivors;
}

async function runOn(sources: Sources, directory: string, options: RunOptions): Promise<Outcome> {
  mkdirSync(directory, { recursive: true });
  for (const [file, text] of sources) writeFileSync(join(directory, file), text);
  return runSuite(directory, options);
}

function told(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'green':
      return `${outcome.tests} tests passed in ${seconds(outcome.ms)}`;
    case 'failed': {
      const command = /\bstep (\d+)/.exec(outcome.message)?.[1];
      return outcome.test + (command === undefined ? '' : `, at command ${command}`);
    }
    case 'silent':
      return `timeout after ${outcome.lastTest}`;
    case 'crashed':
      return `crashed: ${outcome.exit}`;
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    killAll();
    process.exit(1);
  });
}
void main(process.argv.slice(2)).then(
  (allCaught) => process.exit(allCaught ? 0 : 1),
  (error: unknown) => {
    print(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exit(1);
  },
);
