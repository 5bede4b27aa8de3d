import { setTimeout as delay } from 'node:timers/promises';
import { eventually, WIRING } from '../support/processes';
import { killMomentByMoment, progress } from './book-kills';
import { underBookLoad } from './book-scenario';
import { countOf } from './proof';
import { readAgain } from './repeats';

const KILLS = Number(process.env.CHAOS_KILLS ?? 100);
const PROVE_EVERY = 10;
/** Few: every proof goes through all that there was. */
const WORKERS = 4;
const TIMEOUT_MS = 300_000 + KILLS * 30_000;
const HANGS = 6;
/** The group waits 6 s for a member that says nothing. */
const TAKEOVER_TIMEOUT_MS = 30_000;
const CLAIMS = 'SELECT SUM(epoch) AS n FROM checkpoints';
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
    `changes nothing when it goes on while another takes its partitions over, ${HANGS} times`,
    async () => {
      const report = await underBookLoad({ matchers: 2 }, async (scenario) => {
        const { deployment, random } = scenario;
        for (let round = 0; round < HANGS; round += 1) {
          await progress(scenario);
          await delay(random.between(0, 300));
          const hanging = deployment.process(`matcher-${1 + (round % 2)}`);
          const claims = await countOf(deployment, CLAIMS);
          hanging.pause();
          // The other one begins with what has piled up: for a moment both believe that it is theirs.
          await eventually(
            async () => expect(await countOf(deployment, CLAIMS)).toBeGreaterThan(claims),
            { timeoutMs: TAKEOVER_TIMEOUT_MS, everyMs: 5 },
          ).finally(() => hanging.resume());
        }
        await progress(scenario);
      });
      expect(report.trades).toBeGreaterThan(100);
    },
    TIMEOUT_MS,
  );
});
