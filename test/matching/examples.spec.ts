import {
  EffectKind,
  MatchingEngine,
  Reason,
  describeEffect,
  readEffects,
  type Command,
  type Effect,
} from '@app/matching';
import { parseCommand, readExamples, type Example } from './examples';
import { ReferenceEngine } from './reference-engine';

const EXPECTED_EXAMPLES = 12;
const examples = readExamples();

type Run = (command: Command) => Effect[];

function onReference(): Run {
  const engine = new ReferenceEngine();
  const market = engine.openMarket('AAPL');
  return (command) => engine.execute(market, command).effects;
}

function onEngine(): Run {
  const engine = new MatchingEngine();
  const market = engine.openMarket('AAPL');
  return (command) => {
    engine.effects.clear();
    const reason = engine.execute(market, command);
    const effects = readEffects(engine.effects);
    const rejected = effects.find((effect) => effect.kind === EffectKind.Rejected);
    expect(rejected?.kind === EffectKind.Rejected ? rejected.reason : Reason.None).toBe(reason);
    return effects;
  };
}

/** The example as the document would have to print it for this implementation. */
function replay(example: Example, run: Run): string[] {
  return example.steps.flatMap(({ line, command }) => [
    line,
    ...run(command).map((effect) => `  ${describeEffect(effect)}`),
  ]);
}

const printed = (example: Example): string[] =>
  example.steps.flatMap(({ line, effects }) => [line, ...effects.map((effect) => `  ${effect}`)]);

describe('the examples of docs/matching-rules.md', () => {
  it(`are at least ${EXPECTED_EXAMPLES}, each with a command and an effect`, () => {
    expect(examples.length).toBeGreaterThanOrEqual(EXPECTED_EXAMPLES);
    for (const { steps } of examples) {
      expect(steps.length).toBeGreaterThan(0);
      expect(steps.flatMap(({ effects }) => effects).length).toBeGreaterThan(0);
    }
  });

  it.each(examples.map((example) => [example.title, example] as const))(
    'hold in the reference: %s',
    (_, example) => expect(replay(example, onReference())).toEqual(printed(example)),
  );

  it.each(examples.map((example) => [example.title, example] as const))(
    'hold in the engine: %s',
    (_, example) => expect(replay(example, onEngine())).toEqual(printed(example)),
  );
});

describe('the reader of examples', () => {
  it.each([
    ['an unknown verb', 'plaice 1 by 2 BUY LIMIT 3 @ 4'],
    ['an unknown option', 'place 1 by 2 BUY LIMIT 3 @ 4 hidden'],
    ['a word for a number', 'cancel one'],
    ['an unfinished option', 'place 1 by 2 BUY LIMIT 3 @'],
    ['a word too many', 'expire 5 6'],
  ])('refuses %s', (_, line) => expect(() => parseCommand(line)).toThrow(line));

  it('refuses an effect without a command, and a block without an end', () => {
    expect(() => readExamples('```example\n  accepted 1\n```')).toThrow('before the first command');
    expect(() => readExamples('# A\n```example\ncancel 1')).toThrow('does not end');
  });
});
