import { CommandStream } from './command-stream';
import { Comparison } from './comparison';
import { PROFILES, type Profile } from './profiles';
import { differenceOf, shrink } from './shrink';
import { describeStep, type Step } from './steps';

// A failure names its profile and seed: TRADEFLOW_ENGINE_SEED=… npm run test:engine -- -t '…' runs that stream first.
const TOTAL_COMMANDS = Number(process.env.TRADEFLOW_ENGINE_COMMANDS ?? 1_020_000);
const FIRST_SEED = Number(process.env.TRADEFLOW_ENGINE_SEED ?? 1);
const COMMANDS_PER_PROFILE = Math.ceil(TOTAL_COMMANDS / PROFILES.length);

/** Short streams start from an empty book more often, long ones reuse what has been given back. */
const STREAM_LENGTHS = [500, 2_000, 12_000];
const TAIL = 25;

function runStream(profile: Profile, seed: number, commands: number): void {
  const comparison = new Comparison(profile.markets);
  const stream = new CommandStream(profile, seed, comparison.reference);
  const steps: Step[] = [];
  try {
    for (let at = 0; at < commands; at += 1) {
      const step = stream.next();
      steps.push(step);
      comparison.run(step);
    }
    comparison.compareAllMarkets();
  } catch (error) {
    throw new Error(report(profile, seed, steps), { cause: error });
  }
}

function report(profile: Profile, seed: number, steps: readonly Step[]): string {
  const few = shrink(steps, profile.markets);
  const lines = (some: readonly Step[]): string =>
    some.map((step) => `    ${describeStep(step)}`).join('\n');
  return [
    `profile "${profile.name}", seed ${seed}, step ${steps.length}.`,
    `  The last steps:\n${lines(steps.slice(-TAIL))}`,
    `  Enough of them to differ:\n${lines(few.slice(-2 * TAIL))}`,
    `  How: ${differenceOf(few, profile.markets) ?? 'not reproduced from the steps alone'}`,
  ].join('\n');
}

describe(`the engine and the reference, ${TOTAL_COMMANDS} commands from seed ${FIRST_SEED}`, () => {
  it('are asked for something', () => {
    expect(COMMANDS_PER_PROFILE).toBeGreaterThan(0);
    expect(Number.isSafeInteger(FIRST_SEED)).toBe(true);
  });

  it.each(PROFILES.map((profile) => [profile.name, profile] as const))(
    'do the same: %s',
    (_, profile) => {
      let left = COMMANDS_PER_PROFILE;
      for (let seed = FIRST_SEED; left > 0; seed += 1) {
        const length = Math.min(STREAM_LENGTHS[seed % STREAM_LENGTHS.length]!, left);
        runStream(profile, seed, length);
        left -= length;
      }
    },
    600_000,
  );
});
