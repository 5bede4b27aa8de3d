import {
  formatAverage,
  formatExactMoney,
  formatShortest,
  type PositionDto,
  type PositionsDto,
  type Units,
} from '@app/contracts';
import { Transactions } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { MarketUnits } from '../markets/market-units';
import { toBigInt } from '../sql-numbers';
import { available } from '../store-access';

/** As the drivers give it. */
export interface PositionRow {
  item: string;
  net_lots: string;
  cost: string;
  realised: string;
  updated_at_ms: string | number;
}

@Injectable()
export class PositionsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly units: MarketUnits,
  ) {}

  /** @throws ProblemException STORE_UNAVAILABLE */
  async ofUser(userId: number): Promise<PositionsDto> {
    const rows = await readable(this.select(userId));
    const units = await readable(this.units.read(rows.map((row) => row.item)));
    return {
      user_id: userId,
      positions: rows.map((row) => toPositionDto(row, unitsOf(row, units))),
    };
  }

  private select(userId: number): Promise<PositionRow[]> {
    return this.transactions.read((manager) =>
      manager.query<PositionRow[]>(
        'SELECT item, CAST(net_lots AS CHAR) AS net_lots, CAST(cost AS CHAR) AS cost, ' +
          'CAST(realised AS CHAR) AS realised, updated_at_ms FROM positions WHERE user_id = ? ORDER BY item',
        [userId],
      ),
    );
  }
}

/** A short position's quantity and cost are both negative, so its average cost is positive. */
export function toPositionDto(row: PositionRow, { tick, lot }: Units): PositionDto {
  const net = toBigInt(row.net_lots);
  const cost = toBigInt(row.cost);
  return {
    item: row.item,
    quantity: formatShortest(net, lot),
    average_cost: net === 0n ? null : formatAverage(net < 0n ? -cost : cost, magnitude(net), tick),
    cost: formatExactMoney(cost, tick, lot),
    realised_profit: formatExactMoney(toBigInt(row.realised), tick, lot),
    updated_at: new Date(Number(row.updated_at_ms)).toISOString(),
  };
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function unitsOf({ item }: PositionRow, units: ReadonlyMap<string, Units>): Units {
  const found = units.get(item);
  if (found === undefined) throw new Error('the market of a position is missing');
  return found;
}

function readable<T>(read: Promise<T>): Promise<T> {
  return available(read, 'positions can not be read now');
}
