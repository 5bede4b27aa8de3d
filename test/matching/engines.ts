import { MatchingEngine, Reason, REASONS, type EngineOptions } from '@app/matching';
import { CommandStream } from './command-stream';
import { parseCommand } from './examples';
import type { Profile } from './profiles';
import { ReferenceEngine } from './reference-engine';
import { runOnReference, type Step } from './steps';

/** @returns an engine with these markets, M0, M1, … */
export function engineWith(markets: number, options?: EngineOptions): MatchingEngine {
  const engine = new MatchingEngine(options);
  for (let market = 0; market < markets; market += 1) engine.openMarket(`M${market}`);
  return engine;
}

/** Runs commands in the words of docs/matching-rules.md §12. @throws unless each one is taken. */
export function run(engine: MatchingEngine, market: number, ...lines: string[]): void {
  for (const line of lines) {
    const reason = engine.execute(market, parseCommand(line));
    if (reason !== Reason.None) throw new Error(`${line}: ${REASONS[reason]}`);
  }
}

/** The first steps of a stream, for tests that run them on engines alone. */
export function stepsOf(profile: Profile, seed: number, count: number): Step[] {
  const reference = new ReferenceEngine();
  for (let market = 0; market < profile.markets; market += 1) reference.openMarket(`M${market}`);
  const stream = new CommandStream(profile, seed, reference);
  const steps: Step[] = [];
  while (steps.length < count) {
    const step = stream.next();
    steps.push(step);
    runOnReference(reference, step);
  }
  return steps;
}

/** Two markets with something of everything that a snapshot holds. */
export function richEngine(): MatchingEngine {
  const engine = engineWith(2);
  run(
    engine,
    0,
    'expire 50',
    'place 10 by 1 SELL LIMIT 6 @ 101',
    'place 11 by 2 SELL LIMIT 9 @ 101 display 4 DECREMENT',
    'place 12 by 3 SELL LIMIT 5 @ 102 DAY until 700 post-only',
    'place 13 by 1 BUY LIMIT 5 @ 99 GTD until 600',
    'place 14 by 2 BUY LIMIT 5 @ 99 GTD until 600 CANCEL_OLDEST',
    'place 15 by 3 BUY LIMIT 7 @ 98',
    'place 16 by 4 BUY LIMIT 2 @ 101',
    'place 17 by 4 BUY STOP 3 stop 110 FOK',
    'place 18 by 5 BUY STOP_LIMIT 8 @ 112 stop 110 display 2 CANCEL_BOTH',
    'place 19 by 5 SELL STOP 4 stop 90 DAY until 900',
    'place 20 by 5 SELL STOP_LIMIT 4 @ 88 stop 89 post-only',
    'place 21 by 6 BUY LIMIT 1 @ 97',
    'cancel 21',
    'rules min-price 50 max-price 150 min-quantity 1 max-quantity 1000',
  );
  run(engine, 1, 'place 30 by 1 BUY LIMIT 2 @ 5', 'state POST_ONLY');
  return engine;
}
