import { buildForBench } from './lib/build';
import { type Run, runBenchmark } from './lib/run';
import { Stack } from './lib/stack';
import { acceptPart } from './trade/accept-part';
import { drainPart, growthPart } from './trade/drain-part';
import { latencyPart } from './trade/latency-part';
import { overloadPart } from './trade/overload-part';
import type { Bench } from './trade/parts';
import { recoveryPart } from './trade/recovery-part';

const LIMIT_MS = 30 * 60_000;
const PARTS: Record<string, (bench: Bench) => Promise<void>> = {
  accept: acceptPart,
  drain: drainPart,
  latency: latencyPart,
  overload: overloadPart,
  recovery: recoveryPart,
  growth: growthPart,
};

/** `--only accept,drain,latency,overload,recovery,growth`, `--profile`. */
async function main(run: Run): Promise<void> {
  const at = process.argv.indexOf('--only');
  const names = at === -1 ? Object.keys(PARTS) : (process.argv[at + 1] ?? '').split(',');
  const bench: Bench = {
    run,
    tree: buildForBench(),
    stack: await Stack.open(run),
    profile: process.argv.includes('--profile'),
  };
  for (const name of names) {
    const part = PARTS[name];
    if (part === undefined) throw new Error(`${name} is none of ${Object.keys(PARTS).join(', ')}`);
    await part(bench);
  }
}

runBenchmark(LIMIT_MS, main);
