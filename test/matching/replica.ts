import { EffectKind, Reason, SIDES, type EffectCursor, type Side } from '@app/matching';

interface Resting {
  orderId: number;
  side: Side;
  priceTicks: number;
  visibleLots: number;
  remainingLots: number;
}

interface Shown {
  quantityLots: number;
  orders: number;
}

/** One market as a consumer knows it who sees nothing but its effects. */
export class Replica {
  /** Levels by price, from `level` effects alone. */
  readonly levels: [Map<number, Shown>, Map<number, Shown>] = [new Map(), new Map()];
  /** Accepted orders that have not ended: those that rest, and undefined for stops and for who is coming in. */
  readonly live = new Map<number, Resting | undefined>();
  /** Resting orders by price, each queue oldest first. */
  private readonly queues: [Map<number, Resting[]>, Map<number, Resting[]>] = [
    new Map(),
    new Map(),
  ];
  private sequence = 0;
  private trades = 0;

  /** Applies the effect that the cursor is at. @throws if it can not follow from those before. */
  apply(effect: EffectCursor): void {
    this.sequence += 1;
    demand(effect.sequence === this.sequence, `a gap before #${effect.sequence}`);
    switch (effect.kind) {
      case EffectKind.Accepted:
        demand(!this.live.has(effect.orderId), `order ${effect.orderId} is accepted twice`);
        this.live.set(effect.orderId, undefined);
        break;
      case EffectKind.Trade:
        this.trade(effect);
        break;
      case EffectKind.Rested:
        demand(!this.resting(effect.orderId), `order ${effect.orderId} rests already`);
        this.join(effect);
        break;
      case EffectKind.Replenished:
        demand(this.resting(effect.orderId)?.visibleLots === 0, 'replenished with a slice left');
        this.leave(effect.orderId);
        this.join(effect);
        break;
      case EffectKind.Reduced:
        this.reduce(effect);
        break;
      case EffectKind.Amended:
        this.amend(effect);
        break;
      case EffectKind.Cancelled:
      case EffectKind.Expired:
        this.end(effect.orderId);
        break;
      case EffectKind.Triggered:
        demand(this.live.has(effect.orderId), `stop ${effect.orderId} is not live`);
        break;
      case EffectKind.Level:
        this.level(effect);
        break;
      case EffectKind.Rejected:
      case EffectKind.Market:
        break;
    }
  }

  /** The resting orders of a side, best price first, oldest first. */
  orders(side: Side): Resting[] {
    return sorted(side, this.queues[side]).flatMap(([, queue]) => queue);
  }

  /** The levels of a side, best first. */
  depth(side: Side): [price: number, shown: Shown][] {
    return sorted(side, this.levels[side]);
  }

  private trade(effect: EffectCursor): void {
    const { makerId, takerId, quantityLots, makerRemainingLots, makerFinal, takerFinal } = effect;
    demand(effect.tradeId === ++this.trades, `a gap before trade ${effect.tradeId}`);
    const maker = this.resting(makerId);
    demand(maker !== undefined, `maker ${makerId} does not rest`);
    demand(this.live.has(takerId) && !this.resting(takerId), `taker ${takerId} is not coming in`);
    demand(maker.priceTicks === effect.priceTicks, 'a trade at another price than the maker’s');
    demand(maker.side !== effect.side, 'a trade of two orders of one side');
    demand(this.queues[maker.side].get(maker.priceTicks)?.[0] === maker, 'not the oldest maker');
    demand(maker.remainingLots - quantityLots === makerRemainingLots, 'a wrong rest of the maker');
    demand(quantityLots <= maker.visibleLots, 'a trade of more than the slice');
    demand(makerFinal === (makerRemainingLots === 0), 'maker final');
    maker.visibleLots -= quantityLots;
    maker.remainingLots = makerRemainingLots;
    if (makerFinal) this.end(makerId);
    if (takerFinal) this.end(takerId);
  }

  private join(effect: EffectCursor): void {
    const { orderId, side, priceTicks, visibleLots, remainingLots } = effect;
    demand(this.live.has(orderId), `order ${orderId} is not live`);
    demand(visibleLots >= 1 && visibleLots <= remainingLots, `the slice of ${orderId}`);
    const order: Resting = { orderId, side, priceTicks, visibleLots, remainingLots };
    const queue = this.queues[side].get(priceTicks);
    if (queue) queue.push(order);
    else this.queues[side].set(priceTicks, [order]);
    this.live.set(orderId, order);
  }

  private leave(orderId: number): void {
    const order = this.resting(orderId);
    if (!order) return;
    const queue = this.queues[order.side].get(order.priceTicks)!;
    queue.splice(queue.indexOf(order), 1);
    if (queue.length === 0) this.queues[order.side].delete(order.priceTicks);
    this.live.set(orderId, undefined);
  }

  private reduce(effect: EffectCursor): void {
    const { orderId, byLots, remainingLots, reason } = effect;
    demand(this.live.has(orderId), `order ${orderId} is not live`);
    const order = this.resting(orderId);
    if (!order) return;
    demand(order.remainingLots - byLots === remainingLots, `order ${orderId} is reduced wrongly`);
    order.remainingLots = remainingLots;
    // An amend takes the reserve first, self-trade prevention takes the slice that it met.
    if (reason === Reason.SelfTrade) order.visibleLots -= byLots;
    else order.visibleLots = Math.min(order.visibleLots, remainingLots);
  }

  private amend(effect: EffectCursor): void {
    const { orderId, priceTicks, remainingLots } = effect;
    demand(this.live.has(orderId), `order ${orderId} is not live`);
    const order = this.resting(orderId);
    const same = order?.priceTicks === priceTicks && order.remainingLots === remainingLots;
    if (order && !same) this.leave(orderId);
  }

  private end(orderId: number): void {
    demand(this.live.has(orderId), `order ${orderId} has ended already`);
    this.leave(orderId);
    this.live.delete(orderId);
  }

  private level(effect: EffectCursor): void {
    const { side, priceTicks, quantityLots, orders } = effect;
    demand((quantityLots === 0) === (orders === 0), 'a level of orders that show nothing');
    if (orders === 0) this.levels[side].delete(priceTicks);
    else this.levels[side].set(priceTicks, { quantityLots, orders });
    const bid = Math.max(...this.levels[0].keys());
    const ask = Math.min(...this.levels[1].keys());
    demand(bid < ask, `crossed after ${SIDES[side]} ${priceTicks}: ${bid} / ${ask}`);
    // What is told of a level is what the orders told so far make of it.
    const queue = this.queues[side].get(priceTicks) ?? [];
    demand(queue.length === orders, `${queue.length} orders at ${priceTicks}, told ${orders}`);
    const lots = queue.reduce((sum, order) => sum + order.visibleLots, 0);
    demand(lots === quantityLots, `${lots} lots at ${priceTicks}, told ${quantityLots}`);
  }

  private resting(orderId: number): Resting | undefined {
    return this.live.get(orderId);
  }
}

function sorted<T>(side: Side, byPrice: Map<number, T>): [number, T][] {
  return [...byPrice].sort(([a], [b]) => (side === 0 ? b - a : a - b));
}

function demand(holds: boolean, broken: string): asserts holds {
  if (!holds) throw new Error(`replica: ${broken}`);
}
