import {
  type BookOrderDto,
  type EventOrder,
  formatAverage,
  formatExactMoney,
  formatMoney,
  formatMultiple,
  formatShortest,
  type OrderDto,
} from '@app/contracts';
import type { BookTerms, StoredOrder } from './stored-order';

/** An order as clients see it: a plain one with its five keys, a book order with all of its own. */
export function toOrderDto(order: StoredOrder): OrderDto | BookOrderDto {
  if (order.book !== null) return toBookOrderDto(order, order.book);
  const { id, userId, item, amount, status, clientOrderId } = order;
  const dto: OrderDto = { id, user_id: userId, item, amount: amount ?? '0.00', status };
  if (clientOrderId !== null) dto.client_order_id = clientOrderId;
  return dto;
}

function toBookOrderDto(order: StoredOrder, book: BookTerms): BookOrderDto {
  const { tick, lot } = book.units;
  const { priceTicks, quantityLots } = book;
  const notional = priceTicks === null ? order.notional : priceTicks * (quantityLots ?? 0);
  const dto: BookOrderDto = {
    id: order.id,
    user_id: order.userId,
    item: order.item,
    amount: formatMoney(notional, tick, lot),
    status: order.status,
    side: book.side,
    type: book.type,
    price: priceTicks === null ? null : formatMultiple(priceTicks, tick),
    quantity: quantityLots === null ? null : formatShortest(quantityLots, lot),
    filled_quantity: formatShortest(order.filledLots, lot),
    remaining_quantity:
      quantityLots === null ? null : formatShortest(quantityLots - order.filledLots, lot),
    average_price:
      order.filledLots === 0 ? null : formatAverage(order.notional, order.filledLots, tick),
    time_in_force: book.timeInForce,
    reason: order.reason,
    client_order_id: order.clientOrderId,
    created_at: new Date(order.createdAtMs).toISOString(),
    updated_at: new Date(order.updatedAtMs).toISOString(),
  };
  if (book.stopTicks !== null) dto.stop_price = formatMultiple(book.stopTicks, tick);
  if (book.displayLots !== null) dto.display_quantity = formatShortest(book.displayLots, lot);
  if (book.postOnly) dto.post_only = true;
  if (book.selfTradePrevention !== 'NONE') dto.self_trade_prevention = book.selfTradePrevention;
  if (book.expiresAtMs !== null) dto.expires_at = new Date(book.expiresAtMs).toISOString();
  return dto;
}

/** An order as events carry it. */
export function toEventOrder(order: StoredOrder): EventOrder {
  const { id, userId, item, amount, status, book } = order;
  const event: EventOrder = {
    id,
    user_id: userId,
    item,
    ...(amount === null ? {} : { amount }),
    status,
    created_at: new Date(order.createdAtMs).toISOString(),
  };
  if (book !== null) addTerms(event, book);
  if (book !== null && order.clientOrderId !== null) event.client_order_id = order.clientOrderId;
  return event;
}

function addTerms(event: EventOrder, book: BookTerms): void {
  const { tick, lot } = book.units;
  event.side = book.side;
  event.type = book.type;
  event.time_in_force = book.timeInForce;
  if (book.budget !== null) event.amount = formatExactMoney(book.budget, tick, lot);
  if (book.priceTicks !== null) event.price = formatMultiple(book.priceTicks, tick);
  if (book.quantityLots !== null) event.quantity = formatShortest(book.quantityLots, lot);
  if (book.stopTicks !== null) event.stop_price = formatMultiple(book.stopTicks, tick);
  if (book.displayLots !== null) event.display_quantity = formatShortest(book.displayLots, lot);
  if (book.postOnly) event.post_only = true;
  if (book.selfTradePrevention !== 'NONE') event.self_trade_prevention = book.selfTradePrevention;
  if (book.expiresAtMs !== null) event.expires_at = new Date(book.expiresAtMs).toISOString();
}
