import { setTimeout as delay } from 'node:timers/promises';
import { WIRING } from '../support/processes';
import { stackService } from '../support/stack-services';
import { progress } from './book-kills';
import { underBookLoad } from './book-scenario';
import { deliverAgain } from './repeats';

const onStack = WIRING === 'stack' ? describe : describe.skip;
const TIMEOUT_MS = 240_000;

/**
 * How a service goes away, for how long, and how often: longer than the group waits for a member, where it hangs; more
 * often where commits break off.
 */
const OUTAGES = [
  ['kafka', 'stop', 4000, 1],
  ['kafka', 'kill', 1000, 2],
  ['kafka', 'pause', 9000, 1],
  ['mysql', 'stop', 3000, 2],
  ['mysql', 'kill', 1000, 4],
  ['mysql', 'pause', 7000, 2],
  ['redis', 'kill', 1500, 2],
  ['redis', 'pause', 2500, 2],
] as const;

onStack('book orders while a server goes away under load', () => {
  it.each(OUTAGES)(
    'are handled exactly once: %s, %s for %i ms, %i times',
    async (name, how, awayMs, times) => {
      const report = await underBookLoad({ matchers: 2 }, async (scenario) => {
        for (let round = 0; round < times; round += 1) {
          await progress(scenario);
          await delay(scenario.random.between(0, 300));
          await stackService(how, name);
          try {
            await delay(awayMs);
          } finally {
            await stackService(how === 'pause' ? 'resume' : 'start', name);
          }
          await progress(scenario);
        }
        await deliverAgain(scenario.deployment, scenario.random);
        await progress(scenario);
      });
      expect(report.trades).toBeGreaterThan(50);
    },
    TIMEOUT_MS,
  );
});
