import { createDeployment, type DeploymentOptions, eventually } from '../support/processes';
import { Random } from '../support/random';
import { type BookReport, checkBooks } from './book-checker';
import { sourceOf } from './book-checker/book-source';
import { BookLoad } from './book-load';
import { BOOK_ITEMS } from './book-orders';
import { proveBookLedger } from './book-proof';
import { FinalWatch } from './final-watch';
import { KeptEvents } from './kept-events';
import { Load } from './load';
import { allHandled, proveLog } from './log-proof';
import { countOf, provePromises, proveRest, proveUserLists, readOrders, settle } from './proof';
import { DELAY_MS, outputs, type Scenario, SEED } from './scenario';

const SETTLE_TIMEOUT_MS = 60_000;
const PLAIN_WORKERS = 4;
const SHOWN = 10;

export interface BookScenario extends Scenario {
  books: BookLoad;
  /** Ends the load, waits until all is done, proves everything, and starts the load again. */
  prove(): Promise<BookReport>;
}

/**
 * Puts a deployment under the load of book orders, and of some plain ones beside them, lets `act` do its worst, and
 * proves that every order was handled exactly once.
 */
export async function underBookLoad(
  options: DeploymentOptions & { workers?: number },
  act: (scenario: BookScenario) => Promise<void>,
): Promise<BookReport> {
  process.stderr.write(`KILL_SEED=${SEED}\n`);
  const random = new Random(SEED);
  const env = { MATCH_DELAY_MS: String(DELAY_MS), ...options.env };
  const deployment = await createDeployment({ ...options, env });
  const { baseUrl } = deployment;
  const watch = new FinalWatch(deployment);
  const kept = deployment.wiring === 'embedded' ? new KeptEvents(deployment) : undefined;
  const books = new BookLoad({
    baseUrl,
    random,
    ...(options.workers === undefined ? {} : { workers: options.workers }),
  });
  const load = new Load({ baseUrl, random, workers: PLAIN_WORKERS, cancelWithinMs: 2 * DELAY_MS });
  const proveAll = async (): Promise<BookReport> => {
    await load.stop();
    await books.stop();
    await settle(deployment, SETTLE_TIMEOUT_MS);
    await booksSettled();
    const plain = await readOrders(deployment);
    provePromises(load.ledger, plain, DELAY_MS);
    await proveLog(deployment, load.ledger, plain);
    await proveBookLedger(deployment, books.ledger);
    for (const item of BOOK_ITEMS) expect([item, await books.book(item)]).toEqual([item, true]);
    const report = await checkBooks(sourceOf(deployment, kept), books.ledger.shown);
    expect(report.faults.slice(0, SHOWN)).toEqual([]);
    expect(watch.changed.slice(0, SHOWN)).toEqual([]);
    return report;
  };
  /** GTD orders end on their own, by events that come later than all others. */
  const booksSettled = async (): Promise<void> => {
    await eventually(
      async () => {
        expect(await countOf(deployment, UNANSWERED)).toBe(0);
        expect(await countOf(deployment, waitingForTime(Date.now()))).toBe(0);
      },
      { timeoutMs: SETTLE_TIMEOUT_MS, everyMs: 100 },
    );
    await allHandled(deployment, SETTLE_TIMEOUT_MS);
    await settle(deployment, SETTLE_TIMEOUT_MS);
  };
  const prove = async (): Promise<BookReport> => {
    const report = await proveAll();
    load.start();
    books.start();
    return report;
  };
  load.start();
  books.start();
  try {
    await act({ deployment, random, load, books, prove });
    const report = await proveAll();
    const plain = await readOrders(deployment);
    await proveRest(deployment, plain);
    await proveUserLists(deployment, plain);
    expect((await watch.stop()).slice(0, SHOWN)).toEqual([]);
    return report;
  } catch (error) {
    for (const { name, output } of outputs(deployment)) {
      process.stderr.write(`--- last words of ${name}\n${output}\n`);
    }
    throw error;
  } finally {
    load.abandon();
    books.abandon();
    watch.abandon();
    await kept?.stop();
    process.stderr.write(`${books.ledger.summary()}\n${load.ledger.summary()}\n`);
    await deployment.dispose();
  }
}

const UNANSWERED =
  'SELECT COUNT(*) AS n FROM orders WHERE side IS NOT NULL AND accepted_sequence IS NULL';
/** DAY orders end in the middle of a run that goes past midnight. */
const waitingForTime = (nowMs: number): string => `SELECT COUNT(*) AS n FROM orders
  WHERE status IN ('OPEN', 'PARTIALLY_FILLED') AND (time_in_force = 'GTD' OR expires_at_ms <= ${nowMs})`;
