import { print, say } from '../lib/run';
import { median, table, tenth, times, whole } from '../lib/statistics';
import type { Children } from './children';
import type { FlowName } from './flows';
import type { Percentiles } from './latency';
import type { Options } from './options';
import { bytes, millions, type Verdicts } from './report';
import { SCENES } from './several';

/** s1m in one engine while others are about. */
export async function reportSeveral(
  children: Children,
  { rounds }: Options,
  verdicts: Verdicts,
): Promise<void> {
  const medians = new Map<string, number[]>(SCENES.map((scene) => [scene, []]));
  for (let round = 0; round < rounds; round += 1) {
    say(`several engines: round ${round + 1} of ${rounds}`);
    for (const scene of SCENES) {
      const { ns, faults } = await children.result({ kind: 'several', scene, passes: 5 });
      verdicts.fault(...faults.map((fault) => `several engines, ${scene}: ${fault}`));
      medians.get(scene)?.push(median(ns));
    }
  }
  const alone = median(medians.get('alone') ?? []);
  const rows = SCENES.map((scene) => {
    const ns = median(medians.get(scene) ?? []);
    // Engines that run in turn also share the processor's caches: that is shown, but no goal.
    if (scene.startsWith('others')) {
      verdicts.atLeast(`s1m, ${scene} / alone`, alone / ns, 0.9);
    }
    return [scene, millions(ns), tenth(ns), times(alone / ns)];
  });
  print(
    '\ns1m in one engine while four others in the process run m100k, cancel-heavy, swings, wide\n',
  );
  print(table(['', 'M/s', 'ns', 'of alone'], rows));
}

/** What one operation costs with more and more orders resting. */
export async function reportCurve(children: Children, { quick }: Options): Promise<void> {
  const sizes = quick ? [100, 10_000] : [100, 1000, 10_000, 100_000, 1_000_000];
  const rows: string[][] = [];
  for (const resting of sizes) {
    say(`curve: ${resting} orders`);
    const one = await children.result({ kind: 'curve', resting, shape: 'one level' });
    const many = await children.result({ kind: 'curve', resting, shape: 'as many levels' });
    rows.push([
      whole(resting),
      tenth(one.cancel),
      tenth(one.add),
      tenth(one.bestPrice / 2),
      tenth(many.cancel),
      tenth(many.add),
      tenth(many.bestPrice / 2),
    ]);
  }
  print('\nNanoseconds an operation; first on one level, then with a level for each order\n');
  print(table(['resting', 'cancel', 'add', 'best', 'cancel', 'add', 'best'], rows));
}

/** Bytes a live order. */
export async function reportMemory(
  children: Children,
  { quick }: Options,
  verdicts: Verdicts,
): Promise<void> {
  const orders = quick ? 200_000 : 1_000_000;
  const rows: string[][] = [];
  for (const [items, span] of [
    [100, 400],
    [100_000, 400],
    [100_000, 5],
  ] as const) {
    const name = `${items} items, ${span} ticks`;
    say(`memory: ${name}`);
    const result = await children.result({ kind: 'memory', items, orders, span });
    for (const [when, reading] of Object.entries(result)) {
      const { resident, heap, arrayBuffers } = reading as typeof result.full;
      const own = heap + arrayBuffers;
      rows.push([`${name}, ${when}`, bytes(own), bytes(heap), bytes(resident)]);
    }
    const own = ({ heap, arrayBuffers }: typeof result.full): number => heap + arrayBuffers;
    verdicts.atMost(`bytes an order, ${name}`, own(result.full), 100);
    verdicts.atMost(`resident bytes an order, ${name}`, result.full.resident, 100);
    const growth = own(result.refilledAgain) / own(result.full);
    verdicts.atMost(`refilled / full, ${name}`, growth, 1.02);
  }
  print(`\nBytes an order, ${orders} orders, less what the process had without an engine\n`);
  print(table(['', 'heap and arrays', 'of it heap', 'resident'], rows));
}

/** What the collector does while a book of steady size runs. */
export async function reportGc(children: Children, verdicts: Verdicts): Promise<void> {
  print('\nGarbage collection over the last 2,000,000 commands of s3m\n');
  for (const subject of ['engine', 'bare'] as const) {
    say(`garbage collection: ${subject}`);
    const { result, output } = await children.resultAndOutput({ kind: 'gc', subject });
    const pauses = output.split('\n').flatMap(pauseOf);
    const long = pauses.filter(({ milliseconds }) => milliseconds > 1);
    const longest = Math.max(0, ...pauses.map(({ milliseconds }) => milliseconds));
    const kinds = [...new Set(pauses.map(({ kind }) => kind))].join(', ') || 'none';
    print(
      `${subject}: ${pauses.length} collections (${kinds}), ${long.length} above 1 ms, longest ${longest} ms; ` +
        `arrays grew by ${result.grownBytes} bytes in ${whole(result.milliseconds)} ms`,
    );
    if (subject === 'engine') verdicts.atMost('pauses above 1 ms in s3m', long.length, 0);
  }
  const { bytesPerCommand, functions } = await children.result({ kind: 'allocations' });
  print(`engine: ${bytesPerCommand.toFixed(2)} bytes of heap a command, by sampling`);
  for (const [name, amount] of functions) print(`  ${amount.toFixed(2)} in ${name}`);
}

/** A line of --trace-gc: `[pid:address]  123 ms: Scavenge 6.0 (7.2) -> 5.2 (7.7) MB, 0.48 / 0.00 ms …`. */
function pauseOf(line: string): { kind: string; milliseconds: number }[] {
  const found = / ms: (\S+) .* MB, ([\d.]+) \//.exec(line);
  if (found === null) return [];
  const [, kind = '', milliseconds = ''] = found;
  return [{ kind, milliseconds: Number(milliseconds) }];
}

/** How long single commands take. */
export async function reportLatency(children: Children): Promise<void> {
  const rows: string[][] = [];
  const add = (name: string, { p50, p99, p999, max }: Percentiles): void => {
    rows.push([name, whole(p50), whole(p99), whole(p999), tenth(max / 1000)]);
  };
  for (const flow of ['s1m', 'm100k', 'wide'] satisfies FlowName[]) {
    say(`latency: ${flow}`);
    const { engine, bare, clock } = await children.result({ kind: 'latency', flow });
    add(`${flow}, engine`, engine);
    add(`${flow}, bare book`, bare);
    if (flow === 's1m') add('the clock alone', clock);
  }
  print('\nA command by itself, nanoseconds, the reading of the clock included\n');
  print(table(['', 'p50', 'p99', 'p99.9', 'max us'], rows));
}
