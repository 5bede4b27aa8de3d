import {
  EffectCursor,
  EffectKind,
  EffectLog,
  MatchingEngine,
  describeEffect,
  readEffects,
  type Effect,
} from '@app/matching';
import { CommandStream } from './command-stream';
import { PROFILES, type Profile } from './profiles';
import { ReferenceEngine } from './reference-engine';
import { Replica } from './replica';
import { describeStep, runOnReference, type Step } from './steps';

const COMMANDS = 4_000;
const everyProfile = PROFILES.map((profile) => [profile.name, profile] as const);

/** Runs a stream on an engine whose log is cleared only now and then, and looks after each step. */
function runStream(
  profile: Profile,
  seed: number,
  look: (engine: MatchingEngine, cursor: EffectCursor, step: Step) => void,
): void {
  const reference = new ReferenceEngine();
  const engine = new MatchingEngine({ effects: new EffectLog(64) });
  for (let market = 0; market < profile.markets; market += 1) {
    reference.openMarket(`M${market}`);
    engine.openMarket(`M${market}`);
  }
  const stream = new CommandStream(profile, seed, reference);
  const cursor = new EffectCursor(engine.effects);
  for (let at = 0; at < COMMANDS; at += 1) {
    const step = stream.next();
    runOnReference(reference, step);
    if (at % 7 === 0) {
      engine.effects.clear();
      cursor.rewind();
    }
    send(engine, step);
    look(engine, cursor, step);
  }
}

/** As runOnEngine, which clears the log. */
function send(engine: MatchingEngine, step: Step): void {
  if (step.call === 'execute') engine.execute(step.market, step.command);
  else if (step.call === 'cancelAllMarkets') engine.cancelAllMarkets(step.ownerId);
  else engine.forgetIdsUpTo(step.orderId);
}

/** Without `expect` where all is well: it would take most of the run. */
function expectSameBook(engine: MatchingEngine, market: number, replica: Replica): void {
  for (const side of [0, 1] as const) {
    const depth: string[] = [];
    engine.depth(market, side, (priceTicks, quantityLots, orders) => {
      depth.push(`${priceTicks}: ${quantityLots} in ${orders}`);
    });
    const orders: string[] = [];
    engine.orders(market, side, (orderId, priceTicks, remainingLots, visibleLots) => {
      orders.push(`${orderId}: ${visibleLots} of ${remainingLots} @ ${priceTicks}`);
    });
    const replicaDepth = replica
      .depth(side)
      .map(([price, level]) => `${price}: ${level.quantityLots} in ${level.orders}`);
    const replicaOrders = replica
      .orders(side)
      .map((o) => `${o.orderId}: ${o.visibleLots} of ${o.remainingLots} @ ${o.priceTicks}`);
    if (replicaDepth.join() !== depth.join()) expect(replicaDepth).toEqual(depth);
    if (replicaOrders.join() !== orders.join()) expect(replicaOrders).toEqual(orders);
  }
}

describe('a consumer who sees effects alone', () => {
  it.each(everyProfile)('has the engine’s book, never crossed: %s', (_, profile) => {
    const replicas = Array.from({ length: profile.markets }, () => new Replica());
    runStream(profile, 61, (engine, cursor, step) => {
      try {
        while (cursor.next()) if (cursor.sequence > 0) replicas[cursor.market]!.apply(cursor);
        if (step.call === 'execute' && replicas[step.market]) {
          expectSameBook(engine, step.market, replicas[step.market]!);
        } else {
          replicas.forEach((replica, market) => expectSameBook(engine, market, replica));
        }
        const live = replicas.reduce((sum, replica) => sum + replica.live.size, 0);
        if (engine.liveOrders !== live) expect(engine.liveOrders).toBe(live);
      } catch (error) {
        const told = readEffects(engine.effects).map(describeEffect).slice(-12).join('\n');
        throw new Error(`${describeStep(step)}\n${told}`, { cause: error });
      }
    });
  });
});

/** The cursor's word for a field of an effect. */
const CURSOR_FIELDS: Partial<Record<string, keyof EffectCursor>> = { takerSide: 'side' };

function expectSameFields(cursor: EffectCursor, effect: Effect): void {
  for (const [name, value] of Object.entries(effect)) {
    const field = CURSOR_FIELDS[name] ?? (name as keyof EffectCursor);
    if (!Object.is(cursor[field], value)) expect([field, cursor[field]]).toEqual([field, value]);
  }
}

describe('the effect cursor', () => {
  it.each(everyProfile)('reads what readEffects reads, field by field: %s', (_, profile) => {
    let read = 0;
    runStream(profile, 62, (engine) => {
      const effects = readEffects(engine.effects);
      const cursor = new EffectCursor(engine.effects);
      for (const effect of effects) {
        if (!cursor.next()) throw new Error(`no record for ${describeEffect(effect)}`);
        expectSameFields(cursor, effect);
        read += 1;
      }
      if (cursor.next()) throw new Error('a record too many');
    });
    expect(read).toBeGreaterThan(COMMANDS);
  });

  it('goes on where it stopped when more is written, and starts again after a clear', () => {
    const log = new EffectLog(1);
    const cursor = new EffectCursor(log);
    expect(cursor.next()).toBe(false);
    log.accepted(0, 1, 5, 3);
    expect(cursor.next() && cursor.orderId).toBe(5);
    expect(cursor.next()).toBe(false);
    for (let sequence = 2; sequence <= 500; sequence += 1) log.triggered(0, sequence, sequence);
    let last = 1;
    while (cursor.next()) {
      last += 1;
      expect([cursor.kind, cursor.sequence]).toEqual([EffectKind.Triggered, last]);
    }
    expect(last).toBe(500);
    log.clear();
    cursor.rewind();
    expect(cursor.next()).toBe(false);
    log.marketSet(3, 7, 2);
    expect(cursor.next() && cursor.effect()).toEqual({
      kind: EffectKind.Market,
      market: 3,
      sequence: 7,
      state: 2,
    });
  });
});
