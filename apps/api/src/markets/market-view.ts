import {
  type EventMarket,
  formatMultiple,
  formatShortest,
  formatUnit,
  type MarketDto,
  type MarketState,
  toUnits,
} from '@app/contracts';

/** A market with what its book says, as the drivers give it; `last_price_ticks` is null without a book. */
export interface MarketRow {
  item: string;
  tick_size: string;
  lot_size: string;
  min_price_ticks: string | number | null;
  max_price_ticks: string | number | null;
  min_quantity_lots: string | number | null;
  max_quantity_lots: string | number | null;
  state: MarketState;
  in_use: number;
  last_price_ticks: string | number | null;
  sequence: string | number | null;
}

/** What a `MarketRow` is selected with. */
export const SELECT_MARKETS =
  'SELECT m.item, m.tick_size, m.lot_size, m.min_price_ticks, m.max_price_ticks, m.min_quantity_lots, ' +
  'm.max_quantity_lots, m.state, m.in_use, b.last_price_ticks, b.sequence ' +
  'FROM markets m LEFT JOIN books b ON b.item = m.item';

export function toMarketDto(row: MarketRow): MarketDto {
  const { tick, lot } = toUnits(row);
  const price = (ticks: string | number | null): string | null =>
    ticks === null ? null : formatMultiple(BigInt(ticks), tick);
  const quantity = (lots: string | number | null): string | null =>
    lots === null ? null : formatShortest(BigInt(lots), lot);
  return {
    item: row.item,
    tick_size: formatUnit(tick),
    lot_size: formatUnit(lot),
    min_price: price(row.min_price_ticks),
    max_price: price(row.max_price_ticks),
    min_quantity: quantity(row.min_quantity_lots),
    max_quantity: quantity(row.max_quantity_lots),
    state: row.state,
    last_price: Number(row.last_price_ticks ?? 0) === 0 ? null : price(row.last_price_ticks),
    sequence: Number(row.sequence ?? 0),
  };
}

/** What the matcher is told of a market. */
export function toEventMarket(market: MarketDto): EventMarket {
  const { item, tick_size, lot_size, state } = market;
  const event: EventMarket = { item, tick_size, lot_size, state };
  if (market.min_price !== null) event.min_price = market.min_price;
  if (market.max_price !== null) event.max_price = market.max_price;
  if (market.min_quantity !== null) event.min_quantity = market.min_quantity;
  if (market.max_quantity !== null) event.max_quantity = market.max_quantity;
  return event;
}
