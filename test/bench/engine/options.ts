import { FLOW_NAMES, type FlowName, isFlowName } from './flows';

/** The parts of the report that are no flows. */
export const PARTS = ['several', 'curve', 'memory', 'gc', 'latency'] as const;
export type Part = (typeof PARTS)[number];

export interface Options {
  flows: FlowName[];
  parts: Part[];
  rounds: number;
  /** Everything once and smaller, to see that it works. */
  quick: boolean;
  peer: boolean;
  profile: boolean;
}

const USAGE = `--only ${FLOW_NAMES.join(',')},${PARTS.join(',')}  --rounds N  --quick  --no-peer  --profile`;

/** @throws Error that says what may be given. */
export function parseOptions(args: readonly string[]): Options {
  const options: Options = {
    flows: [...FLOW_NAMES],
    parts: [...PARTS],
    rounds: 5,
    quick: false,
    peer: true,
    profile: false,
  };
  const left = [...args];
  for (let flag = left.shift(); flag !== undefined; flag = left.shift()) {
    if (flag === '--only') select(options, left.shift() ?? '');
    else if (flag === '--rounds') options.rounds = wholeNumber(left.shift());
    else if (flag === '--quick') Object.assign(options, { quick: true, rounds: 2 });
    else if (flag === '--no-peer') options.peer = false;
    else if (flag === '--profile') options.profile = true;
    else throw new Error(`${flag} is unknown: ${USAGE}`);
  }
  return options;
}

function select(options: Options, names: string): void {
  const wanted = names.split(',');
  const isPart = (name: string): name is Part => (PARTS as readonly string[]).includes(name);
  const unknown = wanted.filter((name) => !isFlowName(name) && !isPart(name));
  if (unknown.length > 0) throw new Error(`${unknown.join(', ')} unknown: ${USAGE}`);
  options.flows = wanted.filter(isFlowName);
  options.parts = wanted.filter(isPart);
}

function wholeNumber(text: string | undefined): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 100) return value;
  throw new Error(`--rounds takes 1 to 100: ${USAGE}`);
}
