import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Run } from '../lib/run';
import type { Task } from './child';
import type { CurveResult } from './curve';
import type { AllocationsResult, GcResult } from './gc';
import type { LatencyResult } from './latency';
import type { MemoryResult } from './memory';
import type { RatesResult, VerifyResult } from './rates';
import type { SeveralResult } from './several';

interface Results {
  rates: RatesResult;
  verify: VerifyResult;
  several: SeveralResult;
  curve: CurveResult;
  memory: MemoryResult;
  gc: GcResult;
  allocations: AllocationsResult;
  latency: LatencyResult;
}

/** Where the compiled child lies in a tree that `buildForBench` made. */
export const childIn = (tree: string): string => join(tree, 'test', 'bench', 'engine', 'child.js');

/** Runs each task in a fresh process, one at a time, from compiled code as it is shipped. */
export class Children {
  constructor(
    private readonly run: Run,
    private readonly tree: string,
  ) {}

  async result<T extends Task>(task: T): Promise<Results[T['kind']]> {
    return (await this.resultAndOutput(task)).result;
  }

  /** @throws Error when the child fails. */
  async resultAndOutput<T extends Task>(
    task: T,
  ): Promise<{ result: Results[T['kind']]; output: string }> {
    const child = fork(childIn(this.tree), [JSON.stringify(task)], {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      execArgv: [],
    });
    this.run.defer(() => void child.kill('SIGKILL'));
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
    let result: Results[T['kind']] | undefined;
    child.on('message', (message) => {
      result = message as Results[T['kind']];
    });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (code !== 0 || result === undefined) {
      throw new Error(`the child with ${JSON.stringify(task)} ended with ${String(code)}`);
    }
    return { result, output };
  }
}
