import {
  CommandKind,
  EffectKind,
  EffectLog,
  MatchingEngine,
  PlaceOrder,
  Reason,
  type EngineOptions,
  type EngineSnapshot,
} from '@app/matching';
import { Random } from '../support/random';
import { compareEffects } from './comparison';
import { engineWith, stepsOf } from './engines';
import { PROFILES, type Profile } from './profiles';
import { describeStep, runOnEngine, type Step } from './steps';

const COMMANDS = 1_500;
const AFTER_A_RESTORE = 120;
const SNAPSHOTS = 4;

const throughJson = (snapshot: EngineSnapshot): EngineSnapshot =>
  JSON.parse(JSON.stringify(snapshot)) as EngineSnapshot;

/** @param thorough compares everything instead of the step's market: it takes in all ids that were ever used. */
function hashOf(engine: MatchingEngine, step: Step, thorough: boolean): string {
  const known = step.call === 'execute' && engine.marketOf(`M${step.market}`) !== undefined;
  return known && !thorough ? engine.stateHash(step.market) : engine.stateHash();
}

/** Runs the step on both. @throws unless both answer the same and are the same after it. */
function runOnBoth(one: MatchingEngine, another: MatchingEngine, step: Step, at: number): void {
  const expected = runOnEngine(one, step);
  const found = runOnEngine(another, step);
  try {
    compareEffects(expected.effects, found.effects);
    if (found.reason !== expected.reason) expect(found.reason).toBe(expected.reason);
    const thorough = at % 10 === 0;
    const [hash, sameHash] = [hashOf(one, step, thorough), hashOf(another, step, thorough)];
    if (sameHash !== hash) expect(sameHash).toBe(hash);
  } catch (error) {
    throw new Error(`after: ${describeStep(step)}`, { cause: error });
  }
}

const everyProfile = PROFILES.map((profile) => [profile.name, profile] as const);

describe('the same commands', () => {
  it.each(everyProfile)('make the same engine, whatever the capacity hints: %s', (_, profile) => {
    const hints: EngineOptions[] = [
      {},
      { expectedOrders: 1, effects: new EffectLog(1) },
      { expectedOrders: 3, expectedLevels: 5_000 },
      { expectedOrders: 5_000, effects: new EffectLog(1_000_000) },
    ];
    const engine = engineWith(profile.markets);
    const others = hints.map((options) => engineWith(profile.markets, options));
    for (const [at, step] of stepsOf(profile, 21, COMMANDS).entries()) {
      const { effects } = runOnEngine(engine, step);
      const hash = at % 100 === 0 || at === COMMANDS - 1 ? engine.stateHash() : undefined;
      for (const other of others) {
        compareEffects(effects, runOnEngine(other, step).effects);
        if (hash !== undefined) expect([at, other.stateHash()]).toEqual([at, hash]);
      }
    }
    for (const other of others) expect(other.snapshot()).toEqual(engine.snapshot());
  });
});

