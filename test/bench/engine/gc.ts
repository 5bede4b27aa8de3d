import { type HeapProfiler, Session } from 'node:inspector';
import { setFlagsFromString } from 'node:v8';
import { bareBookFor, feedBare } from './bare-runner';
import { effectsOf, engineFor, feedEngine } from './engine-runner';
import type { Flow } from './flow';
import { loadFlow } from './flows';

const FLOW = 's3m';
/** Bytes between two samples of the allocation profile, on average. */
const SAMPLING_BYTES = 512;
const FUNCTIONS_SHOWN = 8;

export interface GcTask {
  kind: 'gc';
  /** The bare book allocates nothing on the heap: what is collected with it, the process itself made. */
  subject: 'engine' | 'bare';
}

export interface GcResult {
  commands: number;
  milliseconds: number;
  /** Growth of the arrays behind the engine's books and of its effect log in the timed part, bytes. */
  grownBytes: number;
}

/**
 * A whole pass to warm up, then a third of the flow, and only then, with V8 reporting each collection on standard
 * output, the rest of it: a book of steady size.
 */
export function runForGc({ subject }: GcTask): GcResult {
  const flow = loadFlow(FLOW);
  const steady = flow.prefill + Math.floor(flow.measured / 3);
  const end = flow.prefill + flow.measured;
  const { feed, bytes } = subject === 'engine' ? engineSubject(flow) : bareSubject(flow);
  feed(0, steady);
  const before = bytes();
  setFlagsFromString('--trace-gc');
  const started = performance.now();
  feed(steady, end);
  const milliseconds = performance.now() - started;
  setFlagsFromString('--no-trace-gc');
  return { commands: end - steady, milliseconds, grownBytes: bytes() - before };
}

interface Subject {
  feed: (from: number, to: number) => void;
  bytes: () => number;
}

function engineSubject(flow: Flow): Subject {
  feedEngine(engineFor(flow), flow.words, 0, flow.prefill + flow.measured);
  const engine = engineFor(flow);
  return {
    feed: (from, to) => feedEngine(engine, flow.words, from, to),
    bytes: () => engine.bytes + engine.effects.words.byteLength,
  };
}

function bareSubject(flow: Flow): Subject {
  feedBare(bareBookFor(flow), flow.words, 0, flow.prefill + flow.measured);
  const book = bareBookFor(flow);
  return {
    feed: (from, to) => feedBare(book, flow.words, from, to),
    bytes: () => book.effects.byteLength,
  };
}

export interface AllocationsTask {
  kind: 'allocations';
}

export interface AllocationsResult {
  bytesPerCommand: number;
  /** The functions that allocate the most: bytes a command. */
  functions: [name: string, bytesPerCommand: number][];
  effects: number;
}

/** Who allocates on the heap in the steady part, by sampling; what is collected at once counts too. */
export function sampleAllocations(): AllocationsResult {
  const flow = loadFlow(FLOW);
  const steady = flow.prefill + Math.floor(flow.measured / 3);
  const end = flow.prefill + flow.measured;
  feedEngine(engineFor(flow), flow.words, 0, end);
  const engine = engineFor(flow);
  feedEngine(engine, flow.words, 0, steady);
  const profile = profileAllocations(() => feedEngine(engine, flow.words, steady, end));
  const functions = new Map<string, number>();
  let total = 0;
  const visit = (node: HeapProfiler.SamplingHeapProfileNode): void => {
    const { functionName, url, lineNumber } = node.callFrame;
    const name = `${functionName || '(anonymous)'} ${url.split('/').slice(-2).join('/')}:${lineNumber + 1}`;
    functions.set(name, (functions.get(name) ?? 0) + node.selfSize / (end - steady));
    total += node.selfSize;
    node.children.forEach(visit);
  };
  visit(profile.head);
  const ranked = [...functions].sort((a, b) => b[1] - a[1]).slice(0, FUNCTIONS_SHOWN);
  return {
    bytesPerCommand: total / (end - steady),
    functions: ranked.filter(([, bytes]) => bytes > 0),
    effects: effectsOf(engine),
  };
}

function profileAllocations(run: () => void): HeapProfiler.SamplingHeapProfile {
  const session = new Session();
  session.connect();
  const options = {
    samplingInterval: SAMPLING_BYTES,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  };
  // The callbacks of a session on its own thread are called before `post` returns.
  session.post('HeapProfiler.startSampling', options as HeapProfiler.StartSamplingParameterType);
  run();
  let profile: HeapProfiler.SamplingHeapProfile | undefined;
  session.post('HeapProfiler.stopSampling', (error, result) => {
    if (error === null) ({ profile } = result);
  });
  session.disconnect();
  if (profile === undefined) throw new Error('V8 gave no allocation profile');
  return profile;
}
