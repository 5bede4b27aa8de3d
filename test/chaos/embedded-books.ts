import { decodeOrderEvent } from '@app/contracts';
import { type NewEvent, Outbox } from '@app/messaging';
import { type SqlValue, valuesList } from '@app/persistence';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { TradingSession } from '../../apps/matcher/src/trading/trading-session';
import { TradingRepository } from '../../apps/matcher/src/trading/trading.repository';
import { dataSourceOptions } from '../../libs/persistence/src/data-source';
import { migrate } from '../../libs/persistence/src/migrate';
import { SqliteTransactions } from '../../libs/persistence/src/sqlite-transactions';
import { countOf, tickLotsOf } from './book-checker/decimals';
import type { BookOrderBody } from './book-orders';

const TIMEOUT_MS = 10_000;
const TICK = '0.01';
const LOT = '0.0001';
const FILE = 'tradeflow.sqlite';

interface Command {
  type: string;
  order?: Record<string, unknown>;
  [member: string]: unknown;
}

/**
 * The matcher's books on an embedded store, without the apps: orders are stored and told of as the api does, and
 * matched as the matcher does.
 */
export class EmbeddedBooks {
  private nextSeq = 1;
  private session: TradingSession;

  private constructor(
    readonly directory: string,
    private readonly transactions: SqliteTransactions,
    private readonly outbox: Outbox,
    private readonly repository: TradingRepository,
    private readonly reader: DataSource,
  ) {
    this.session = new TradingSession(repository);
  }

  static async create(): Promise<EmbeddedBooks> {
    const directory = mkdtempSync(join(tmpdir(), 'books-'));
    const store = { kind: 'sqlite' as const, directory };
    await migrate(store);
    const reader = await new DataSource(dataSourceOptions(store)).initialize();
    const writer = await new DataSource(dataSourceOptions(store)).initialize();
    const transactions = new SqliteTransactions(writer, reader);
    const repository = new TradingRepository(transactions);
    return new EmbeddedBooks(directory, transactions, new Outbox(transactions), repository, reader);
  }

  /** Stores orders and tells of them, in one transaction. @returns what events call them. */
  place(bodies: readonly BookOrderBody[], nowMs: number): Promise<Record<string, unknown>[]> {
    return this.transactions.run(async (tx) => {
      const rows = bodies.map((body) => toRow(body, nowMs));
      const columns = Object.keys(rows[0]!);
      const ids = await tx.insert(
        `INSERT INTO orders (${columns.join(', ')}) VALUES ${valuesList(rows.length, columns.length)}`,
        rows.flatMap((row) => Object.values(row)),
        rows.length,
      );
      const orders = bodies.map((body, index) => toEventOrder(body, ids[index]!, nowMs));
      const events = orders.map((order) => toEvent({ type: 'ORDER_PLACED', order }, nowMs));
      await this.outbox.append(tx, 'order.events', events, nowMs);
      return orders;
    }, TIMEOUT_MS);
  }

  async tell(commands: readonly Command[], nowMs: number): Promise<void> {
    const events = commands.map((command) => toEvent(command, nowMs));
    await this.transactions.run(
      (tx) => this.outbox.append(tx, 'order.events', events, nowMs),
      TIMEOUT_MS,
    );
  }

  /** Delivers events once more that were told before, as they were then: a block of them, backwards. */
  tellAgain(fromSeq: number, entries: number): Promise<void> {
    return this.transactions.run(async (tx) => {
      const rows = await tx.rows<{ payload: string }>(
        "SELECT payload FROM outbox_entries WHERE topic = 'order.events' AND seq >= ? ORDER BY seq DESC LIMIT ?",
        [fromSeq, entries],
      );
      const events = rows.flatMap(({ payload }) => (JSON.parse(payload) as unknown[]).toReversed());
      const seq = await tx.dialect.nextOutboxSeq(tx, 'order.events');
      await tx.execute(
        'INSERT INTO outbox_entries (topic, seq, payload, created_at_ms) VALUES (?,?,?,?)',
        ['order.events', seq, JSON.stringify(events), 0],
      );
    }, TIMEOUT_MS);
  }

  /** Number of the next entry that is to be carried out. */
  get next(): number {
    return this.nextSeq;
  }

  /** Carries out what has been told since the last call. */
  async match(nowMs: number): Promise<void> {
    const entries = await this.outbox.read('order.events', this.nextSeq, 1000);
    const events = entries
      .flatMap((entry) => entry.events)
      .map(({ value }, index) => {
        const decoded = decodeOrderEvent(value);
        if (!decoded.ok) throw new Error(`${decoded.reason}: ${value}`);
        return { ...decoded.event, index };
      });
    const { plan } = await this.session.run(events, nowMs);
    await this.transactions.run(async (tx) => {
      await this.repository.write(tx, plan, nowMs);
      const updates = plan.updates.map((value) => ({ key: value.item, value }));
      await this.outbox.append(tx, 'market.events', updates, nowMs);
    }, TIMEOUT_MS);
    this.nextSeq = (entries.at(-1)?.seq ?? this.nextSeq - 1) + 1;
  }

  /** The next batch finds the books in the store, as after a start. */
  restart(): void {
    this.session = new TradingSession(this.repository);
  }

  async close(): Promise<void> {
    await this.transactions.onApplicationShutdown();
    await this.reader.query('PRAGMA wal_checkpoint(TRUNCATE)');
    await this.reader.destroy();
  }

  /** Copies the store, which must be closed. @returns the directory of the copy. */
  copy(name: string): string {
    const directory = join(this.directory, name);
    mkdirSync(directory);
    copyFileSync(join(this.directory, FILE), join(directory, FILE));
    return directory;
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }
}

function toEvent(command: Command, nowMs: number): NewEvent {
  const subject = (command.order ?? command.market) as { item: string };
  const occurred_at = new Date(nowMs).toISOString();
  return { key: subject.item, value: { ...command, occurred_at } };
}

/** A GTD or DAY order of a test ends when it says so. */
function expiryOf(body: BookOrderBody, nowMs: number): number | null {
  if (body.expires_at !== undefined) return Date.parse(body.expires_at);
  return body.time_in_force === 'DAY' ? nowMs + 86_400_000 : null;
}

function toRow(body: BookOrderBody, nowMs: number): Record<string, SqlValue> {
  const ticks = (text: string | undefined): number | null =>
    text === undefined ? null : countOf(text, TICK);
  const lots = (text: string | undefined): number | null =>
    text === undefined ? null : countOf(text, LOT);
  return {
    user_id: body.user_id,
    item: body.item,
    status: 'OPEN',
    created_at_ms: nowMs,
    updated_at_ms: nowMs,
    side: body.side,
    type: body.type,
    time_in_force: body.time_in_force,
    self_trade_prevention: body.self_trade_prevention ?? 'NONE',
    post_only: body.post_only === true ? 1 : 0,
    price_ticks: ticks(body.price),
    quantity_lots: lots(body.quantity),
    budget: body.amount === undefined ? null : tickLotsOf(body.amount, TICK, LOT),
    stop_ticks: ticks(body.stop_price),
    display_lots: lots(body.display_quantity),
    expires_at_ms: expiryOf(body, nowMs),
  };
}

function toEventOrder(body: BookOrderBody, id: number, nowMs: number): Record<string, unknown> {
  const expiresAtMs = expiryOf(body, nowMs);
  return {
    ...body,
    id,
    status: 'OPEN',
    created_at: new Date(nowMs).toISOString(),
    ...(expiresAtMs === null ? {} : { expires_at: new Date(expiresAtMs).toISOString() }),
  };
}
