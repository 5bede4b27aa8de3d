import { setTimeout as delay } from 'node:timers/promises';
import { deliverAgain } from './repeats';
import { underBookLoad } from './book-scenario';

const TIMEOUT_MS = 120_000;

describe('book orders', () => {
  it(
    'are handled exactly once',
    async () => {
      const report = await underBookLoad({}, async (scenario) => {
        await delay(4000);
        await deliverAgain(scenario.deployment, scenario.random);
        await delay(2000);
      });
      process.stderr.write(`${JSON.stringify(report)}\n`);
      expect(report.trades).toBeGreaterThan(100);
    },
    TIMEOUT_MS,
  );
});
