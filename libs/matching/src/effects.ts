import { Side, type CommandKind, type MarketState } from './commands';
import { REASONS, type Reason } from './reasons';
import { COMMAND_KINDS, MARKET_STATES, SIDES } from './names';

/** What can happen in a market. docs/matching-rules.md §9 says when each one comes and in which order. */
export const EffectKind = {
  Accepted: 0,
  Rejected: 1,
  Trade: 2,
  Rested: 3,
  Replenished: 4,
  Reduced: 5,
  Amended: 6,
  Cancelled: 7,
  Expired: 8,
  Triggered: 9,
  Level: 10,
  Market: 11,
} as const;
export type EffectKind = (typeof EffectKind)[keyof typeof EffectKind];

interface Numbered {
  /** The market's number, as openMarket gave it. */
  market: number;
  /** 1, 2, 3, … without a gap in each market. */
  sequence: number;
}

/** The command was taken; a stop that waits has no other effect. `quantityLots` is 0 for an order by amount. */
export interface Accepted extends Numbered {
  kind: typeof EffectKind.Accepted;
  orderId: number;
  quantityLots: number;
}

/** The command was refused and changed nothing. `orderId` is 0 where the command names none, or none that can be. */
export interface Rejected extends Numbered {
  kind: typeof EffectKind.Rejected;
  command: CommandKind;
  orderId: number;
  reason: Reason;
}

/** One fill, at the maker's price. An order whose `…Final` is set has ended as filled and gets no further effect. */
export interface Trade extends Numbered {
  kind: typeof EffectKind.Trade;
  /** 1, 2, 3, … without a gap in each market. */
  tradeId: number;
  makerId: number;
  takerId: number;
  takerSide: Side;
  priceTicks: number;
  quantityLots: number;
  makerRemainingLots: number;
  /** Lots; for a taker by amount what is left of it, in ticks × lots. */
  takerRemaining: number;
  makerFinal: boolean;
  takerFinal: boolean;
}

/** The order stands in its level's queue, last. `visibleLots` is less than `remainingLots` for an iceberg only. */
export interface Rested extends Numbered {
  kind: typeof EffectKind.Rested | typeof EffectKind.Replenished;
  orderId: number;
  side: Side;
  priceTicks: number;
  visibleLots: number;
  remainingLots: number;
}

/** The order became smaller and kept its place: an amend (USER), or self-trade prevention (SELF_TRADE). */
export interface Reduced extends Numbered {
  kind: typeof EffectKind.Reduced;
  orderId: number;
  byLots: number;
  remainingLots: number;
  reason: Reason;
}

/** The order has these values now. If its place is lost, RESTED says where it stands again. */
export interface Amended extends Numbered {
  kind: typeof EffectKind.Amended;
  orderId: number;
  priceTicks: number;
  /** The new total, the filled part included. */
  quantityLots: number;
  remainingLots: number;
}

/** The order has ended with `remaining` (lots; for an order by amount ticks × lots) not traded. */
export interface Ended extends Numbered {
  kind: typeof EffectKind.Cancelled | typeof EffectKind.Expired;
  orderId: number;
  remaining: number;
  reason: Reason;
}

/** The stop fired; what follows is what the order does now. */
export interface Triggered extends Numbered {
  kind: typeof EffectKind.Triggered;
  orderId: number;
}

/** A level of the public book as it is now; `quantityLots` counts what is shown, 0 with `orders` 0: the level is gone. */
export interface Level extends Numbered {
  kind: typeof EffectKind.Level;
  side: Side;
  priceTicks: number;
  quantityLots: number;
  orders: number;
}

/** The market's state or rules were set. */
export interface MarketSet extends Numbered {
  kind: typeof EffectKind.Market;
  state: MarketState;
}

export type Effect =
  Accepted | Rejected | Trade | Rested | Reduced | Amended | Ended | Triggered | Level | MarketSet;

/** One line of text an effect, for logs, examples and failing tests: `trade 1: maker 1 taker 2, 4 @ 100, left 6 / 0`. */
export function describeEffect(effect: Effect): string {
  switch (effect.kind) {
    case EffectKind.Accepted:
      return `accepted ${effect.orderId}`;
    case EffectKind.Rejected:
      return `rejected ${COMMAND_KINDS[effect.command]} ${effect.orderId}: ${REASONS[effect.reason]}`;
    case EffectKind.Trade:
      return (
        `trade ${effect.tradeId}: maker ${effect.makerId} taker ${effect.takerId} ${SIDES[effect.takerSide]}, ` +
        `${effect.quantityLots} @ ${effect.priceTicks}, left ${effect.makerRemainingLots} / ${effect.takerRemaining}` +
        `${effect.makerFinal ? ', maker final' : ''}${effect.takerFinal ? ', taker final' : ''}`
      );
    case EffectKind.Rested:
    case EffectKind.Replenished: {
      const shown =
        effect.visibleLots === effect.remainingLots
          ? `${effect.visibleLots}`
          : `${effect.visibleLots} of ${effect.remainingLots}`;
      const verb = effect.kind === EffectKind.Rested ? 'rested' : 'replenished';
      return `${verb} ${effect.orderId}: ${SIDES[effect.side]} ${shown} @ ${effect.priceTicks}`;
    }
    case EffectKind.Reduced:
      return `reduced ${effect.orderId}: by ${effect.byLots} to ${effect.remainingLots}, ${REASONS[effect.reason]}`;
    case EffectKind.Amended:
      return (
        `amended ${effect.orderId}: ${effect.remainingLots} of ${effect.quantityLots}` +
        (effect.priceTicks === 0 ? '' : ` @ ${effect.priceTicks}`)
      );
    case EffectKind.Cancelled:
      return `cancelled ${effect.orderId}: ${effect.remaining}, ${REASONS[effect.reason]}`;
    case EffectKind.Expired:
      return `expired ${effect.orderId}: ${effect.remaining}`;
    case EffectKind.Triggered:
      return `triggered ${effect.orderId}`;
    case EffectKind.Level:
      return `level ${SIDES[effect.side]} ${effect.priceTicks}: ${effect.quantityLots} in ${effect.orders}`;
    case EffectKind.Market:
      return `market ${MARKET_STATES[effect.state]}`;
  }
}
