import { type LoadResult, putLoad } from '../lib/load';
import { knob, print, say } from '../lib/run';
import { table, tenth, times, whole } from '../lib/statistics';
import { type Bench, startApi, startMatcher } from './parts';

const WARMUP_SECONDS = 2;
const CONNECTIONS = 64;
const CROWD = 2000;

/** What happens when twice as much comes as the api and the matcher can take, and afterwards. */
export async function overloadPart(bench: Bench): Promise<void> {
  const seconds = knob('BENCH_SECONDS', 5, 1, 120);
  const sandbox = await bench.stack.sandbox('overload');
  const api = await startApi(bench, sandbox, 'overload-api');
  const matcher = await startMatcher(bench, sandbox, 'overload-matcher', sandbox.groupId);
  await matcher.ready();
  const load = (connections: number, rate?: number): Promise<LoadResult> =>
    putLoad(bench.run, bench.tree, {
      url: api.origin,
      connections,
      warmupSeconds: WARMUP_SECONDS,
      seconds,
      kind: 'book',
      ...(rate === undefined ? {} : { rate }),
    });
  const memory = (): number => api.residentMiB() + matcher.residentMiB();

  const rows: string[][] = [];
  const note = (name: string, result: LoadResult): void => {
    const { perSecond, refused, errors, p50Ms, p99Ms } = result;
    rows.push([
      name,
      whole(perSecond),
      whole(refused),
      whole(errors),
      tenth(p50Ms),
      tenth(p99Ms),
      whole(memory()),
    ]);
    say(`  ${name}: ${whole(perSecond)} orders/s, ${refused} times 503`);
  };
  const before = await load(CONNECTIONS);
  note(`${CONNECTIONS} connections, as fast as it goes`, before);
  const rate = Math.round(2 * before.perSecond);
  const during = await load(CROWD, rate);
  note(`${CROWD} connections, ${rate} requests/s`, during);
  const again = await load(CROWD, rate);
  note('the same again', again);
  const after = await load(CONNECTIONS);
  note(`${CONNECTIONS} connections, right afterwards`, after);

  print('\nTwice as much as can be taken; api and matcher run\n');
  print(table(['', 'orders/s', '503', 'errors', 'p50 ms', 'p99 ms', 'MiB of both'], rows));
  print(`\nthroughput under overload / before  ${times(again.perSecond / before.perSecond)}`);
  print(`throughput afterwards / before      ${times(after.perSecond / before.perSecond)}`);
}
