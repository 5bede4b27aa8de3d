import { DEFAULT_LOT_SIZE, DEFAULT_TICK_SIZE, toUnits, type Units } from '@app/contracts';
import { placeholders, type Transaction, Transactions } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { GatheredLoads } from '../gathered-loads';

interface UnitsRow {
  item: string;
  tick_size: string;
  lot_size: string;
  in_use: number;
}

const MAX_ITEMS = 200_000;
const TAKE_TIMEOUT_MS = 5000;
const ROWS_A_STATEMENT = 1000;

/**
 * Tick and lot of every item in use. They are fixed from the item's first book order on, so what is kept here is
 * always right, in every process.
 */
@Injectable()
export class MarketUnits {
  private readonly known = new Map<string, Units>();
  private readonly reads = new GatheredLoads((items) =>
    this.load(items, (part) => this.select(part)),
  );
  private readonly takes = new GatheredLoads((items) =>
    this.load(items, (part) =>
      this.transactions.run((tx) => takeIntoUse(tx, part, Date.now()), TAKE_TIMEOUT_MS),
    ),
  );

  constructor(private readonly transactions: Transactions) {}

  /** The units of an item whose units are known to be fixed. */
  cached(item: string): Units | undefined {
    return this.known.get(item);
  }

  /**
   * Units of items as they are now: those of an item without book orders may still change.
   * @throws StoreUnavailableError
   */
  read(items: Iterable<string>): Promise<ReadonlyMap<string, Units>> {
    return this.collect(items, this.reads);
  }

  /**
   * Units of items that orders are about to be placed for; fixed from now on.
   * @throws StoreUnavailableError, OutcomeUnknownError
   */
  take(items: Iterable<string>): Promise<ReadonlyMap<string, Units>> {
    return this.collect(items, this.takes);
  }

  private async collect(
    items: Iterable<string>,
    loads: GatheredLoads<Units>,
  ): Promise<ReadonlyMap<string, Units>> {
    const { units, unknown } = this.split(new Set(items));
    if (unknown.length === 0) return units;
    const loaded = await loads.get(unknown);
    for (const item of unknown) units.set(item, loaded.get(item) ?? toUnits(unconfigured(item)));
    return units;
  }

  /** Loads what has not become known since it was asked for. */
  private async load(
    items: readonly string[],
    rowsOf: (items: string[]) => Promise<UnitsRow[]>,
  ): Promise<ReadonlyMap<string, Units>> {
    const { units, unknown } = this.split(items);
    // All processes lock in one order: they wait for each other instead of locking each other out.
    unknown.sort();
    for (let start = 0; start < unknown.length; start += ROWS_A_STATEMENT) {
      for (const row of await rowsOf(unknown.slice(start, start + ROWS_A_STATEMENT))) {
        const found = toUnits(row);
        units.set(row.item, found);
        if (row.in_use === 1) this.keep(row.item, found);
      }
    }
    return units;
  }

  private split(items: Iterable<string>): { units: Map<string, Units>; unknown: string[] } {
    const units = new Map<string, Units>();
    const unknown: string[] = [];
    for (const item of items) {
      const known = this.known.get(item);
      if (known === undefined) unknown.push(item);
      else units.set(item, known);
    }
    return { units, unknown };
  }

  private select(items: string[]): Promise<UnitsRow[]> {
    return this.transactions.read((manager) =>
      manager.query<UnitsRow[]>(
        `SELECT item, tick_size, lot_size, in_use FROM markets WHERE item IN (${placeholders(items.length)})`,
        items,
      ),
    );
  }

  private keep(item: string, units: Units): void {
    const oldest = this.known.size < MAX_ITEMS ? undefined : this.known.keys().next().value;
    if (oldest !== undefined) this.known.delete(oldest);
    this.known.set(item, units);
  }
}

function unconfigured(item: string): UnitsRow {
  return { item, tick_size: DEFAULT_TICK_SIZE, lot_size: DEFAULT_LOT_SIZE, in_use: 0 };
}

async function takeIntoUse(tx: Transaction, items: string[], nowMs: number): Promise<UnitsRow[]> {
  // Locks a row that there is at once for writing: one that was first locked for reading could not be.
  const insert = tx.dialect.upsert(
    {
      table: 'markets',
      key: ['item'],
      columns: ['item', 'tick_size', 'lot_size', 'state', 'in_use', 'updated_at_ms'],
      set: (given) => ({ in_use: given('in_use') }),
    },
    items.length,
  );
  await tx.execute(
    insert,
    items.flatMap((item) => [item, DEFAULT_TICK_SIZE, DEFAULT_LOT_SIZE, 'TRADING', 1, nowMs]),
  );
  return tx.rows<UnitsRow>(
    `SELECT item, tick_size, lot_size, in_use FROM markets WHERE item IN (${placeholders(items.length)})`,
    items,
  );
}
