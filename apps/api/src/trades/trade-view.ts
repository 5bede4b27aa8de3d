import {
  formatMultiple,
  formatShortest,
  type OrderSide,
  type OwnTradeDto,
  type TradeDto,
  type TradeRole,
  type Units,
} from '@app/contracts';

/** A trade as the drivers give it: BIGINT is text on MySQL. */
export interface TradeRow {
  id: string | number;
  item: string;
  trade_id: string | number;
  price_ticks: string | number;
  quantity_lots: string | number;
  maker_order_id: string | number;
  taker_order_id: string | number;
  taker_side: OrderSide;
  executed_at_ms: string | number;
}

/** What a `TradeRow` is selected with. Whose orders they are is nobody's business. */
export const TRADE_COLUMNS =
  'id, item, trade_id, price_ticks, quantity_lots, maker_order_id, taker_order_id, taker_side, executed_at_ms';

/** A trade from the side of one of its orders. */
export interface OwnTradeRow extends TradeRow {
  role: TradeRole;
}

export function toTradeDto(row: TradeRow, { tick, lot }: Units): TradeDto {
  return {
    item: row.item,
    trade_id: Number(row.trade_id),
    price: formatMultiple(BigInt(row.price_ticks), tick),
    quantity: formatShortest(BigInt(row.quantity_lots), lot),
    taker_side: row.taker_side,
    maker_order_id: Number(row.maker_order_id),
    taker_order_id: Number(row.taker_order_id),
    executed_at: new Date(Number(row.executed_at_ms)).toISOString(),
  };
}

export function toOwnTradeDto(row: OwnTradeRow, units: Units): OwnTradeDto {
  const trade = toTradeDto(row, units);
  const isTaker = row.role === 'TAKER';
  return {
    ...trade,
    order_id: isTaker ? trade.taker_order_id : trade.maker_order_id,
    side: isTaker ? trade.taker_side : opposite(trade.taker_side),
    role: row.role,
  };
}

function opposite(side: OrderSide): OrderSide {
  return side === 'BUY' ? 'SELL' : 'BUY';
}