describe('a restored engine', () => {
  function runAndRestore(profile: Profile, seed: number): void {
    const random = new Random(seed);
    const steps = stepsOf(profile, seed, COMMANDS);
    const stops = Array.from({ length: SNAPSHOTS }, () => random.between(0, COMMANDS - 1));
    const engine = engineWith(profile.markets);
    let restored: MatchingEngine | undefined;
    let left = 0;
    for (const [at, step] of steps.entries()) {
      if (stops.includes(at)) {
        restored = restore(engine);
        left = AFTER_A_RESTORE;
      }
      if (restored && left > 0) runOnBoth(engine, restored, step, at);
      else runOnEngine(engine, step);
      left -= 1;
    }
  }

  function restore(engine: MatchingEngine): MatchingEngine {
    const before = engine.stateHash();
    const snapshot = engine.snapshot();
    expect(engine.stateHash()).toBe(before);
    expect(throughJson(snapshot)).toEqual(snapshot);
    const restored = MatchingEngine.restore(throughJson(snapshot));
    expect(restored.stateHash()).toBe(before);
    expect(JSON.stringify(restored.snapshot())).toBe(JSON.stringify(snapshot));
    expect(restored.liveOrders).toBe(engine.liveOrders);
    expect(restored.effects.end).toBe(0);
    restored.checkInvariants();
    return restored;
  }

  it.each(everyProfile)('goes on as the one it was made of: %s', (_, profile) => {
    for (const seed of [31, 32]) runAndRestore(profile, seed);
  });

  it('goes on after a restore of a restore, with other capacity hints', () => {
    const [profile] = PROFILES as [Profile];
    const engine = engineWith(profile.markets);
    let other = engineWith(profile.markets);
    for (const [at, step] of stepsOf(profile, 41, COMMANDS).entries()) {
      runOnBoth(engine, other, step, at);
      if (at % 100 !== 0) continue;
      const options = { expectedOrders: 1 + at, effects: new EffectLog(16) };
      other = MatchingEngine.restore(throughJson(other.snapshot()), options);
    }
  });

  it.each(['mixed', 'several markets', 'high words'])(
    'refuses the ids of all orders there ever were: %s',
    (name) => {
      const profile = PROFILES.find((one) => one.name === name)!;
      const engine = engineWith(profile.markets);
      const placed = new Set<number>();
      for (const step of stepsOf(profile, 51, COMMANDS)) {
        for (const effect of runOnEngine(engine, step).effects) {
          if (effect.kind === EffectKind.Accepted) placed.add(effect.orderId);
        }
      }
      expect(placed.size).toBeGreaterThan(COMMANDS / 3);
      const restored = MatchingEngine.restore(throughJson(engine.snapshot()));
      for (const orderId of placed) {
        const order = Object.assign(new PlaceOrder(), {
          orderId,
          ownerId: 1,
          quantityLots: 1,
          priceTicks: 1,
        });
        const market = orderId % profile.markets;
        expect(restored.isUsed(orderId)).toBe(true);
        expect(restored.place(market, order)).toBe(Reason.DuplicateId);
        if (restored.order(orderId) || restored.state(market) !== 0) continue;
        const cancel = { kind: CommandKind.Cancel, orderId } as const;
        expect(restored.execute(market, cancel)).toBe(Reason.OrderFinished);
      }
    },
  );

  it.each([0, -1, 0.5, NaN, 2 ** 53])('is never told to forget ids up to %p', (orderId) => {
    const engine = engineWith(1);
    const before = engine.stateHash();
    expect(() => engine.forgetIdsUpTo(orderId)).toThrow(RangeError);
    expect(engine.stateHash()).toBe(before);
  });

  it('knows which ids are forgotten', () => {
    const engine = engineWith(1);
    engine.forgetIdsUpTo(1_000_000);
    const restored = MatchingEngine.restore(throughJson(engine.snapshot()));
    expect([restored.isUsed(1_000_000), restored.isUsed(1_000_001)]).toEqual([true, false]);
    expect(restored.cancel(0, 1_000_000)).toBe(Reason.OrderFinished);
    expect(restored.cancel(0, 1_000_001)).toBe(Reason.UnknownOrder);
  });

  it('knows the markets, their rules and their clocks', () => {
    const engine = engineWith(3);
    engine.setRules(1, {
      minPriceTicks: 2,
      maxPriceTicks: 9,
      minQuantityLots: 3,
      maxQuantityLots: 8,
    });
    engine.expire(2, 1_234);
    const restored = MatchingEngine.restore(throughJson(engine.snapshot()));
    expect(restored.marketCount).toBe(3);
    expect(restored.marketOf('M2')).toBe(2);
    expect(restored.itemOf(1)).toBe('M1');
    expect(restored.rules(1)).toEqual(engine.rules(1));
    expect(restored.clockMs(2)).toBe(1_234);
    expect(restored.openMarket('M1')).toBe(1);
    expect(restored.openMarket('new')).toBe(3);
  });
});
