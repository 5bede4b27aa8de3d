import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { INSTRUMENTS } from '../../apps/simulator/src/model/instruments';
import { Simulator } from '../../apps/simulator/src/simulator';
import { ServerProcess } from './lib/process';
import { knob, print, ROOT, type Run, runBenchmark, say } from './lib/run';
import { median, table, tenth, whole } from './lib/statistics';
import { BookChanges } from './web/book-changes';
import { firstView, type LineProfile } from './web/first-view';
import { type FrameFigures, frameFigures } from './web/frames';

/**
 * How the page feels: how long until there is something to see on a slow line, how much is sent for it, and whether it
 * keeps its pace while a book changes 200 times a second. Server, load and browser share this machine.
 */
const LIMIT_MS = 300_000;
const ITEM = 'AAPL';
const SEED_MS = 6000;
const GOAL_FIRST_VIEW_MS = 1500;
const GOAL_SCRIPT_BYTES = 300_000;

const LINES: readonly LineProfile[] = [
  { name: 'this machine as it is', bitsPerSecond: -1, latencyMs: 0, slowerCpu: 1 },
  { name: '4G: 9 Mbit/s, 60 ms', bitsPerSecond: 9e6, latencyMs: 60, slowerCpu: 4 },
  { name: 'slow 4G: 1.6 Mbit/s, 150 ms', bitsPerSecond: 1.6e6, latencyMs: 150, slowerCpu: 4 },
];

runBenchmark(LIMIT_MS, async (run) => {
  const rounds = knob('BENCH_ROUNDS', 5, 1, 20);
  const seconds = knob('BENCH_SECONDS', 10, 1, 60);
  const rate = knob('BENCH_RATE', 200, 1, 1000);
  await build();
  const server = await ServerProcess.start(
    run,
    {
      name: 'server',
      script: join(ROOT, 'dist', 'src', 'main.js'),
      env: { LOG_LEVEL: 'warn', TRADEFLOW_DATA_DIR: join(run.directory, 'data') },
    },
    'PORT',
  );
  await server.ready();
  await seed(server.origin);
  const browser = await launch(run);
  const view = `${server.origin}/#/trade/${ITEM}`;

  const firstViews: { line: LineProfile; ms: number[]; scriptBytes: number }[] = [];
  for (const line of LINES) {
    say(`first view, ${line.name}, processor ${line.slowerCpu} times slower, ${rounds} rounds`);
    const ms: number[] = [];
    let scriptBytes = 0;
    for (let round = 0; round < rounds; round += 1) {
      const seen = await firstView(browser, view, line);
      ms.push(seen.ms);
      scriptBytes = seen.scriptBytes;
    }
    firstViews.push({ line, ms, scriptBytes });
  }

  say(`${rate} changes/s for ${seconds} s: an empty page, the page, an empty page again`);
  const changes = new BookChanges(server.origin, ITEM, rate);
  changes.begin();
  const frames: FrameFigures[] = [];
  for (const url of ['about:blank', view, 'about:blank']) {
    frames.push(await frameFigures(browser, url, ITEM, seconds));
  }
  await changes.end();
  server.assertRuns();
  showFirstViews(firstViews);
  showFrames(frames, changes);
});

/** As `npm run build` does it, page and compressed copies included. */
async function build(): Promise<void> {
  const script = pathToFileURL(join(ROOT, 'scripts', 'lib', 'build-tree.mjs')).href;
  const { ensureBuilt } = (await import(script)) as { ensureBuilt: () => void };
  ensureBuilt();
}

/** Books, trades and candles of all items, so that the page has what it has in real life. */
async function seed(baseUrl: string): Promise<void> {
  say('seeding markets');
  const options = { baseUrl, instruments: INSTRUMENTS.slice(0, 8), rate: 400, seed: 1 };
  await new Simulator(options).run(AbortSignal.timeout(SEED_MS));
}

async function launch(run: Run): Promise<Browser> {
  const script = pathToFileURL(join(ROOT, 'scripts', 'lib', 'chromium.mjs')).href;
  const { ensureChromium } = (await import(script)) as { ensureChromium: () => string };
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: ['--disable-dev-shm-usage', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  run.defer(() => browser.close());
  return browser;
}

function showFirstViews(
  views: readonly { line: LineProfile; ms: number[]; scriptBytes: number }[],
): void {
  print(
    `\nFirst view: from the address to a ladder with prices, cold cache; at a line the processor is 4 times slower\n`,
  );
  print(
    table(
      ['line', 'median ms', 'worst ms', 'goal ms', ''],
      views.map(({ line, ms }) => [
        line.name,
        whole(median(ms)),
        whole(Math.max(...ms)),
        `< ${GOAL_FIRST_VIEW_MS}`,
        verdict(median(ms) < GOAL_FIRST_VIEW_MS),
      ]),
    ),
  );
  const bytes = views[0]?.scriptBytes ?? Number.NaN;
  print(
    `\nscripts as they are sent: ${tenth(bytes / 1000)} kB, goal < ${GOAL_SCRIPT_BYTES / 1000} kB: ` +
      verdict(bytes < GOAL_SCRIPT_BYTES),
  );
}

function showFrames(frames: readonly FrameFigures[], changes: BookChanges): void {
  const [before, page, after] = frames;
  if (before === undefined || page === undefined || after === undefined) return;
  print(`\nFrames while ${whole(changes.perSecond)} changes/s reach one book\n`);
  print(
    table(
      ['', 'fps', 'median ms', 'p95 ms', 'max ms', '> 16.7 ms %', '> 33 ms %', 'book deltas/s'],
      (
        [
          ['empty page', before],
          ['the page', page],
          ['empty page again', after],
        ] as const
      ).map(([name, figures]) => [
        name,
        tenth(figures.perSecond),
        tenth(figures.medianMs),
        tenth(figures.p95Ms),
        tenth(figures.maxMs),
        tenth(100 * figures.shareAbove17),
        tenth(100 * figures.shareAbove33),
        whole(figures.deltasPerSecond),
      ]),
    ),
  );
  const limit = (before.perSecond + after.perSecond) / 2;
  print(
    `\nthe page reaches ${tenth((100 * page.perSecond) / limit)}% of the frames of an empty page; goal 60 fps or 95%: ` +
      verdict(page.perSecond >= 59.5 || page.perSecond / limit >= 0.95),
  );
}

function verdict(reached: boolean): string {
  return reached ? 'reached' : 'MISSED';
}
