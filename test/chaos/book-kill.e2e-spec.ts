import { WIRING } from '../support/processes';
import { killMomentByMoment } from './book-kills';
import { underBookLoad } from './book-scenario';
import { deliverAgain, readAgain } from './repeats';

/** A short run; `npm run test:chaos` has the long one. A killed matcher of the stack is missed after 6 s. */
const KILLS = WIRING === 'stack' ? 5 : 12;
const TIMEOUT_MS = 150_000;

describe('book orders', () => {
  it(
    `are handled exactly once over ${KILLS} kills, and when they are told again`,
    async () => {
      const report = await underBookLoad({ matchers: 2 }, async (scenario) => {
        await killMomentByMoment(scenario, KILLS, KILLS);
        await deliverAgain(scenario.deployment, scenario.random);
        await readAgain(scenario.deployment);
      });
      expect(report.orders).toBeGreaterThan(KILLS * 15);
      expect(report.trades).toBeGreaterThan(KILLS * 5);
      expect(report.repeated).toBeGreaterThan(0);
    },
    TIMEOUT_MS,
  );
});
