import { WIRING } from '../support/processes';
import { killMomentByMoment } from './book-kills';
import { underBookLoad } from './book-scenario';
import { deliverAgain } from './repeats';

/** A short run; `npm run test:chaos` has the long one. A killed matcher of the stack is missed after 6 s. */
const KILLS = WIRING === 'stack' ? 5 : 12;
const TIMEOUT_MS = 150_000;

describe('book orders', () => {
  it(
    `are handled exactly once over ${KILLS} kills, some of them told twice`,
    async () => {
      const report = await underBookLoad({ matchers: 2 }, async (scenario) => {
        await killMomentByMoment(scenario, KILLS, KILLS);
        await deliverAgain(scenario.deployment, scenario.random);
      });
      expect(report.orders).toBeGreaterThan(KILLS * 15);
      expect(report.trades).toBeGreaterThan(KILLS * 5);
      expect(report.repeated).toBeGreaterThan(0);
    },
    TIMEOUT_MS,
  );
});
