import { EffectKind, Reason, SelfTradePrevention, Side, TimeInForce } from '@app/matching';
import { crosses, hasLimit, other, wantedLots, type ReferenceOrder } from './reference-order';
import { ReferenceQueues } from './reference-queues';

/** What an incoming order does, and what the stops do after it (§3–§6, §8, §9). */
export class ReferenceMatching extends ReferenceQueues {
  /** Trades as far as it can; then what is left of the order rests or ends. */
  protected comeIn(taker: ReferenceOrder): void {
    const makers = this.side(other(taker.side));
    while (makers[0] && meets(taker, makers[0])) this.matchLevel(taker, makers[0].priceTicks);

    if (taker.selfTraded !== undefined) {
      this.end(taker, EffectKind.Cancelled, taker.selfTraded, Reason.SelfTrade);
    } else if (taker.byAmount) {
      this.settleByAmount(taker);
    } else if (taker.filled) {
      this.ids.finish(taker);
    } else if (!hasLimit(taker)) {
      this.end(taker, EffectKind.Cancelled, taker.remainingLots, Reason.NoLiquidity);
    } else if (taker.timeInForce === TimeInForce.Ioc) {
      this.end(taker, EffectKind.Cancelled, taker.remainingLots, Reason.IocRemainder);
    } else {
      this.joinTail(taker, EffectKind.Rested);
      this.emitLevel(taker.side, taker.priceTicks);
    }
  }

  private matchLevel(taker: ReferenceOrder, priceTicks: number): void {
    const makers = this.side(other(taker.side));
    let changed = false;
    while (makers[0]?.priceTicks === priceTicks && meets(taker, makers[0])) {
      const maker = makers[0];
      const own = maker.ownerId === taker.ownerId;
      if (own && taker.selfTradePrevention !== SelfTradePrevention.None) {
        if (this.preventSelfTrade(taker, maker)) changed = true;
      } else {
        this.trade(taker, maker);
        changed = true;
      }
    }
    if (changed) this.emitLevel(other(taker.side), priceTicks);
  }

  private trade(taker: ReferenceOrder, maker: ReferenceOrder): void {
    const { priceTicks } = maker;
    const quantityLots = Math.min(wantedLots(taker, priceTicks), maker.visibleLots);
    maker.visibleLots -= quantityLots;
    maker.remainingLots -= quantityLots;
    maker.filledLots += quantityLots;
    taker.filledLots += quantityLots;
    if (taker.byAmount) taker.amountLeft -= quantityLots * priceTicks;
    else taker.remainingLots -= quantityLots;
    this.lastPriceTicks = priceTicks;

    const makerFinal = maker.remainingLots === 0;
    if (makerFinal) {
      this.takeOut(maker);
      this.ids.finish(maker);
    }
    taker.filled = this.isFilled(taker);
    this.emit({
      kind: EffectKind.Trade,
      tradeId: ++this.trades,
      makerId: maker.orderId,
      takerId: taker.orderId,
      takerSide: taker.side,
      priceTicks,
      quantityLots,
      makerRemainingLots: maker.remainingLots,
      takerRemaining: taker.byAmount ? taker.amountLeft : taker.remainingLots,
      makerFinal,
      takerFinal: taker.filled,
    });
    if (!makerFinal && maker.visibleLots === 0) this.replenish(maker);
  }

  /** An order by amount is filled too when the rest buys no lot at the best opposite price. */
  private isFilled(taker: ReferenceOrder): boolean {
    if (!taker.byAmount) return taker.remainingLots === 0;
    if (taker.amountLeft === 0) return true;
    const best = this.side(other(taker.side))[0];
    return best !== undefined && wantedLots(taker, best.priceTicks) === 0;
  }

  private replenish(maker: ReferenceOrder): void {
    this.takeOut(maker);
    this.joinTail(maker, EffectKind.Replenished);
  }

  /**
   * Unless its last trade was final, the other side is empty or too dear. It may be too dear although the order has
   * traded: when self-trade prevention has cancelled what it could still buy.
   */
  private settleByAmount(taker: ReferenceOrder): void {
    const bookIsEmpty = this.side(other(taker.side)).length === 0;
    const reason = bookIsEmpty ? Reason.NoLiquidity : Reason.AmountBelowOneLot;
    if (taker.filled) this.ids.finish(taker);
    else this.end(taker, EffectKind.Cancelled, taker.amountLeft, reason);
  }

