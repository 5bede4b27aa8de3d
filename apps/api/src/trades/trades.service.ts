import type { OwnTradeDto, TradeDto, Units } from '@app/contracts';
import { ProblemException } from '@app/platform';
import { Injectable } from '@nestjs/common';
import { MarketUnits } from '../markets/market-units';
import { OrdersRepository } from '../orders/orders.repository';
import type { Page } from '../query';
import { available } from '../store-access';
import { toOwnTradeDto, toTradeDto, type TradeRow } from './trade-view';
import { positionOf, TradesRepository } from './trades.repository';

export interface TradePage<Trade> {
  trades: Trade[];
  /** What the page behind this one begins with; null: there is none. */
  cursor: number | null;
}

@Injectable()
export class TradesService {
  constructor(
    private readonly trades: TradesRepository,
    private readonly orders: OrdersRepository,
    private readonly units: MarketUnits,
  ) {}

  ofItem(item: string, page: Page): Promise<TradePage<TradeDto>> {
    const rows = this.trades.ofItem(item, oneMore(page));
    return this.page(rows, page, toTradeDto, (row) => Number(row.trade_id));
  }

  /** @throws ProblemException ORDER_NOT_FOUND */
  async ofOrder(orderId: number, page: Page): Promise<TradePage<OwnTradeDto>> {
    if ((await readable(this.orders.findById(orderId))) === null) {
      throw new ProblemException('ORDER_NOT_FOUND', `there is no order ${orderId}`);
    }
    const rows = this.trades.ofOrder(orderId, oneMore(page));
    return this.page(rows, page, toOwnTradeDto, (row) => Number(row.trade_id));
  }

  ofUser(userId: number, item: string | undefined, page: Page): Promise<TradePage<OwnTradeDto>> {
    const rows = this.trades.ofUser(userId, item, oneMore(page));
    return this.page(rows, page, toOwnTradeDto, positionOf);
  }

  private async page<Row extends TradeRow, Trade>(
    reading: Promise<Row[]>,
    { limit }: Page,
    view: (row: Row, units: Units) => Trade,
    cursorOf: (row: Row) => number,
  ): Promise<TradePage<Trade>> {
    const rows = await readable(reading);
    const units = await readable(this.units.read(rows.map((row) => row.item)));
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      trades: shown.map((row) => view(row, unitsOf(row, units))),
      cursor: rows.length > limit && last !== undefined ? cursorOf(last) : null,
    };
  }
}

function oneMore(page: Page): Page {
  return { ...page, limit: page.limit + 1 };
}

function unitsOf({ item }: TradeRow, units: ReadonlyMap<string, Units>): Units {
  const found = units.get(item);
  if (found === undefined) throw new Error('the market of a trade is missing');
  return found;
}

function readable<T>(read: Promise<T>): Promise<T> {
  return available(read, 'trades can not be read now');
}
