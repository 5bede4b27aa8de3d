import type { DecodedOrderEvent } from '@app/contracts';
import { MatchingEngine, PlaceOrder } from '@app/matching';
import { MYSQL_DIALECT } from '../../../libs/persistence/src/dialect';
import type { SqlValue, Transaction } from '../../../libs/persistence/src/transaction';
import { createConnection, type Connection } from 'mysql2/promise';
import {
  BOOK_ORDER_COLUMNS,
  type BookOrder,
  type BookOrderRow,
  fillCommand,
  toBookOrder,
} from '../../../apps/matcher/src/trading/book-order';
import { TradingSession } from '../../../apps/matcher/src/trading/trading-session';
import { TradingRepository } from '../../../apps/matcher/src/trading/trading.repository';

export interface BareTradeOptions {
  databaseUrl: string;
  batchSize: number;
}

export interface BareTradeResult {
  perSecond: number;
  enginePerSecond: number;
}

interface Statement {
  sql: string;
  parameters: SqlValue[];
}

/** Remembers the statements of a transaction instead of sending them. */
class Recorder {
  readonly dialect = MYSQL_DIALECT;
  readonly statements: Statement[] = [];

  execute(sql: string, parameters: SqlValue[] = []): Promise<number> {
    this.statements.push({ sql, parameters });
    // As many rows as there are lists of values: what the repository expects to have changed.
    return Promise.resolve(sql.split('(?').length - 1);
  }
}

/** The orders of the bench, and a store that has nothing else. */
class OrdersInMemory extends TradingRepository {
  constructor(private readonly orders: ReadonlyMap<number, BookOrder>) {
    super(null!);
  }

  override readOrders(ids: readonly number[]): Promise<Map<number, BookOrder>> {
    return Promise.resolve(new Map(ids.map((id) => [id, this.orders.get(id)!])));
  }

  override readMarkets(items: readonly string[]): ReturnType<TradingRepository['readMarkets']> {
    const unit = { tick: { count: 1, scale: 2 }, lot: { count: 1, scale: 4 } };
    return Promise.resolve(items.map((item) => ({ item, ...unit, book: null, orders: [] })));
  }

  override readPositions(): ReturnType<TradingRepository['readPositions']> {
    return Promise.resolve([]);
  }
}

async function readOrders(connection: Connection): Promise<Map<number, BookOrder>> {
  const [rows] = await connection.query(`SELECT ${BOOK_ORDER_COLUMNS} FROM orders ORDER BY id`);
  return new Map((rows as BookOrderRow[]).map((row) => [Number(row.id), toBookOrder(row)]));
}

/** What the matcher would write, transaction by transaction. */
async function record(
  orders: ReadonlyMap<number, BookOrder>,
  batchSize: number,
): Promise<Statement[][]> {
  const store = new OrdersInMemory(orders);
  const session = new TradingSession(store);
  const all = [...orders.values()];
  const transactions: Statement[][] = [];
  for (let start = 0; start < all.length; start += batchSize) {
    const events = all.slice(start, start + batchSize).map(toEvent);
    const { plan } = await session.run(events, Date.now());
    const recorder = new Recorder();
    await store.write(recorder as unknown as Transaction, plan, Date.now());
    const updates = plan.updates.map((value) => ({ key: value.item, value }));
    recorder.statements.push({
      sql: 'INSERT INTO outbox_entries (topic, seq, payload, created_at_ms) VALUES (?,?,?,?)',
      parameters: ['market.events', start + 1, JSON.stringify(updates), Date.now()],
    });
    transactions.push(recorder.statements);
  }
  return transactions;
}

function toEvent(order: BookOrder, index: number): DecodedOrderEvent & { index: number } {
  return {
    type: 'ORDER_PLACED',
    orderId: order.id,
    isBook: true,
    createdAtMs: order.createdAtMs,
    price: null,
    quantity: null,
    requestId: null,
    occurredAtMs: order.createdAtMs,
    sequence: null,
    index,
  };
}

async function play(connection: Connection, transactions: readonly Statement[][]): Promise<void> {
  for (const statements of transactions) {
    await connection.query('START TRANSACTION');
    for (const { sql, parameters } of statements) await connection.query(sql, parameters);
    await connection.query('COMMIT');
  }
}

function engineAlone(orders: ReadonlyMap<number, BookOrder>, batchSize: number): void {
  const engine = new MatchingEngine();
  const command = new PlaceOrder();
  let left = batchSize;
  for (const order of orders.values()) {
    engine.place(engine.openMarket(order.item), fillCommand(command, order));
    left -= 1;
    if (left > 0) continue;
    left = batchSize;
    engine.effects.clear();
  }
}

async function main(): Promise<void> {
  const { databaseUrl, batchSize } = JSON.parse(process.argv[2] ?? '') as BareTradeOptions;
  const connection = await createConnection({ uri: databaseUrl });
  const orders = await readOrders(connection);
  const engineStartMs = performance.now();
  engineAlone(orders, batchSize);
  const engineMs = performance.now() - engineStartMs;
  const transactions = await record(orders, batchSize);
  await connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
  const startMs = performance.now();
  await play(connection, transactions);
  const tookMs = performance.now() - startMs;
  await connection.end();
  const result: BareTradeResult = {
    perSecond: (1000 * orders.size) / tookMs,
    enginePerSecond: (1000 * orders.size) / engineMs,
  };
  process.stdout.write(JSON.stringify(result));
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
