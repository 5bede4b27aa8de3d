import {
  CommandKind,
  EffectKind,
  Reason,
  type Command,
  type Effect,
  type MarketRules,
  type MarketState,
  type PlaceOrder,
} from '@app/matching';
import {
  refusalOfAmend,
  refusalOfCancel,
  refusalOfCancelAll,
  refusalOfExpire,
  refusalOfNewValues,
  refusalOfPlace,
  refusalOfRules,
  refusalOfState,
} from './reference-checks';
import { ReferenceMatching } from './reference-matching';
import { isStop, newOrder, plain, type ReferenceOrder } from './reference-order';

export interface Answer {
  reason: Reason;
  effects: Effect[];
}

/**
 * One market, written from docs/matching-rules.md alone, to be read beside it and slow: sorted arrays and nothing
 * clever. The engine is tested against it. The commands stand here (§7, §10, §11), the matching in the class it extends.
 */
export class ReferenceBook extends ReferenceMatching {
  private arrivals = 0;

  /** A refusal has its reason and one `rejected`; otherwise the reason is None. */
  execute(command: Command): Answer {
    this.effects = [];
    const reason = this.run(command);
    if (reason) {
      const orderId = orderIdOf(command);
      this.emit({ kind: EffectKind.Rejected, command: command.kind, orderId, reason });
    }
    return { reason, effects: this.effects };
  }

  private run(command: Command): Reason {
    switch (command.kind) {
      case CommandKind.Place:
        return this.place(command.order);
      case CommandKind.Cancel:
        return this.cancel(command.orderId);
      case CommandKind.CancelAll:
        return this.cancelAll(command.ownerId);
      case CommandKind.Amend:
        return this.amend(command.orderId, command.priceTicks, command.quantityLots);
      case CommandKind.Expire:
        return this.expire(command.nowMs);
      case CommandKind.SetState:
        return this.setState(command.state);
      case CommandKind.SetRules:
        return this.setRules(command.rules);
    }
  }

  private place(request: Readonly<PlaceOrder>): Reason {
    const refusal = refusalOfPlace(this, request);
    if (refusal) return refusal;
    const order = newOrder(request, this.market, ++this.arrivals);
    const { orderId, quantityLots } = order;
    this.ids.add(order);
    this.emit({ kind: EffectKind.Accepted, orderId, quantityLots });
    if (!isStop(order)) this.comeIn(order);
    else if (this.isReached(order)) this.fire(order);
    else this.stops.push(order);
    this.runStops();
    return Reason.None;
  }

  private cancel(orderId: number): Reason {
    const refusal = refusalOfCancel(this, orderId);
    if (refusal) return refusal;
    this.endOutsideAMatch(this.ids.find(orderId)!, EffectKind.Cancelled, Reason.User);
    return Reason.None;
  }

  private cancelAll(ownerId: number): Reason {
    const refusal = refusalOfCancelAll(this, ownerId);
    if (refusal) return refusal;
    const theirs = this.liveOrders().filter((order) => order.ownerId === ownerId);
    theirs.sort((a, b) => a.orderId - b.orderId);
    for (const order of theirs) this.endOutsideAMatch(order, EffectKind.Cancelled, Reason.User);
    return Reason.None;
  }

  private amend(orderId: number, newPrice: number, newTotal: number): Reason {
    const refusal = refusalOfAmend(this, orderId, newPrice, newTotal);
    if (refusal) return refusal;
    const order = this.ids.find(orderId)!;
    const priceTicks = newPrice || order.priceTicks;
    const quantityLots = newTotal || order.quantityLots;
    if (quantityLots <= order.filledLots) {
      this.endOutsideAMatch(order, EffectKind.Cancelled, Reason.AmendedBelowFilled);
      return Reason.None;
    }
    const brokenRule = refusalOfNewValues(this, order, priceTicks, quantityLots);
    if (brokenRule) return brokenRule;
    this.applyAmend(order, priceTicks, quantityLots);
    return Reason.None;
  }

  private applyAmend(order: ReferenceOrder, priceTicks: number, quantityLots: number): void {
    const { orderId, priceTicks: oldPrice } = order;
    const byLots = order.quantityLots - quantityLots;
    const remainingLots = order.remainingLots - byLots;
    order.priceTicks = priceTicks;
    order.quantityLots = quantityLots;
    order.remainingLots = remainingLots;
    const unchanged = priceTicks === oldPrice && byLots === 0;
    const smaller = priceTicks === oldPrice && byLots > 0;
    if (smaller && !this.isWaiting(order)) {
      // Hidden quantity goes first.
      order.visibleLots = Math.min(order.visibleLots, remainingLots);
      this.emit({ kind: EffectKind.Reduced, orderId, byLots, remainingLots, reason: Reason.User });
      this.emitLevel(order.side, priceTicks);
      return;
    }
    this.emit({ kind: EffectKind.Amended, orderId, priceTicks, quantityLots, remainingLots });
    if (unchanged || this.isWaiting(order)) return;
    this.takeOut(order);
    this.emitLevel(order.side, oldPrice);
    this.comeIn(order);
    this.runStops();
  }

  private expire(nowMs: number): Reason {
    const refusal = refusalOfExpire(nowMs);
    if (refusal) return refusal;
    this.clockMs = Math.max(this.clockMs, nowMs);
    const ended = this.liveOrders().filter(
      (order) => order.expiresAtMs > 0 && order.expiresAtMs <= this.clockMs,
    );
    ended.sort((a, b) => a.expiresAtMs - b.expiresAtMs || a.arrival - b.arrival);
    for (const order of ended) this.endOutsideAMatch(order, EffectKind.Expired, Reason.Expired);
    return Reason.None;
  }

  private setState(state: MarketState): Reason {
    const refusal = refusalOfState(state);
    if (refusal) return refusal;
    this.state = plain(state);
    this.emit({ kind: EffectKind.Market, state: this.state });
    return Reason.None;
  }

  private setRules(rules: Readonly<MarketRules>): Reason {
    const refusal = refusalOfRules(rules);
    if (refusal) return refusal;
    const { minPriceTicks, maxPriceTicks, minQuantityLots, maxQuantityLots } = rules;
    this.rules = { minPriceTicks, maxPriceTicks, minQuantityLots, maxQuantityLots };
    this.emit({ kind: EffectKind.Market, state: this.state });
    return Reason.None;
  }

  /** A resting order leaves a level, which is told; a waiting stop stands in none. */
  private endOutsideAMatch(
    order: ReferenceOrder,
    kind: typeof EffectKind.Cancelled | typeof EffectKind.Expired,
    reason: Reason,
  ): void {
    const rested = !this.isWaiting(order);
    this.end(order, kind, order.remainingLots, reason);
    if (rested) this.emitLevel(order.side, order.priceTicks);
  }
}

/** What `rejected` names: the id as the command gave it, 0 where it gives none, or nothing that can be one. */
export function orderIdOf(command: Command): number {
  switch (command.kind) {
    case CommandKind.Place:
      return idOrNone(command.order.orderId);
    case CommandKind.Cancel:
    case CommandKind.Amend:
      return idOrNone(command.orderId);
    case CommandKind.CancelAll:
    case CommandKind.Expire:
    case CommandKind.SetState:
    case CommandKind.SetRules:
      return 0;
  }
}

function idOrNone(orderId: number): number {
  return Number.isSafeInteger(orderId) && orderId >= 1 ? orderId : 0;
}
