import type { components } from './api-schema';
import type { ChannelLink } from './channel';
import { BAD_PAYLOAD, type Fault } from './faults';
import type { DeltaMessage, OrdersPayload, SnapshotMessage } from './messages';
import { StateChannel } from './state-channel';

type Schemas = components['schemas'];
type Order = Schemas['OrderDto'] | Schemas['BookOrderDto'];

/** `orders:{user_id}`: keeps the orders that can still change. */
export class OrdersChannel extends StateChannel<[orders: readonly Order[], reset: boolean]> {
  /** Null before the first snapshot is whole. */
  private working: Map<number, Order> | null = null;
  /** Where a client that breaks off now would resume; a snapshot counts once all its parts are there. */
  private told: number | null = null;
  /** What came of a snapshot in parts. */
  private parts: Order[] | null = null;

  constructor(userId: number, link: ChannelLink) {
    super(`orders:${userId}`, link);
  }

  override disconnected(): void {
    this.parts = null;
    super.disconnected();
  }

  protected begin(message: SnapshotMessage): Fault | null {
    if (!('orders' in message)) return BAD_PAYLOAD;
    this.parts = [];
    return this.takePart(this.parts, message);
  }

  protected follow(message: DeltaMessage): Fault | null {
    if (!('orders' in message)) return BAD_PAYLOAD;
    if (this.parts !== null) return this.takePart(this.parts, message);
    if (this.working === null) return BAD_PAYLOAD;
    keepWorking(this.working, message.orders);
    this.told = message.seq;
    if (message.orders.length > 0) this.tell(message.orders, false);
    return null;
  }

  protected resumeFrom(): number | null {
    return this.told;
  }

  protected forget(): void {
    this.working = null;
    this.told = null;
    this.parts = null;
  }

  protected override doubt(): void {
    this.parts = null;
  }

  protected whole(): [readonly Order[], boolean] | null {
    return this.working === null ? null : [[...this.working.values()], true];
  }

  private takePart(parts: Order[], { orders, more, seq }: OrdersPayload & { seq: number }): null {
    parts.push(...orders);
    if (more === true) return null;
    this.parts = null;
    this.working = new Map();
    keepWorking(this.working, parts);
    this.told = seq;
    this.tell(parts, true);
    return null;
  }
}

function keepWorking(working: Map<number, Order>, orders: readonly Order[]): void {
  for (const order of orders) {
    if (order.status === 'OPEN' || order.status === 'PARTIALLY_FILLED')
      working.set(order.id, order);
    else working.delete(order.id);
  }
}
