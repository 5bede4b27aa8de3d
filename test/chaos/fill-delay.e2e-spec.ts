import { setTimeout as delay } from 'node:timers/promises';
import {
  createDeployment,
  type Deployment,
  eventually,
  placeOrder,
  WIRING,
} from '../support/processes';
import { countOf, readOrders } from './proof';

const ORDERS = 2000;
const DELAY_MS = 3000;
const CLIENTS = 32;
/** The group notices that a killed matcher is gone after 6 s, and gives its partitions to the next one. */
const TAKEOVER_MS = WIRING === 'stack' ? 9000 : 0;
const PROMPT_MS = 2500;
const TIMEOUT_MS = 90_000;

async function placeMany(baseUrl: string): Promise<void> {
  let left = ORDERS;
  const client = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await placeOrder(baseUrl, { user_id: 1 + (left % 50), item: `ITEM-${left % 20}` });
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
}

async function killAll(deployment: Deployment): Promise<void> {
  await Promise.all(Object.values(deployment.processes).map((each) => each.kill()));
}

async function startAll(deployment: Deployment): Promise<void> {
  await Promise.all(Object.values(deployment.processes).map((each) => each.start()));
}

async function expectAllFilled(deployment: Deployment, timeoutMs: number): Promise<void> {
  const filled = "SELECT COUNT(*) AS n FROM orders WHERE status = 'FILLED'";
  await eventually(async () => expect(await countOf(deployment, filled)).toBe(ORDERS), {
    timeoutMs,
    everyMs: 100,
  });
}

/** How long after it was due each order was filled, ms, in order. */
async function lateness(deployment: Deployment): Promise<number[]> {
  const orders = await readOrders(deployment);
  return orders
    .map((order) => order.updatedAtMs - order.createdAtMs - DELAY_MS)
    .sort((a, b) => a - b);
}

describe(`${ORDERS} orders that wait for their fill`, () => {
  it(
    'are filled on time when all processes are killed and started again before it is due',
    async () => {
      const deployment = await createDeployment({ env: { MATCH_DELAY_MS: String(DELAY_MS) } });
      await placeMany(deployment.baseUrl);
      const killedAtMs = Date.now();
      await killAll(deployment);
      await startAll(deployment);
      const downMs = Date.now() - killedAtMs;
      await expectAllFilled(deployment, DELAY_MS + TAKEOVER_MS + PROMPT_MS);
      const late = await lateness(deployment);
      expect(late[0]).toBeGreaterThanOrEqual(0);
      expect(late.at(-1)).toBeLessThan(downMs + TAKEOVER_MS + PROMPT_MS);
      await deployment.dispose();
    },
    TIMEOUT_MS,
  );

  it(
    'are filled promptly after a start that comes when they are long due',
    async () => {
      const deployment = await createDeployment({ env: { MATCH_DELAY_MS: String(DELAY_MS) } });
      await placeMany(deployment.baseUrl);
      await killAll(deployment);
      await delay(DELAY_MS);
      await startAll(deployment);
      await expectAllFilled(deployment, TAKEOVER_MS + PROMPT_MS);
      expect((await lateness(deployment))[0]).toBeGreaterThanOrEqual(0);
      await deployment.dispose();
    },
    TIMEOUT_MS,
  );
});
