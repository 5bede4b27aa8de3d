import { type LoadKind, type LoadResult, putLoad } from '../lib/load';
import { printProfiles } from '../lib/profile';
import { knob, print, say } from '../lib/run';
import { median, medianRatio, table, tenth, times, whole } from '../lib/statistics';
import { type Bench, profileDirectory, startApi } from './parts';

const WARMUP_SECONDS = 2;
const CONTENDERS: { kind: LoadKind; connections: number; name: string }[] = [
  { kind: 'plain', connections: 64, name: 'seed orders, 64 connections' },
  { kind: 'book', connections: 64, name: 'book orders, 64 connections' },
  { kind: 'batch', connections: 4, name: 'book orders, 500 a request, 4 connections' },
];

/** What the api accepts while no matcher runs. */
export async function acceptPart(bench: Bench): Promise<void> {
  const seconds = knob('BENCH_SECONDS', 5, 1, 120);
  const rounds = bench.profile ? 1 : knob('BENCH_ROUNDS', 3, 1, 20);
  const only = process.env.BENCH_KIND;
  const contenders = CONTENDERS.filter(({ kind }) => only === undefined || kind === only);
  const sandbox = await bench.stack.sandbox('accept');
  const api = await startApi(bench, sandbox, 'accept');
  const results = new Map<string, LoadResult[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < contenders.length; turn += 1) {
      const { name, kind, connections } = contenders[(turn + round) % contenders.length]!;
      const load = { url: api.origin, warmupSeconds: WARMUP_SECONDS, seconds, kind, connections };
      const result = await putLoad(bench.run, bench.tree, load);
      results.set(name, [...(results.get(name) ?? []), result]);
      say(`  ${name}: ${whole(result.perSecond)} orders/s`);
    }
  }
  const of = (name: string, value: (result: LoadResult) => number): number[] =>
    (results.get(name) ?? []).map(value);
  const rate = ({ perSecond }: LoadResult): number => perSecond;
  print('\nAccepted and durable in MySQL, no matcher running, medians\n');
  print(
    table(
      ['', 'orders/s', 'p50 ms', 'p99 ms', 'errors'],
      contenders.map(({ name }) => [
        name,
        whole(median(of(name, rate))),
        tenth(median(of(name, ({ p50Ms }) => p50Ms))),
        tenth(median(of(name, ({ p99Ms }) => p99Ms))),
        whole(of(name, ({ errors }) => errors).reduce((sum, errors) => sum + errors, 0)),
      ]),
    ),
  );
  if (contenders.length === CONTENDERS.length) {
    const [plain, book, batch] = CONTENDERS.map(({ name }) => of(name, rate));
    print(`\nbook / seed orders       ${times(medianRatio(book!, plain!))}  (goal 0.9)`);
    print(`batches, orders a second ${whole(median(batch!))}  (goal 15000)`);
  }
  await api.stop();
  const directory = profileDirectory(bench, 'accept');
  if (directory !== null) printProfiles(directory, api.pid);
}
