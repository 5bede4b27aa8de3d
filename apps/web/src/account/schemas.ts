import type { components } from '@app/client';

type Schemas = components['schemas'];

export type PlainOrder = Schemas['OrderDto'];
export type BookOrder = Schemas['BookOrderDto'];
export type Order = PlainOrder | BookOrder;
export type Market = Schemas['MarketDto'];
export type MarketState = Schemas['MarketState'];
export type OrderSide = Schemas['OrderSide'];
export type OrderType = Schemas['OrderType'];
export type TimeInForce = Schemas['TimeInForce'];
export type SelfTradePrevention = Schemas['SelfTradePrevention'];
export type OwnTrade = Schemas['OwnTradeDto'];
export type Position = Schemas['PositionDto'];
export type Problem = Schemas['ProblemDto'];
export type NewPlainOrder = Schemas['CreateOrderDto'];
export type NewBookOrder = Schemas['CreateBookOrderDto'];
export type NewOrder = NewPlainOrder | NewBookOrder;

export function isBookOrder(order: Order): order is BookOrder {
  return 'side' in order;
}

/** Whether anything can still happen to it. */
export function isLive(order: Order): boolean {
  return order.status === 'OPEN' || order.status === 'PARTIALLY_FILLED';
}
