import {
  EffectKind,
  MarketState,
  SelfTradePrevention,
  Side,
  type Effect,
  type MarketRules,
  type PlaceOrder,
  type Reason,
} from '@app/matching';
import { crosses, hasLimit, other, sliceOf, type ReferenceOrder } from './reference-order';

/** What the markets of an engine share: an id is used once, wherever. */
export interface ReferenceIds {
  isUsed(orderId: number): boolean;
  /** @returns the live order, whichever market it is in. */
  find(orderId: number): ReferenceOrder | undefined;
  add(order: ReferenceOrder): void;
  finish(order: ReferenceOrder): void;
}

type WithoutNumbers<E> = E extends Effect ? Omit<E, 'market' | 'sequence'> : never;

/** The state of one market in plain arrays, what can be read from it, and the effects of the command at hand. */
export class ReferenceQueues {
  /** Resting orders, best price first, at one price oldest first. */
  readonly bids: ReferenceOrder[] = [];
  readonly asks: ReferenceOrder[] = [];
  /** Waiting stops by arrival. */
  stops: ReferenceOrder[] = [];
  state: MarketState = MarketState.Trading;
  rules: MarketRules;
  /** 0 before the first trade. */
  lastPriceTicks = 0;
  clockMs = 0;
  /** Of the latest effect. */
  sequence = 0;
  trades = 0;
  protected effects: Effect[] = [];

  constructor(
    readonly market: number,
    readonly ids: ReferenceIds,
    rules: Readonly<MarketRules>,
  ) {
    this.rules = { ...rules };
  }

  side(side: Side): ReferenceOrder[] {
    return side === Side.Buy ? this.bids : this.asks;
  }

  liveOrders(): ReferenceOrder[] {
    return [...this.bids, ...this.asks, ...this.stops];
  }

  isWaiting(order: ReferenceOrder): boolean {
    return this.stops.includes(order);
  }

  wouldCross(side: Side, limitTicks: number): boolean {
    const best = this.side(other(side))[0];
    return best !== undefined && crosses(side, limitTicks, best.priceTicks);
  }

  /** Open lots of a side: resting orders, hidden quantity too, and waiting stops. */
  openLots(side: Side): number {
    let lots = 0;
    for (const order of this.side(side)) lots += order.remainingLots;
    for (const stop of this.stops) if (stop.side === side) lots += stop.remainingLots;
    return lots;
  }

  /** What a FOK order could really trade (§4, §8). */
  fillableLots(
    taker: Pick<PlaceOrder, 'side' | 'type' | 'ownerId' | 'priceTicks' | 'selfTradePrevention'>,
  ): number {
    const mode = taker.selfTradePrevention;
    const isOwn = (maker: ReferenceOrder): boolean => maker.ownerId === taker.ownerId;
    const within = this.side(other(taker.side)).filter(
      (maker) => !hasLimit(taker) || crosses(taker.side, taker.priceTicks, maker.priceTicks),
    );
    const firstOwn = within.findIndex(isOwn);
    if (mode === SelfTradePrevention.None || firstOwn === -1) return remainingOf(within);
    if (mode === SelfTradePrevention.CancelOldest) {
      return remainingOf(within.filter((maker) => !isOwn(maker)));
    }
    const atItsPrice = (maker: ReferenceOrder): boolean =>
      maker.priceTicks === within[firstOwn]!.priceTicks;
    const before = within.slice(0, firstOwn);
    const better = before.filter((maker) => !atItsPrice(maker));
    const slices = before.filter(atItsPrice).reduce((lots, maker) => lots + maker.visibleLots, 0);
    return remainingOf(better) + slices;
  }

  protected emit(effect: WithoutNumbers<Effect>): void {
    this.effects.push({ ...effect, market: this.market, sequence: ++this.sequence });
  }

  /** Tells what is shown at a price now; 0 in 0: the level is gone. */
  protected emitLevel(side: Side, priceTicks: number): void {
    const there = this.side(side).filter((order) => order.priceTicks === priceTicks);
    const quantityLots = there.reduce((lots, order) => lots + order.visibleLots, 0);
    const orders = there.length;
    this.emit({ kind: EffectKind.Level, side, priceTicks, quantityLots, orders });
  }

  /** Puts an order, with a fresh slice, behind all others of its price. */
  protected joinTail(
    order: ReferenceOrder,
    kind: typeof EffectKind.Rested | typeof EffectKind.Replenished,
  ): void {
    const { orderId, side, priceTicks, remainingLots } = order;
    const queue = this.side(side);
    const isBehind = (there: ReferenceOrder): boolean =>
      there.priceTicks !== priceTicks && crosses(side, priceTicks, there.priceTicks);
    const at = queue.findIndex(isBehind);
    order.visibleLots = sliceOf(order);
    queue.splice(at === -1 ? queue.length : at, 0, order);
    this.emit({ kind, orderId, side, priceTicks, visibleLots: order.visibleLots, remainingLots });
  }

  /** Takes an order out of its queue, or out of the waiting stops. */
  protected takeOut(order: ReferenceOrder): void {
    const queue = this.isWaiting(order) ? this.stops : this.side(order.side);
    const at = queue.indexOf(order);
    if (at !== -1) queue.splice(at, 1);
    order.visibleLots = 0;
  }

  /** Ends a live order, wherever it is, with the one effect that says so. */
  protected end(
    order: ReferenceOrder,
    kind: typeof EffectKind.Cancelled | typeof EffectKind.Expired,
    remaining: number,
    reason: Reason,
  ): void {
    this.takeOut(order);
    this.ids.finish(order);
    this.emit({ kind, orderId: order.orderId, remaining, reason });
  }
}

function remainingOf(orders: ReferenceOrder[]): number {
  return orders.reduce((lots, order) => lots + order.remainingLots, 0);
}
