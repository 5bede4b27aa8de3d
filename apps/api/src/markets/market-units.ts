import { DEFAULT_LOT_SIZE, DEFAULT_TICK_SIZE, parseUnit, type Unit } from '@app/contracts';
import { placeholders, type Transaction, Transactions, valuesList } from '@app/persistence';
import { Injectable } from '@nestjs/common';

/** What prices and quantities of an item are counted in. */
export interface Units {
  tick: Unit;
  lot: Unit;
}

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

  constructor(private readonly transactions: Transactions) {}

  /** The units of an item whose units are known to be fixed. */
  cached(item: string): Units | undefined {
    return this.known.get(item);
  }

  /**
   * Units of items as they are now: those of an item without book orders may still change.
   * @throws StoreUnavailableError
   */
  async read(items: Iterable<string>): Promise<ReadonlyMap<string, Units>> {
    return this.collect(items, async (unknown) => {
      const rows = await this.transactions.read((manager) =>
        manager.query<UnitsRow[]>(
          `SELECT item, tick_size, lot_size, in_use FROM markets WHERE item IN (${placeholders(unknown.length)})`,
          unknown,
        ),
      );
      const found = new Set(rows.map((row) => row.item));
      return [...rows, ...unknown.filter((item) => !found.has(item)).map(unconfigured)];
    });
  }

  /**
   * Units of items that orders are about to be placed for; fixed from now on.
   * @throws StoreUnavailableError, OutcomeUnknownError
   */
  async take(items: Iterable<string>): Promise<ReadonlyMap<string, Units>> {
    return this.collect(items, (unknown) =>
      this.transactions.run((tx) => takeIntoUse(tx, unknown, Date.now()), TAKE_TIMEOUT_MS),
    );
  }

  private async collect(
    items: Iterable<string>,
    load: (unknown: string[]) => Promise<UnitsRow[]>,
  ): Promise<ReadonlyMap<string, Units>> {
    const units = new Map<string, Units>();
    const unknown: string[] = [];
    for (const item of new Set(items)) {
      const known = this.known.get(item);
      if (known === undefined) unknown.push(item);
      else units.set(item, known);
    }
    // One order for all who take several: they wait for each other instead of locking each other out.
    unknown.sort();
    for (let start = 0; start < unknown.length; start += ROWS_A_STATEMENT) {
      const rows = await load(unknown.slice(start, start + ROWS_A_STATEMENT));
      for (const row of rows) {
        units.set(row.item, toUnits(row));
        if (row.in_use === 1) this.keep(row.item, toUnits(row));
      }
    }
    return units;
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

/** @throws when the store holds sizes that no operator could have set. */
export function toUnits(row: { tick_size: string; lot_size: string }): Units {
  const tick = parseUnit(row.tick_size);
  const lot = parseUnit(row.lot_size);
  if (tick === null || lot === null) throw new Error('a market has no valid tick and lot');
  return { tick, lot };
}

async function takeIntoUse(tx: Transaction, items: string[], nowMs: number): Promise<UnitsRow[]> {
  await tx.execute(
    `${tx.dialect.insertIgnore} markets (item, tick_size, lot_size, state, in_use, updated_at_ms) VALUES ` +
      valuesList(items.length, 6),
    items.flatMap((item) => [item, DEFAULT_TICK_SIZE, DEFAULT_LOT_SIZE, 'TRADING', 1, nowMs]),
  );
  const list = placeholders(items.length);
  const rows = await tx.rows<UnitsRow>(
    `SELECT item, tick_size, lot_size, 1 AS in_use FROM markets WHERE item IN (${list}) ORDER BY item ${tx.dialect.forUpdate}`,
    items,
  );
  await tx.execute(`UPDATE markets SET in_use = 1 WHERE in_use = 0 AND item IN (${list})`, items);
  return rows;
}
