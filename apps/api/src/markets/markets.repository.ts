import {
  DEFAULT_LOT_SIZE,
  DEFAULT_TICK_SIZE,
  formatUnit,
  type MarketChanged,
  type MarketDto,
  ORDER_EVENTS_TOPIC,
  type PutMarketDto,
  toUnits,
} from '@app/contracts';
import { Outbox } from '@app/messaging';
import { type SqlValue, type Transaction, Transactions } from '@app/persistence';
import { ProblemException } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { haveSameUnits, type MarketRules, toMarketRules } from './market-rules';
import { type MarketRow, SELECT_MARKETS, toEventMarket, toMarketDto } from './market-view';

const WRITE_TIMEOUT_MS = 5000;

@Injectable()
export class MarketsRepository {
  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
  ) {}

  /** @returns the market; null when nobody has configured or traded it. */
  async find(item: string): Promise<MarketRow | null> {
    const [row] = await this.select('WHERE m.item = ?', [item]);
    return row ?? null;
  }

  /** @returns up to `limit` markets sorted by item, those behind `cursor`. */
  list(cursor: string | undefined, limit: number): Promise<MarketRow[]> {
    return cursor === undefined
      ? this.select('ORDER BY m.item LIMIT ?', [limit])
      : this.select('WHERE m.item > ? ORDER BY m.item LIMIT ?', [cursor, limit]);
  }

  /**
   * Sets what holds for an item and tells the matcher, in one transaction.
   * @throws ProblemException VALIDATION_FAILED, MARKET_IN_USE. StoreUnavailableError, OutcomeUnknownError.
   */
  put(item: string, body: PutMarketDto, requestId: string): Promise<MarketDto> {
    return this.transactions.run(async (tx) => {
      const nowMs = Date.now();
      const present = await lock(tx, item, nowMs);
      const rules = toMarketRules(body, toUnits(present));
      if (present.in_use === 1 && !haveSameUnits(rules.units, toUnits(present))) {
        throw new ProblemException(
          'MARKET_IN_USE',
          'tick_size and lot_size are fixed from the first book order on',
        );
      }
      await update(tx, item, rules, nowMs);
      const [row] = await tx.rows<MarketRow>(`${SELECT_MARKETS} WHERE m.item = ?`, [item]);
      if (row === undefined) throw new Error('a market is gone');
      const market = toMarketDto(row);
      const event: MarketChanged = {
        type: 'MARKET_CHANGED',
        event_id: randomUUID(),
        occurred_at: new Date(nowMs).toISOString(),
        request_id: requestId,
        market: toEventMarket(market),
      };
      await this.outbox.append(tx, ORDER_EVENTS_TOPIC, [{ key: item, value: event }], nowMs);
      return market;
    }, WRITE_TIMEOUT_MS);
  }

  private select(clauses: string, parameters: SqlValue[]): Promise<MarketRow[]> {
    return this.transactions.read((manager) =>
      manager.query<MarketRow[]>(`${SELECT_MARKETS} ${clauses}`, parameters),
    );
  }
}

/** A market that nobody has configured or traded. */
export function unknownMarket(item: string): MarketRow {
  return {
    item,
    tick_size: DEFAULT_TICK_SIZE,
    lot_size: DEFAULT_LOT_SIZE,
    min_price_ticks: null,
    max_price_ticks: null,
    min_quantity_lots: null,
    max_quantity_lots: null,
    state: 'TRADING',
    in_use: 0,
    last_price_ticks: null,
    sequence: null,
  };
}

type LockedRow = Pick<MarketRow, 'tick_size' | 'lot_size' | 'in_use'>;

/** The row as it is now, nobody else's until the transaction ends. */
async function lock(tx: Transaction, item: string, nowMs: number): Promise<LockedRow> {
  const columns = ['item', 'tick_size', 'lot_size', 'state', 'in_use', 'updated_at_ms'];
  const set = (given: (column: string) => string) => ({ updated_at_ms: given('updated_at_ms') });
  await tx.execute(tx.dialect.upsert({ table: 'markets', key: ['item'], columns, set }, 1), [
    item,
    DEFAULT_TICK_SIZE,
    DEFAULT_LOT_SIZE,
    'TRADING',
    0,
    nowMs,
  ]);
  const [row] = await tx.rows<LockedRow>(
    'SELECT tick_size, lot_size, in_use FROM markets WHERE item = ?',
    [item],
  );
  if (row === undefined) throw new Error('a market is gone');
  return row;
}

async function update(
  tx: Transaction,
  item: string,
  rules: MarketRules,
  nowMs: number,
): Promise<void> {
  await tx.execute(
    'UPDATE markets SET tick_size = ?, lot_size = ?, min_price_ticks = ?, max_price_ticks = ?, ' +
      'min_quantity_lots = ?, max_quantity_lots = ?, state = ?, updated_at_ms = ? WHERE item = ?',
    [
      formatUnit(rules.units.tick),
      formatUnit(rules.units.lot),
      rules.minPriceTicks,
      rules.maxPriceTicks,
      rules.minQuantityLots,
      rules.maxQuantityLots,
      rules.state,
      nowMs,
      item,
    ],
  );
}
