import { type ContenderName, runPass } from './contenders';
import { verifyEngine } from './engine-runner';
import { expectedTotals, type FlowName, loadFlow } from './flows';
import { verifyBare } from './bare-runner';
import { differences } from './totals';

/** Commands that warm the peer up: a whole pass would take seconds. */
const PEER_WARMUP = 50_000;

export interface RatesTask {
  kind: 'rates';
  flow: FlowName;
  contenders: ContenderName[];
  rounds: number;
  /** Measured commands of the peer; 0 for all. */
  peerCommands: number;
}

export interface RatesResult {
  /** Nanoseconds a command, a number for each round. */
  ns: Partial<Record<ContenderName, number[]>>;
  faults: string[];
  /** What the engine wrote in each pass. */
  effects: number[];
}

/** Each contender once in each round, each round beginning with another one, after one round that does not count. */
export function measureRates(task: RatesTask): RatesResult {
  const flow = loadFlow(task.flow);
  const expected = expectedTotals(task.flow);
  const peerCommands = task.peerCommands === 0 ? flow.measured : task.peerCommands;
  const result: RatesResult = { ns: {}, faults: [], effects: [] };
  const pass = (name: ContenderName, commands: number): number => {
    const { nsPerCommand, faults, effects } = runPass(name, flow, expected, commands);
    result.faults.push(...faults.map((fault) => `${name} on ${task.flow}: ${fault}`));
    if (effects !== 0) result.effects.push(effects);
    return nsPerCommand;
  };
  const { contenders } = task;
  for (const name of contenders) pass(name, name === 'peer' ? PEER_WARMUP : flow.measured);
  for (let round = 0; round < task.rounds; round += 1) {
    for (let turn = 0; turn < contenders.length; turn += 1) {
      const name = contenders[(turn + round) % contenders.length]!;
      const ns = pass(name, name === 'peer' ? peerCommands : flow.measured);
      result.ns[name] = [...(result.ns[name] ?? []), ns];
    }
  }
  return result;
}

export interface VerifyTask {
  kind: 'verify';
  flow: FlowName;
}

export interface VerifyResult {
  faults: string[];
  effects: number;
}

/** Replays a flow in both books, reads every effect and holds all totals against those that are known. */
export function verifyFlow(task: VerifyTask): VerifyResult {
  const flow = loadFlow(task.flow);
  const expected = expectedTotals(task.flow);
  const bare = differences(expected, verifyBare(flow)).map((fault) => `bare book: ${fault}`);
  const { effects, ...totals } = verifyEngine(flow);
  const faults = [...bare, ...differences(expected, totals).map((fault) => `engine: ${fault}`)];
  return { faults: faults.map((fault) => `${task.flow}, ${fault}`), effects };
}
