import type { OrderAmendRequested } from '@app/contracts';
import type { ProblemException } from '@app/platform';
import type { NewOrder, StoredOrder } from './stored-order';

/** Stores an order and tells the matcher, unless the same request has done so before. */
export interface PlaceOrder {
  type: 'place';
  order: NewOrder;
}

/** Tells the matcher that a client wants an order cancelled. */
export interface CancelOrder {
  type: 'cancel';
  order: StoredOrder;
}

/** Tells the matcher that a client wants a book order changed. */
export interface AmendOrder {
  type: 'amend';
  order: StoredOrder;
  amend: OrderAmendRequested['amend'];
}

export type OrderCommand = PlaceOrder | CancelOrder | AmendOrder;

/** Commands of one request: they are written in one transaction. */
export interface CommandUnit {
  commands: readonly OrderCommand[];
  /** Whether one command that is refused keeps the others from being written. */
  atomic: boolean;
  requestId: string;
}

/** What has become of a command. */
export type Outcome =
  /** The order it is about, as it was stored or as it was before. */
  | { result: 'WRITTEN'; order: StoredOrder }
  /** The same request has placed an order before: its id. Nothing was written. */
  | { result: 'REPLAYED'; id: number }
  | { result: 'REFUSED'; problem: ProblemException }
  /** Another command of its atomic unit was refused. */
  | { result: 'LEFT_OUT' };
