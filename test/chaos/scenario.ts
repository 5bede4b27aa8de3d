import { createDeployment, type Deployment, type DeploymentOptions } from '../support/processes';
import { Random } from '../support/random';
import { FinalWatch } from './final-watch';
import type { Ledger } from './ledger';
import { Load } from './load';
import { proveLog } from './log-proof';
import { provePromises, proveRest, proveUserLists, readOrders, settle } from './proof';

export const DELAY_MS = 300;

/** The seed of this run; `KILL_SEED` repeats one. */
export const SEED = Number(process.env.KILL_SEED ?? Date.now() % 1_000_000);

const SHOWN = 10;
const LAST_WORDS = 3000;

export interface Scenario {
  deployment: Deployment;
  random: Random;
  load: Load;
}

/**
 * Puts a deployment under load, lets `act` do its worst, and proves that every promise was kept.
 * @returns what the clients saw.
 */
export async function underLoad(
  options: DeploymentOptions & { workers?: number },
  act: (scenario: Scenario) => Promise<void>,
): Promise<Ledger> {
  process.stderr.write(`KILL_SEED=${SEED}\n`);
  const random = new Random(SEED);
  const env = { MATCH_DELAY_MS: String(DELAY_MS), ...options.env };
  const deployment = await createDeployment({ ...options, env });
  const { baseUrl } = deployment;
  const watch = new FinalWatch(deployment);
  const load = new Load({
    baseUrl,
    random,
    cancelWithinMs: 2 * DELAY_MS,
    ...(options.workers === undefined ? {} : { workers: options.workers }),
  }).start();
  try {
    await act({ deployment, random, load });
    await load.stop();
    await prove(deployment, load.ledger, watch);
    return load.ledger;
  } catch (error) {
    for (const { name, output } of outputs(deployment)) {
      process.stderr.write(`--- last words of ${name}\n${output}\n`);
    }
    throw error;
  } finally {
    await load.stop();
    watch.abandon();
    process.stderr.write(`${load.ledger.summary()}\n`);
    await deployment.dispose();
  }
}

async function prove(deployment: Deployment, ledger: Ledger, watch: FinalWatch): Promise<void> {
  await settle(deployment);
  const orders = await readOrders(deployment);
  provePromises(ledger, orders, DELAY_MS);
  await proveRest(deployment, orders);
  await proveUserLists(deployment, orders);
  await proveLog(deployment, ledger, orders);
  expect((await watch.stop()).slice(0, SHOWN)).toEqual([]);
  expect(await readOrders(deployment)).toEqual(orders);
}

export function outputs(deployment: Deployment): { name: string; output: string }[] {
  return Object.values(deployment.processes).map((each) => ({
    name: each.name,
    output: each.output().slice(-LAST_WORDS),
  }));
}
