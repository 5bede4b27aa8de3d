import { Side } from '@app/matching';
import type { ReferenceBook } from './reference-book';
import { crosses, type ReferenceOrder } from './reference-order';

/** What must hold in a reference market between two commands. @throws with what does not. */
export function checkReference(book: ReferenceBook): void {
  const [bid, ask] = [book.bids[0], book.asks[0]];
  if (bid && ask) demand(bid.priceTicks < ask.priceTicks, 'the book is crossed', bid);
  checkQueue(book, Side.Buy);
  checkQueue(book, Side.Sell);
  for (const order of book.liveOrders()) checkOrder(book, order);
  for (const stop of book.stops) checkStop(book, stop);
}

function checkQueue(book: ReferenceBook, side: Side): void {
  demand(book.openLots(side) <= Number.MAX_SAFE_INTEGER, 'too many open lots on one side');
  const queue = book.side(side);
  for (const [at, order] of queue.entries()) {
    const behind = queue[at + 1];
    demand(order.side === side, 'an order stands on the wrong side', order);
    demand(!behind || crosses(side, order.priceTicks, behind.priceTicks), 'out of order', order);
    demand(order.visibleLots >= 1 && order.visibleLots <= order.remainingLots, 'its slice', order);
    if (order.displayLots === 0) demand(order.visibleLots === order.remainingLots, 'hides', order);
    else demand(order.visibleLots <= order.displayLots, 'shows too much', order);
  }
}

function checkOrder(book: ReferenceBook, order: ReferenceOrder): void {
  const { filledLots, remainingLots, quantityLots, expiresAtMs } = order;
  demand(book.ids.find(order.orderId) === order, 'not known as live', order);
  demand(remainingLots >= 1, 'nothing is left', order);
  demand(filledLots + remainingLots === quantityLots, 'the total is wrong', order);
  demand(Number.isSafeInteger(order.priceTicks * quantityLots), 'the notional is unsafe', order);
  demand(expiresAtMs === 0 || expiresAtMs > book.clockMs, 'it has expired', order);
}

function checkStop(book: ReferenceBook, stop: ReferenceOrder): void {
  const { lastPriceTicks: last } = book;
  const reached = stop.side === Side.Buy ? last >= stop.stopTicks : last <= stop.stopTicks;
  demand(last === 0 || !reached, 'a reached stop still waits', stop);
  demand(stop.filledLots === 0 && stop.visibleLots === 0, 'a waiting stop has traded', stop);
}

function demand(holds: boolean, broken: string, order?: ReferenceOrder): void {
  if (!holds) throw new Error(`reference: ${broken}${order ? ` (order ${order.orderId})` : ''}`);
}
