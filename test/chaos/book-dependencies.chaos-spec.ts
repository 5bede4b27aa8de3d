import { setTimeout as delay } from 'node:timers/promises';
import { WIRING } from '../support/processes';
import { stackService } from '../support/stack-services';
import { progress } from './book-kills';
import { underBookLoad } from './book-scenario';
import { deliverAgain } from './repeats';

const onStack = WIRING === 'stack' ? describe : describe.skip;
const TIMEOUT_MS = 240_000;

/** How a service goes away, and for how long: longer than the group waits for a member, where it hangs. */
const OUTAGES = [
  ['kafka', 'stop', 4000],
  ['kafka', 'kill', 1000],
  ['kafka', 'pause', 9000],
  ['mysql', 'stop', 3000],
  ['mysql', 'kill', 1000],
  ['mysql', 'pause', 7000],
] as const;

onStack('book orders while a server goes away under load', () => {
  it.each(OUTAGES)(
    'are handled exactly once: %s, %s',
    async (name, how, awayMs) => {
      const report = await underBookLoad({ matchers: 2 }, async (scenario) => {
        await progress(scenario);
        await delay(scenario.random.between(0, 300));
        await stackService(how, name);
        try {
          await delay(awayMs);
        } finally {
          await stackService(how === 'pause' ? 'resume' : 'start', name);
        }
        await progress(scenario);
        await deliverAgain(scenario.deployment, scenario.random);
        await progress(scenario);
      });
      expect(report.trades).toBeGreaterThan(50);
    },
    TIMEOUT_MS,
  );
});
