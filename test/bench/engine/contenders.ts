import { bareBookFor, feedBare, restingInBare, verifyBare } from './bare-runner';
import { effectsOf, engineFor, feedAndRead, feedEngine, restingInEngine } from './engine-runner';
import type { Flow } from './flow';
import { Peer } from './peer';
import { differences, type Totals } from './totals';

export const CONTENDERS = ['engine', 'engine, read', 'bare', 'peer'] as const;
export type ContenderName = (typeof CONTENDERS)[number];

/** One run over a flow: the prefill untimed, then the measured commands. */
export interface Pass {
  nsPerCommand: number;
  /** What was not as it must be. */
  faults: string[];
  /** What the engine wrote, prefill included; 0 for the others. */
  effects: number;
}

/**
 * @param expected of the whole flow.
 * @param commands measured ones to run; fewer than all only for the peer.
 */
export function runPass(
  name: ContenderName,
  flow: Flow,
  expected: Totals,
  commands = flow.measured,
): Pass {
  switch (name) {
    case 'engine':
      return enginePass(flow, expected);
    case 'engine, read':
      return readingPass(flow, expected);
    case 'bare':
      return barePass(flow, expected);
    case 'peer':
      return peerPass(flow, expected, commands);
  }
}

/** Effects are written, and thrown away every 1000 commands. */
function enginePass(flow: Flow, expected: Totals): Pass {
  const engine = engineFor(flow);
  const { prefill, measured, words } = flow;
  feedEngine(engine, words, 0, prefill);
  const nsPerCommand = timed(measured, () =>
    feedEngine(engine, words, prefill, prefill + measured),
  );
  const faults = differences(expected, restingInEngine(engine, flow));
  if (engine.liveOrders !== expected.bids + expected.asks) {
    faults.push(`${engine.liveOrders} orders live`);
  }
  return { nsPerCommand, faults, effects: effectsOf(engine) };
}

/** Effects are written, and read and hashed every 1000 commands. */
function readingPass(flow: Flow, expected: Totals): Pass {
  const engine = engineFor(flow);
  const { prefill, measured, words } = flow;
  const before = feedAndRead(engine, words, 0, prefill);
  let seen = before;
  const nsPerCommand = timed(measured, () => {
    seen = feedAndRead(engine, words, prefill, prefill + measured, before);
  });
  const { trades, tradedQuantity, hash } = seen;
  const resting = restingInEngine(engine, flow);
  const found = { trades, tradedQuantity, tradesHash: hash >>> 0, ...resting };
  return { nsPerCommand, faults: differences(expected, found), effects: effectsOf(engine) };
}

function barePass(flow: Flow, expected: Totals): Pass {
  const book = bareBookFor(flow);
  const { prefill, measured, words } = flow;
  feedBare(book, words, 0, prefill);
  const nsPerCommand = timed(measured, () => feedBare(book, words, prefill, prefill + measured));
  return { nsPerCommand, faults: differences(expected, restingInBare(book, flow)), effects: 0 };
}

function peerPass(flow: Flow, whole: Totals, commands: number): Pass {
  const { prefill, measured } = flow;
  const peer = new Peer(flow.symbols);
  const expected = commands === measured ? whole : verifyBare(flow, prefill + commands);
  peer.feed(flow, 0, prefill);
  let totals = { trades: 0, tradedQuantity: 0 };
  const nsPerCommand = timed(commands, () => {
    totals = peer.feed(flow, prefill, prefill + commands);
  });
  const faults = differences(expected, { ...totals, ...peer.resting() });
  return { nsPerCommand, faults, effects: 0 };
}

function timed(commands: number, run: () => void): number {
  const started = performance.now();
  run();
  return ((performance.now() - started) * 1e6) / commands;
}
