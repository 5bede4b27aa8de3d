import { PlaceOrder } from '@app/matching';
import { applyBare, bareBookFor, DRAIN_EVERY } from './bare-runner';
import { applyOne, engineFor, feedEngine, FROM_THE_START } from './engine-runner';
import type { Flow } from './flow';
import { RECORD_WORDS } from './flow';
import { type FlowName, loadFlow } from './flows';

export interface LatencyTask {
  kind: 'latency';
  flow: FlowName;
}

/** Nanoseconds. */
export interface Percentiles {
  p50: number;
  p99: number;
  p999: number;
  max: number;
}

export interface LatencyResult {
  engine: Percentiles;
  /** The bare book, in the same process: what the machine does to anyone. */
  bare: Percentiles;
  /** Reading the clock twice with nothing in between. */
  clock: Percentiles;
}

/** Takes the time of each command by itself, which makes each slower by a reading of the clock. */
export function measureLatency({ flow: name }: LatencyTask): LatencyResult {
  const flow = loadFlow(name);
  const times = new Float64Array(flow.measured);
  for (const times of [new Float64Array(flow.measured), new Float64Array(flow.measured)]) {
    timeEngine(flow, times);
    timeBare(flow, times);
    timeNothing(times);
  }
  timeEngine(flow, times);
  const engine = percentiles(times);
  timeBare(flow, times);
  const bare = percentiles(times);
  timeNothing(times);
  return { engine, bare, clock: percentiles(times) };
}

function timeEngine(flow: Flow, times: Float64Array): void {
  const engine = engineFor(flow);
  const order = new PlaceOrder();
  const { prefill, words } = flow;
  feedEngine(engine, words, 0, prefill);
  for (let i = 0; i < times.length; i += 1) {
    if (i % DRAIN_EVERY === 0) engine.effects.clear();
    const started = performance.now();
    applyOne(engine, order, words, (prefill + i) * RECORD_WORDS, FROM_THE_START);
    times[i] = performance.now() - started;
  }
}

function timeBare(flow: Flow, times: Float64Array): void {
  const book = bareBookFor(flow);
  const { prefill, words } = flow;
  applyBare(book, words, 0, prefill);
  for (let i = 0; i < times.length; i += 1) {
    if (i % DRAIN_EVERY === 0) book.end = 0;
    const started = performance.now();
    applyBare(book, words, prefill + i, prefill + i + 1);
    times[i] = performance.now() - started;
  }
}

function timeNothing(times: Float64Array): void {
  for (let i = 0; i < times.length; i += 1) {
    const started = performance.now();
    times[i] = performance.now() - started;
  }
}

function percentiles(milliseconds: Float64Array): Percentiles {
  const sorted = milliseconds.slice().sort();
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))]! * 1e6;
  return { p50: at(0.5), p99: at(0.99), p999: at(0.999), max: at(1) };
}
