import { cpSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join, relative } from 'node:path';
import { buildForBench } from './lib/build';
import { print, ROOT, type Run, runBenchmark } from './lib/run';
import { childIn, Children } from './engine/children';
import { type Options, parseOptions } from './engine/options';
import {
  reportCurve,
  reportGc,
  reportLatency,
  reportMemory,
  reportSeveral,
} from './engine/parts-report';
import { reportRates, verifyFlows } from './engine/rates-report';
import { Verdicts } from './engine/report';

const LIMIT_MS = 60 * 60_000;

async function measure(run: Run, options: Options): Promise<void> {
  const children = new Children(run, privateTree(run));
  const verdicts = new Verdicts();
  printLoad('before');
  const effects = await verifyFlows(children, options, verdicts);
  await reportRates(children, options, effects, verdicts);
  if (options.parts.includes('several')) await reportSeveral(children, options, verdicts);
  if (options.parts.includes('curve')) await reportCurve(children, options);
  if (options.parts.includes('memory')) await reportMemory(children, options, verdicts);
  if (options.parts.includes('gc')) await reportGc(children, verdicts);
  if (options.parts.includes('latency')) await reportLatency(children);
  printLoad('after');
  if (!verdicts.print()) process.exitCode = 1;
}

/** A copy that another benchmark, which compiles to the same place, does not change while this one runs. */
function privateTree(run: Run): string {
  const tree = join(run.directory, 'tree');
  cpSync(buildForBench(), tree, { recursive: true });
  return tree;
}

function printLoad(when: string): void {
  const loads = loadavg().map((load) => load.toFixed(2));
  print(`load average ${when}: ${loads.join(' ')}; Node ${process.version}`);
}

/** How to find out where a flow's time goes. */
function explainProfile({ flows }: Options): void {
  const child = relative(ROOT, childIn(buildForBench()));
  const task = {
    kind: 'rates',
    flow: flows[0],
    contenders: ['engine'],
    rounds: 30,
    peerCommands: 0,
  };
  const directory = join('.tmp', 'bench', 'profile-engine');
  print(
    `node --cpu-prof --cpu-prof-interval 200 --cpu-prof-dir ${directory} ${child} '${JSON.stringify(task)}'\n\n` +
      'Then open the file in a viewer of CPU profiles, such as the one in the browser’s developer tools.\n' +
      'What V8 inlines counts for the function it is inlined into: look at lines, not at functions alone.',
  );
}

runBenchmark(LIMIT_MS, async (run) => {
  const options = parseOptions(process.argv.slice(2));
  if (options.profile) explainProfile(options);
  else await measure(run, options);
});
