import { setTimeout as delay } from 'node:timers/promises';
import { WIRING } from '../support/processes';
import { killMomentByMoment, progress } from './book-kills';
import { underBookLoad } from './book-scenario';
import { readAgain } from './repeats';

const KILLS = Number(process.env.CHAOS_KILLS ?? 100);
const PROVE_EVERY = 10;
/** Few: every proof goes through all that there was. */
const WORKERS = 4;
const TIMEOUT_MS = 300_000 + KILLS * 30_000;
/** Longer than the group waits for a member that says nothing. */
const HANG_MS = 9000;
const onStack = WIRING === 'stack' ? describe : describe.skip;

describe('kill -9 moment by moment', () => {
  it(
    `loses, doubles and invents nothing over ${KILLS} kills`,
    async () => {
      const report = await underBookLoad({ matchers: 2, workers: WORKERS }, async (scenario) => {
        const counts = await killMomentByMoment(scenario, KILLS, PROVE_EVERY);
        process.stderr.write(`${JSON.stringify(counts)}\n`);
        await readAgain(scenario.deployment);
      });
      expect(report.orders).toBeGreaterThan(KILLS * 15);
      expect(report.trades).toBeGreaterThan(KILLS * 5);
    },
    TIMEOUT_MS,
  );
});

onStack('a matcher that hangs', () => {
  it(
    'changes nothing when it goes on after others have taken its partitions over',
    async () => {
      const report = await underBookLoad({ matchers: 3 }, async (scenario) => {
        for (const name of ['matcher-1', 'matcher-2', 'matcher-3']) {
          await progress(scenario);
          await delay(scenario.random.between(0, 300));
          const hanging = scenario.deployment.process(name);
          hanging.pause();
          await delay(HANG_MS);
          await progress(scenario).finally(() => hanging.resume());
          await progress(scenario);
        }
      });
      expect(report.trades).toBeGreaterThan(100);
    },
    TIMEOUT_MS,
  );
});
