import { print, say } from '../lib/run';
import { median, medianRatio, table, tenth, times } from '../lib/statistics';
import type { Children } from './children';
import type { ContenderName } from './contenders';
import type { FlowName } from './flows';
import type { Options } from './options';
import { millions, type Verdicts } from './report';

/** Flows on which the peer runs: on the others it would take minutes. */
const PEER_FLOWS: readonly FlowName[] = ['s1m', 'm100k'];
/** Of the peer's commands with --quick. */
const QUICK_PEER_COMMANDS = 100_000;
const NORMAL: FlowName = 's1m';
/** Flows that are held against the normal one. */
const COMPARED: readonly FlowName[] = ['cancel-heavy', 'swings', 'deep', 'wide'];
const PASSES_A_CHILD = 3;

/** Nanoseconds a command, round by round. */
type Series = Map<string, number[]>;

const key = (flow: FlowName, contender: ContenderName): string => `${flow} ${contender}`;

function contendersOn(flow: FlowName, { peer }: Options): ContenderName[] {
  const all: ContenderName[] = ['engine', 'engine, read', 'bare'];
  return peer && PEER_FLOWS.includes(flow) ? [...all, 'peer'] : all;
}

/** Every command of every flow, checked against the known totals, before anything is timed. */
export async function verifyFlows(
  children: Children,
  { flows }: Options,
  verdicts: Verdicts,
): Promise<Map<FlowName, number>> {
  const effects = new Map<FlowName, number>();
  for (const flow of flows) {
    say(`checking ${flow}`);
    const result = await children.result({ kind: 'verify', flow });
    verdicts.fault(...result.faults);
    effects.set(flow, result.effects);
  }
  return effects;
}

/** How fast each contender is on each flow: all in one process, and each in a process of its own. */
export async function reportRates(
  children: Children,
  options: Options,
  effects: ReadonlyMap<FlowName, number>,
  verdicts: Verdicts,
): Promise<void> {
  if (options.flows.length === 0) return;
  const together = await measureTogether(children, options, effects, verdicts);
  const apart = await measureApart(children, options, effects, verdicts);
  const rows = options.flows.flatMap((flow) =>
    contendersOn(flow, options).map((contender) => row(flow, contender, together, apart)),
  );
  const header = ['flow, contender', 'apart M/s', 'ns', 'best', 'worst', 'together M/s', 'ns'];
  print('\nCommands, medians; apart: each in a process of its own, together: all in one\n');
  print(table(header, rows));
  printRatios(options, together, apart, verdicts);
}

function row(flow: FlowName, contender: ContenderName, together: Series, apart: Series): string[] {
  const alone = apart.get(key(flow, contender)) ?? [];
  const inOne = together.get(key(flow, contender)) ?? [];
  return [
    `${flow}, ${contender}`,
    millions(median(alone)),
    tenth(median(alone)),
    millions(Math.min(...alone)),
    millions(Math.max(...alone)),
    millions(median(inOne)),
    tenth(median(inOne)),
  ];
}

async function measureTogether(
  children: Children,
  options: Options,
  effects: ReadonlyMap<FlowName, number>,
  verdicts: Verdicts,
): Promise<Series> {
  const series: Series = new Map();
  for (const flow of options.flows) {
    const contenders = contendersOn(flow, options);
    const { rounds, quick } = options;
    say(`together: ${flow}`);
    const peerCommands = quick ? QUICK_PEER_COMMANDS : 0;
    const result = await children.result({ kind: 'rates', flow, contenders, rounds, peerCommands });
    verdicts.fault(...result.faults, ...otherEffects(flow, result.effects, effects));
    for (const contender of contenders) {
      series.set(key(flow, contender), result.ns[contender] ?? []);
    }
  }
  return series;
}

/** In each round a fresh process for each contender on each flow; of its passes the median counts. */
async function measureApart(
  children: Children,
  options: Options,
  effects: ReadonlyMap<FlowName, number>,
  verdicts: Verdicts,
): Promise<Series> {
  const series: Series = new Map();
  const pairs = options.flows.flatMap((flow) =>
    contendersOn(flow, options).map((contender) => ({ flow, contender })),
  );
  for (let round = 0; round < options.rounds; round += 1) {
    say(`apart: round ${round + 1} of ${options.rounds}`);
    for (let turn = 0; turn < pairs.length; turn += 1) {
      const { flow, contender } = pairs[(turn + round) % pairs.length]!;
      const result = await children.result({
        kind: 'rates',
        flow,
        contenders: [contender],
        rounds: contender === 'peer' ? 1 : PASSES_A_CHILD,
        peerCommands: options.quick ? QUICK_PEER_COMMANDS : 0,
      });
      verdicts.fault(...result.faults, ...otherEffects(flow, result.effects, effects));
      const name = key(flow, contender);
      series.set(name, [...(series.get(name) ?? []), median(result.ns[contender] ?? [])]);
    }
  }
  return series;
}

/** A pass that only counts must have written as many effects as the one that read them all. */
function otherEffects(
  flow: FlowName,
  found: readonly number[],
  effects: ReadonlyMap<FlowName, number>,
): string[] {
  const expected = effects.get(flow);
  return found
    .filter((count) => count !== expected)
    .map((count) => `${flow}: ${count} effects instead of ${expected}`);
}

function printRatios(options: Options, together: Series, apart: Series, verdicts: Verdicts): void {
  const { flows } = options;
  const rows: string[][] = [];
  const ratio = (series: Series, [slow, fast]: readonly [string, string]): number =>
    medianRatio(series.get(slow) ?? [], series.get(fast) ?? []);
  const compare = (what: string, slow: string, fast: string): number => {
    const value = ratio(apart, [slow, fast]);
    rows.push([what, times(value), times(ratio(together, [slow, fast]))]);
    return value;
  };
  for (const flow of flows) {
    const engine = key(flow, 'engine');
    if (contendersOn(flow, options).includes('peer')) {
      const value = compare(`${flow}: engine / peer`, key(flow, 'peer'), engine);
      compare(`${flow}: bare book / peer`, key(flow, 'peer'), key(flow, 'bare'));
      if (flow === 's1m') verdicts.atLeast('s1m: engine / peer', value, 45, 71);
      else verdicts.atLeast(`${flow}: engine / peer`, value, 40);
    }
    const share = compare(`${flow}: engine / bare book`, key(flow, 'bare'), engine);
    if (flow === 'm1m') verdicts.atLeast('m1m: engine / bare book', share, 0.5);
  }
  for (const flow of flows.filter((name) => COMPARED.includes(name) && flows.includes(NORMAL))) {
    const share = compare(`${flow} / ${NORMAL}`, key(NORMAL, 'engine'), key(flow, 'engine'));
    verdicts.atLeast(`${flow} / ${NORMAL}`, share, 0.5);
  }
  print('\nRatios of rates, round by round\n');
  print(table(['', 'apart', 'together'], rows));
}