  /** §8. @returns whether the level has changed. */
  private preventSelfTrade(taker: ReferenceOrder, maker: ReferenceOrder): boolean {
    const left = taker.byAmount ? taker.amountLeft : taker.remainingLots;
    switch (taker.selfTradePrevention) {
      case SelfTradePrevention.CancelNewest:
        taker.selfTraded = left;
        return false;
      case SelfTradePrevention.CancelBoth:
        taker.selfTraded = left;
        this.end(maker, EffectKind.Cancelled, maker.remainingLots, Reason.SelfTrade);
        return true;
      case SelfTradePrevention.Decrement:
        this.decrement(taker, maker);
        return true;
      case SelfTradePrevention.CancelOldest:
        this.end(maker, EffectKind.Cancelled, maker.remainingLots, Reason.SelfTrade);
        return true;
      case SelfTradePrevention.None:
        throw new Error('nothing to prevent');
    }
  }

  private decrement(taker: ReferenceOrder, maker: ReferenceOrder): void {
    const byLots = Math.min(taker.remainingLots, maker.visibleLots);
    const reason = Reason.SelfTrade;
    maker.quantityLots -= byLots;
    maker.remainingLots -= byLots;
    maker.visibleLots -= byLots;
    if (maker.remainingLots === 0) {
      this.end(maker, EffectKind.Cancelled, byLots, reason);
    } else {
      const { orderId, remainingLots } = maker;
      this.emit({ kind: EffectKind.Reduced, orderId, byLots, remainingLots, reason });
      if (maker.visibleLots === 0) this.replenish(maker);
    }
    taker.quantityLots -= byLots;
    taker.remainingLots -= byLots;
    if (taker.remainingLots === 0) {
      taker.selfTraded = byLots;
    } else {
      const { orderId, remainingLots } = taker;
      this.emit({ kind: EffectKind.Reduced, orderId, byLots, remainingLots, reason });
    }
  }

  // Stops (§6).

  protected isReached(stop: ReferenceOrder): boolean {
    if (this.lastPriceTicks === 0) return false;
    if (stop.side === Side.Buy) return this.lastPriceTicks >= stop.stopTicks;
    return this.lastPriceTicks <= stop.stopTicks;
  }

  /** Runs the stops that the last price has reached, and those which they reach. */
  protected runStops(): void {
    const line = this.takeReachedStops();
    for (let stop = line.shift(); stop; stop = line.shift()) {
      this.fire(stop);
      line.push(...this.takeReachedStops());
    }
  }

  /** Buys by ascending stop price, then sells by descending stop price, at one price by arrival. */
  private takeReachedStops(): ReferenceOrder[] {
    const reached = this.stops.filter((stop) => this.isReached(stop));
    if (reached.length === 0) return reached;
    this.stops = this.stops.filter((stop) => !reached.includes(stop));
    const buys = reached.filter((stop) => stop.side === Side.Buy);
    const sells = reached.filter((stop) => stop.side === Side.Sell);
    buys.sort((a, b) => a.stopTicks - b.stopTicks || a.arrival - b.arrival);
    sells.sort((a, b) => b.stopTicks - a.stopTicks || a.arrival - b.arrival);
    return [...buys, ...sells];
  }

  /** From here on a STOP is a MARKET order and a STOP_LIMIT a LIMIT order. */
  protected fire(stop: ReferenceOrder): void {
    const { orderId, remainingLots } = stop;
    const isFok = stop.timeInForce === TimeInForce.Fok;
    this.emit({ kind: EffectKind.Triggered, orderId });
    if (stop.postOnly && this.wouldCross(stop.side, stop.priceTicks)) {
      this.end(stop, EffectKind.Cancelled, remainingLots, Reason.PostOnlyWouldCross);
    } else if (isFok && this.fillableLots(stop) < remainingLots) {
      this.end(stop, EffectKind.Cancelled, remainingLots, Reason.FokUnfillable);
    } else {
      this.comeIn(stop);
    }
  }
}

/** Would the incoming order, as it is now, trade with this one but for its owner? */
function meets(taker: ReferenceOrder, maker: ReferenceOrder): boolean {
  if (taker.selfTraded !== undefined) return false;
  if (hasLimit(taker) && !crosses(taker.side, taker.priceTicks, maker.priceTicks)) return false;
  return wantedLots(taker, maker.priceTicks) > 0;
}
