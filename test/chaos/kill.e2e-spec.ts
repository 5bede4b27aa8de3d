import { setTimeout as delay } from 'node:timers/promises';
import { WIRING } from '../support/processes';
import { type Scenario, underLoad } from './scenario';

const ROUNDS = Number(process.env.KILL_ROUNDS ?? 6);
const TIMEOUT_MS = 60_000 + ROUNDS * 20_000;
const onStack = WIRING === 'stack' ? describe : describe.skip;

/** Lets the load run for a while, ends the process in the middle of it, and starts it again. */
async function round({ deployment, random }: Scenario, name: string): Promise<void> {
  await delay(random.between(300, 1200));
  await deployment.process(name).kill();
  await delay(random.between(0, 300));
  await deployment.process(name).start();
}

describe('kill -9 under load', () => {
  it(
    `keeps every promise over ${ROUNDS} kills of a random process`,
    async () => {
      const ledger = await underLoad({}, async (scenario) => {
        const names = Object.keys(scenario.deployment.processes);
        const first = scenario.random.between(0, names.length - 1);
        for (let index = 0; index < ROUNDS; index += 1) {
          await round(scenario, names[(first + index) % names.length]!);
        }
      });
      expect(ledger.count('acknowledged')).toBeGreaterThan(ROUNDS * 20);
      expect(ledger.countCancels('accepted')).toBeGreaterThan(ROUNDS);
    },
    TIMEOUT_MS,
  );
});

onStack('several matchers under load', () => {
  it.each([2, 3])(
    'hand partitions over to each other, %i of them, when one is killed and another stopped',
    async (matchers) => {
      const ledger = await underLoad({ matchers }, async (scenario) => {
        const { deployment } = scenario;
        await delay(2000);
        await deployment.process('matcher-1').kill();
        await delay(1500);
        expect(await deployment.process('matcher-2').stop()).toBe(0);
        await delay(500);
        await deployment.process('matcher-2').start();
        await deployment.process('matcher-1').start();
        await delay(1500);
        await round(scenario, 'matcher-2');
      });
      expect(ledger.count('acknowledged')).toBeGreaterThan(500);
      expect(ledger.count('in doubt')).toBe(0);
      expect(ledger.count('refused')).toBe(0);
    },
    TIMEOUT_MS,
  );
});
