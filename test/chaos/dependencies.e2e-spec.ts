import { setTimeout as delay } from 'node:timers/promises';
import { eventually, WIRING } from '../support/processes';
import { type ServiceName, stackService } from '../support/stack-services';
import type { Load } from './load';
import { type Scenario, underLoad } from './scenario';

const onStack = WIRING === 'stack' ? describe : describe.skip;
const TIMEOUT_MS = 150_000;
/** A store that is away: the api gives up after ACCEPT_TIMEOUT_MS (5 s) and says so. */
const REFUSED_WITHIN_MS = 6500;
/** Cache and log are not waited for. The bound leaves room for a busy machine. */
const NO_WAIT_MS = 3000;
const WORKERS = 8;

async function moreAcknowledged(load: Load): Promise<void> {
  const { ledger } = load;
  const before = ledger.count('acknowledged');
  await eventually(() => expect(ledger.count('acknowledged')).toBeGreaterThan(before + 20), {
    timeoutMs: 30_000,
  });
}

/** Takes the service away while orders come in, and brings it back, whatever happens between. */
async function without(
  name: ServiceName,
  how: 'stop' | 'kill' | 'pause',
  work: () => Promise<void>,
): Promise<void> {
  await stackService(how, name);
  try {
    await work();
  } finally {
    await stackService(how === 'pause' ? 'resume' : 'start', name);
  }
}

/** The apps are never started again here: they have to come back by themselves. */
function pids({ deployment }: Scenario): (number | null)[] {
  return Object.values(deployment.processes).map((each) => each.pid);
}

onStack('a dependency that goes away under load', () => {
  it(
    'refuses no order while Kafka is stopped, and fills them all when it is back',
    async () => {
      const ledger = await underLoad({ workers: WORKERS }, async ({ load }) => {
        await moreAcknowledged(load);
        await without('kafka', 'stop', async () => {
          await moreAcknowledged(load);
          await delay(3000);
          await moreAcknowledged(load);
        });
        await moreAcknowledged(load);
      });
      expect(ledger.count('refused') + ledger.count('in doubt')).toBe(0);
      expect(Math.max(...Object.values(ledger.slowestMs))).toBeLessThan(NO_WAIT_MS);
    },
    TIMEOUT_MS,
  );

  it.each(['kill', 'pause'] as const)(
    'answers 503 in time after a %s of MySQL, and goes on by itself when it is back',
    async (how) => {
      const ledger = await underLoad({ workers: WORKERS }, async (scenario) => {
        const { load } = scenario;
        const before = pids(scenario);
        await moreAcknowledged(load);
        await without('mysql', how, async () => {
          await eventually(() => expect(load.ledger.count('refused')).toBeGreaterThan(0), {
            timeoutMs: 10_000,
          });
          await delay(how === 'pause' ? 6000 : 2000);
        });
        await moreAcknowledged(load);
        expect(pids(scenario)).toEqual(before);
      });
      expect(ledger.count('refused')).toBeGreaterThan(0);
      expect(ledger.slowestMs.POST).toBeLessThan(REFUSED_WITHIN_MS);
      expect(ledger.slowestMs.GET).toBeLessThan(REFUSED_WITHIN_MS);
    },
    TIMEOUT_MS,
  );

  it(
    'shows no error and no old list while Redis hangs, is killed and comes back',
    async () => {
      const ledger = await underLoad({ workers: WORKERS }, async ({ load }) => {
        await moreAcknowledged(load);
        await without('redis', 'pause', () => delay(2500));
        await moreAcknowledged(load);
        await without('redis', 'kill', () => delay(1500));
        await moreAcknowledged(load);
      });
      expect(ledger.count('refused') + ledger.count('in doubt')).toBe(0);
      expect(Math.max(...Object.values(ledger.slowestMs))).toBeLessThan(NO_WAIT_MS);
    },
    TIMEOUT_MS,
  );
});
