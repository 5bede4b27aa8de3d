import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../support/processes';
import type { BookScenario } from './book-scenario';
import { countOf } from './proof';
import { deliverAgain } from './repeats';

const PROGRESS_TIMEOUT_MS = 45_000;
/** A kill comes at any moment up to so long after the last one was got over. */
const MOMENT_MS = 400;
const DOWN_MS = 300;
const ORDERS_BETWEEN = 30;

const MATCHED = 'SELECT COUNT(*) AS n FROM orders WHERE accepted_sequence IS NOT NULL';

/** How often each process was ended, and how. */
export interface KillCounts {
  killed: Record<string, number>;
  stopped: number;
  delivered: number;
}

/**
 * Ends processes with SIGKILL one moment after another, now and then two at once or one in an orderly way, while
 * orders flow and events are delivered again.
 */
export async function killMomentByMoment(
  scenario: BookScenario,
  kills: number,
  proveEvery: number,
): Promise<KillCounts> {
  const { deployment, random } = scenario;
  const names = Object.keys(deployment.processes);
  const counts: KillCounts = { killed: {}, stopped: 0, delivered: 0 };
  let total = 0;
  while (total < kills) {
    await progress(scenario);
    await delay(random.between(0, MOMENT_MS));
    const name = random.pick(names);
    const victims = random.chance(0.1) ? names : [name];
    if (random.chance(0.1)) {
      expect(await deployment.process(name).stop()).toBe(0);
      counts.stopped += 1;
      await deployment.process(name).start();
      continue;
    }
    await Promise.all(victims.map((each) => deployment.process(each).kill()));
    await delay(random.between(0, DOWN_MS));
    await Promise.all(victims.map((each) => deployment.process(each).start()));
    for (const each of victims) counts.killed[each] = (counts.killed[each] ?? 0) + 1;
    total += victims.length;
    if (random.chance(0.15)) counts.delivered += await deliverAgain(deployment, random);
    if (Math.floor(total / proveEvery) > Math.floor((total - victims.length) / proveEvery)) {
      const { orders, trades, repeated } = await scenario.prove();
      process.stderr.write(
        `${total} kills: ${orders} orders, ${trades} trades, ${repeated} repeated\n`,
      );
    }
  }
  return counts;
}

/** Waits until orders have been taken in and matched since this was called. */
export async function progress({ deployment, books }: BookScenario): Promise<void> {
  const placed = (): number =>
    books.ledger.attempts.filter(({ outcome }) => outcome === 'acknowledged').length;
  const placedBefore = placed();
  const matchedBefore = await countOf(deployment, MATCHED);
  await eventually(
    async () => {
      expect(placed()).toBeGreaterThan(placedBefore + ORDERS_BETWEEN);
      expect(await countOf(deployment, MATCHED)).toBeGreaterThan(matchedBefore + ORDERS_BETWEEN);
    },
    { timeoutMs: PROGRESS_TIMEOUT_MS, everyMs: 20 },
  );
}
