// A process of its own for one measurement, so that nothing else has shaped the code that V8 made of the contenders.
// The task is the first argument, as JSON; the result goes to the parent, or to standard output if there is none.
import { type CurveTask, measureCurve } from './curve';
import { type AllocationsTask, type GcTask, runForGc, sampleAllocations } from './gc';
import { type LatencyTask, measureLatency } from './latency';
import { measureMemory, type MemoryTask } from './memory';
import { measureRates, type RatesTask, verifyFlow, type VerifyTask } from './rates';
import { measureSeveral, type SeveralTask } from './several';

export type Task =
  | RatesTask
  | VerifyTask
  | SeveralTask
  | CurveTask
  | MemoryTask
  | GcTask
  | AllocationsTask
  | LatencyTask;

function run(task: Task): object {
  switch (task.kind) {
    case 'rates':
      return measureRates(task);
    case 'verify':
      return verifyFlow(task);
    case 'several':
      return measureSeveral(task);
    case 'curve':
      return measureCurve(task);
    case 'memory':
      return measureMemory(task);
    case 'gc':
      return runForGc(task);
    case 'allocations':
      return sampleAllocations();
    case 'latency':
      return measureLatency(task);
  }
}

const result = run(JSON.parse(process.argv[2] ?? '{}') as Task);
if (process.send === undefined) process.stdout.write(`${JSON.stringify(result)}\n`);
else process.send(result);
