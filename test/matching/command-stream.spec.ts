import { EffectKind, REASONS } from '@app/matching';
import { CommandStream } from './command-stream';
import { Coverage } from './coverage';
import { PROFILES, type Profile } from './profiles';
import { ReferenceEngine } from './reference-engine';
import { checkReference } from './reference-invariants';
import { describeStep, runOnReference } from './steps';

const COMMANDS = 5_000;

/** An order ends or shrinks with one of these, or a refusal names it. No number of orders is reached here. */
const ENDINGS = ['USER', 'IOC_REMAINDER', 'NO_LIQUIDITY', 'SELF_TRADE', 'AMOUNT_BELOW_ONE_LOT'];
const LATE_REFUSALS = ['POST_ONLY_WOULD_CROSS', 'FOK_UNFILLABLE'];
const NEVER_REFUSED = ['NONE', ...ENDINGS, 'AMENDED_BELOW_FILLED', 'EXPIRED', 'ORDER_LIMIT'];

function openReference(profile: Profile): ReferenceEngine {
  const reference = new ReferenceEngine();
  for (let market = 0; market < profile.markets; market += 1) reference.openMarket(`M${market}`);
  return reference;
}

function run(profile: Profile, seed: number): { lines: string[]; coverage: Coverage } {
  const reference = openReference(profile);
  const stream = new CommandStream(profile, seed, reference);
  const coverage = new Coverage();
  const lines: string[] = [];
  for (let at = 0; at < COMMANDS; at += 1) {
    const step = stream.next();
    lines.push(describeStep(step));
    coverage.add(runOnReference(reference, step).effects);
    try {
      for (const book of reference.books) checkReference(book);
    } catch (error) {
      throw new Error(`${profile.name}, seed ${seed}:\n${lines.slice(-15).join('\n')}`, {
        cause: error,
      });
    }
  }
  return { lines, coverage };
}

describe('the random command streams', () => {
  const total = new Coverage();

  afterAll(() => {
    process.stdout.write(`${total.commands} commands on the reference reach:\n${total.table()}\n`);
  });

  it.each(PROFILES.map((profile) => [profile.name, profile] as const))(
    'leave every market of the reference sound: %s',
    (_, profile) => {
      const { coverage } = run(profile, 1);
      total.addAll(coverage);
      for (const kind of ['Accepted', 'Trade', 'Rested', 'Level', 'Cancelled']) {
        expect(coverage.counts.get(kind) ?? 0).toBeGreaterThan(COMMANDS / 100);
      }
    },
  );

  it('are the same for the same seed and differ for another', () => {
    const [profile] = PROFILES as [Profile];
    expect(run(profile, 7).lines).toEqual(run(profile, 7).lines);
    expect(run(profile, 7).lines).not.toEqual(run(profile, 8).lines);
  });

  it('reach every kind of effect and every reason', () => {
    for (const profile of PROFILES) total.addAll(run(profile, 2).coverage);
    const refusals = REASONS.filter((reason) => !NEVER_REFUSED.includes(reason));
    const wanted = [
      ...Object.keys(EffectKind),
      ...refusals.map((reason) => `Rejected ${reason}`),
      ...[...ENDINGS, 'AMENDED_BELOW_FILLED', ...LATE_REFUSALS].map((name) => `Cancelled ${name}`),
      'Reduced USER',
      'Reduced SELF_TRADE',
      'Expired EXPIRED',
    ];
    expect(wanted.filter((name) => !total.counts.has(name))).toEqual([]);
  });
});
