import { EffectKind, type Effect } from '@app/matching';
import { Comparison } from './comparison';
import { parseCommand } from './examples';

const MANY = 2_000;

/** Runs commands on engine and reference. @returns the effects of the last one. */
function runAll(lines: readonly string[]): Effect[] {
  const comparison = new Comparison(1);
  let effects: Effect[] = [];
  for (const line of lines) {
    effects = comparison.run({ call: 'execute', market: 0, command: parseCommand(line) }).effects;
  }
  comparison.compareAllMarkets();
  comparison.engine.checkInvariants();
  return effects;
}

const many = (line: (nth: number) => string): string[] =>
  Array.from({ length: MANY }, (_, nth) => line(nth));

const count = (effects: readonly Effect[], kind: EffectKind): number =>
  effects.filter((effect) => effect.kind === kind).length;

describe('one command with thousands of effects', () => {
  it('fires stop after stop, each by the trade of the one before', () => {
    const effects = runAll([
      ...many((nth) => `place ${nth + 1} by 1 SELL LIMIT 1 @ ${100 + nth}`),
      ...many((nth) => `place ${MANY + nth + 1} by 2 BUY STOP 1 stop ${100 + nth}`),
      `place ${2 * MANY + 1} by 3 BUY LIMIT 1 @ 100`,
    ]);
    expect(count(effects, EffectKind.Triggered)).toBe(MANY);
    expect(count(effects, EffectKind.Trade)).toBe(MANY);
  });

  it('fires all stops of one price in the order in which they came', () => {
    const effects = runAll([
      ...many((nth) => `place ${2 * MANY - nth} by 2 SELL STOP 1 stop 100`),
      `place 1 by 1 SELL LIMIT 1 @ 100`,
      `place 2 by 1 BUY LIMIT ${MANY + 1} @ 100`,
    ]);
    const fired = effects.flatMap((e) => (e.kind === EffectKind.Triggered ? [e.orderId] : []));
    expect(fired).toEqual(many((nth) => `${2 * MANY - nth}`).map(Number));
  });

  it('trades an iceberg slice by slice', () => {
    const effects = runAll([
      `place 1 by 1 SELL LIMIT ${MANY} @ 100 display 1`,
      `place 2 by 2 BUY MARKET ${MANY}`,
    ]);
    expect(count(effects, EffectKind.Replenished)).toBe(MANY - 1);
  });

  it('sweeps level after level', () => {
    const effects = runAll([
      ...many((nth) => `place ${nth + 1} by 1 BUY LIMIT 2 @ ${nth + 1}`),
      `place ${MANY + 1} by 2 SELL LIMIT ${2 * MANY} @ 1`,
    ]);
    expect(count(effects, EffectKind.Level)).toBe(MANY);
  });

  it('expires, and cancels, whatever there is', () => {
    const orders = many(
      (nth) =>
        `place ${((nth * 7) % MANY) + 1} by 1 BUY LIMIT 1 @ ${1 + (nth % 50)} GTD until ${
          10 + ((nth * 13) % 300)
        }`,
    );
    expect(count(runAll([...orders, 'expire 1000']), EffectKind.Expired)).toBe(MANY);
    expect(count(runAll([...orders, 'cancel-all 1']), EffectKind.Cancelled)).toBe(MANY);
  });
});
