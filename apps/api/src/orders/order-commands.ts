import type { OrderDto } from '@app/contracts';

/** A valid order that is to be stored. */
export interface NewOrder {
  userId: number;
  item: string;
  /** Decimal string with two decimals. */
  amount: string;
}

/** Stores an order and tells the matcher. */
export interface PlaceOrder {
  type: 'place';
  order: NewOrder;
  requestId: string;
}

/** Tells the matcher that a client wants an order cancelled. */
export interface CancelOrder {
  type: 'cancel';
  order: OrderDto & { createdAtMs: number };
  requestId: string;
}

export type OrderCommand = PlaceOrder | CancelOrder;
