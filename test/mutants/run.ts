// npm run test:mutants [-- words of names]: puts faults into copies of the engine, one at a time, and fails unless the
// correctness suite (test/matching) notices every one of them.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { typeFaults } from './check-types';
import { applied, readSources, type Mutant, type Sources } from './mutant';
import { MUTANTS } from './mutants';
import { killAll, runSuite, type Outcome, type RunOptions } from './suite';

const ENGINE = join('libs', 'matching', 'src');
const LANES = 2;
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
  process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
  const copy = join(scratch, 'unmutated');
  const baseline = await runOn(sources, copy, { scratch, silenceMs: BASELINE_SILENCE_MS });
  print(`the unmutated engine: ${told(baseline)}`);
  if (baseline.kind !== 'green') {
    if (baseline.kind === 'failed') print(baseline.message);
    return false;
  }
  const { specs, longestWaitMs } = baseline;
  const silenceMs = Math.max(LEAST_SILENCE_MS, longestWaitMs * PATIENCE);
  const survivors = await runAll(mutants, sources, { scratch, silenceMs, specs });
  for (const name of survivors) print(`SURVIVED: ${name}`);
  const caught = mutants.length - survivors.length;
  print(`${caught} of ${mutants.length} caught in ${seconds(performance.now())}`);
  return survivors.length === 0;
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

/** @returns the names of those that nothing noticed. */
async function runAll(
  mutants: readonly Mutant[],
  sources: Sources,
  options: RunOptions,
): Promise<string[]> {
  const queue = [...mutants];
  const survivors: string[] = [];
  const work = async (lane: number): Promise<void> => {
    const directory = join(options.scratch, `engine-${lane}`);
    for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
      const outcome = await runOn(applied(mutant, sources), directory, options);
      if (outcome.kind === 'green') survivors.push(mutant.name);
      const verdict = outcome.kind === 'green' ? 'SURVIVED' : 'caught  ';
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
