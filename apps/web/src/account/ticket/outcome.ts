import { separated } from '../../market/logic/decimal';
import { averageText } from '../average-text';
import { REASONS } from '../reasons';
import { type BookOrder, isBookOrder, isLive, type Order, type PlainOrder } from '../schemas';

export interface Outcome {
  readonly text: string;
  readonly tone: 'info' | 'good' | 'bad';
  /** Whether nothing will follow. */
  readonly final: boolean;
}

/**
 * What has become of an order, in one sentence.
 * @param matched whether the matcher has had its turn: a 201 says only that the order is durable.
 */
export function outcomeOf(order: Order, matched: boolean): Outcome {
  const text = `Order ${order.id}${isBookOrder(order) ? bookText(order, matched) : plainText(order)}`;
  return { text, tone: toneOf(order), final: !isLive(order) };
}

function toneOf(order: Order): Outcome['tone'] {
  if (order.status === 'FILLED') return 'good';
  if (order.status === 'REJECTED') return 'bad';
  return 'info';
}

function plainText({ item, amount, status }: PlainOrder): string {
  if (status === 'FILLED') return ` filled: ${item} for ${separated(amount)}`;
  if (status === 'CANCELLED') return ` cancelled: ${item} for ${separated(amount)}`;
  return ` placed: ${item} for ${separated(amount)}, fills by itself`;
}

function bookText(order: BookOrder, matched: boolean): string {
  const { status, quantity, filled_quantity: filled } = order;
  const price =
    order.average_price === null ? '' : ` at ${separated(averageText(order.average_price))}`;
  const traded =
    quantity === null
      ? `${separated(filled)} traded`
      : `${separated(filled)} of ${separated(quantity)} filled`;
  const why = whyOf(order);
  switch (status) {
    case 'OPEN':
      return openText(order, matched);
    case 'PARTIALLY_FILLED':
      return `: ${traded}${price}, rest on the book`;
    case 'FILLED':
      return `: ${separated(quantity ?? filled)} filled${price}`;
    case 'CANCELLED':
      return filled === '0' ? ` cancelled${why}` : `: ${traded}${price}, rest cancelled${why}`;
    case 'EXPIRED':
      return filled === '0' ? ' expired' : `: ${traded}${price}, rest expired`;
    case 'REJECTED':
      return ` refused${why}`;
  }
}

/** Who has cancelled an order need not be told that it was them. */
function whyOf({ reason }: BookOrder): string {
  return reason === null || reason === 'USER' ? '' : `: ${REASONS[reason]}`;
}

function openText(order: BookOrder, matched: boolean): string {
  const what = `${order.side === 'BUY' ? 'Buy' : 'Sell'} ${separated(order.quantity ?? '')} ${order.item}`;
  const price = order.price === null ? '' : ` at ${separated(order.price)}`;
  // Of a stop that is open nobody tells whether it has fired and rests, or waits.
  if (order.stop_price !== undefined)
    return ` placed: ${what}${price}, stop ${separated(order.stop_price)}`;
  return matched ? `: ${what}${price} is on the book` : ` placed: ${what}${price}`;
}
