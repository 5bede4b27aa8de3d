import { MatchingEngine } from '@app/matching';
import { DRAIN_EVERY } from './bare-runner';
import { engineFor, feedEngine, type Offset, openMarkets, restingInEngine } from './engine-runner';
import type { Flow } from './flow';
import { expectedTotals, type FlowName, loadFlow } from './flows';
import { differences } from './totals';

/** What the other engines in the process run. */
const OTHERS = ['m100k', 'cancel-heavy', 'swings', 'wide'] as const;
const MEASURED = 's1m';

export const SCENES = ['alone', 'others before', 'others in between', 'interleaved'] as const;
export type Scene = (typeof SCENES)[number];

export interface SeveralTask {
  kind: 'several';
  scene: Scene;
  passes: number;
}

export interface SeveralResult {
  /** Nanoseconds a command of s1m, for each pass. */
  ns: number[];
  faults: string[];
}

/**
 * s1m in one engine, pass after pass, each in a market of its own: alone in the process; after four other engines have
 * run other flows; with those flows between the warm-up and the measured passes; or a thousand commands of each engine in turn.
 * The other engines stay alive throughout.
 */
export function measureSeveral(task: SeveralTask): SeveralResult {
  const subject = new Subject();
  const others: Other[] = [];
  if (task.scene === 'others before') others.push(...runOthers());
  subject.pass();
  subject.pass();
  if (task.scene === 'others in between') others.push(...runOthers());
  if (task.scene === 'interleaved') others.push(...OTHERS.map((name) => new Other(name)));
  const ns: number[] = [];
  for (let pass = 0; pass < task.passes; pass += 1) {
    ns.push(subject.pass(task.scene === 'interleaved' ? others : []));
  }
  return { ns, faults: subject.faults };
}

class Subject {
  readonly faults: string[] = [];
  private readonly flow = loadFlow(MEASURED);
  private readonly engine = new MatchingEngine();
  private passes = 0;

  /** @returns nanoseconds a measured command. @param others get as many commands as this one, chunk by chunk. */
  pass(others: readonly Other[] = []): number {
    const { flow, engine } = this;
    const { prefill, measured, words } = flow;
    const offset = openMarkets(engine, flow, this.passes * flow.highestId);
    this.passes += 1;
    feedEngine(engine, words, 0, prefill, offset);
    let milliseconds = 0;
    const chunk = others.length === 0 ? measured : DRAIN_EVERY;
    for (let from = prefill; from < prefill + measured; from += chunk) {
      const started = performance.now();
      feedEngine(engine, words, from, Math.min(from + chunk, prefill + measured), offset);
      milliseconds += performance.now() - started;
      for (const other of others) other.chunk();
    }
    this.check(offset);
    return (milliseconds * 1e6) / measured;
  }

  private check(offset: Offset): void {
    const found = restingInEngine(this.engine, this.flow, offset);
    this.faults.push(...differences(expectedTotals(MEASURED), found));
  }
}

/** An engine that runs a flow again and again, a new engine each time. */
class Other {
  private readonly flow: Flow;
  private engine: MatchingEngine;
  private at = 0;

  constructor(name: FlowName) {
    this.flow = loadFlow(name);
    this.engine = engineFor(this.flow);
  }

  chunk(): void {
    const records = this.flow.prefill + this.flow.measured;
    if (this.at >= records) {
      this.engine = engineFor(this.flow);
      this.at = 0;
    }
    const to = Math.min(this.at + DRAIN_EVERY, records);
    feedEngine(this.engine, this.flow.words, this.at, to);
    this.at = to;
  }

  all(): this {
    feedEngine(this.engine, this.flow.words, 0, this.flow.prefill + this.flow.measured);
    return this;
  }
}

function runOthers(): Other[] {
  return OTHERS.map((name) => new Other(name).all());
}
