import type { CommandKind, MarketState, Side } from './commands';
import type { EffectLog } from './effect-log';
import { EffectKind, type Effect } from './effects';
import * as layout from './layout';
import type { Reason } from './reasons';

// Bound once: docs/decisions/0006.
const { EFFECT_WORDS, HEADER, MARKET, SEQUENCE, FIELDS } = layout;
const { SIDE_BIT, MAKER_FINAL, TAKER_FINAL, REASON_BIT, COMMAND_BIT } = layout;
const KIND = EffectKind;

/**
 * Walks a log without allocating: `while (cursor.next()) switch (cursor.kind) …`. Fields that the record's kind
 * does not have are meaningless. Do not clear the log in the middle of a walk; `rewind()` after clearing.
 */
export class EffectCursor {
  kind: EffectKind = KIND.Accepted;
  private at = 0;
  private following = 0;
  private header = 0;

  constructor(private readonly log: EffectLog) {}

  /** Moves to the next record. @returns false at the end of what has been written so far. */
  next(): boolean {
    if (this.following >= this.log.end) return false;
    this.at = this.following;
    this.header = this.word(HEADER);
    this.kind = (this.header & 15) as EffectKind;
    this.following = this.at + EFFECT_WORDS[this.kind];
    return true;
  }

  /** Back to the first record. */
  rewind(): void {
    this.following = 0;
  }

  get market(): number {
    return this.word(MARKET);
  }
  get sequence(): number {
    return this.word(SEQUENCE);
  }
  get side(): Side {
    return ((this.header >> SIDE_BIT) & 1) as Side;
  }
  get reason(): Reason {
    return ((this.header >> REASON_BIT) & 255) as Reason;
  }
  get command(): CommandKind {
    return ((this.header >> COMMAND_BIT) & 15) as CommandKind;
  }
  /** All kinds but TRADE, LEVEL and MARKET. */
  get orderId(): number {
    return this.word(FIELDS);
  }
  get tradeId(): number {
    return this.word(FIELDS);
  }
  get makerId(): number {
    return this.word(FIELDS + 1);
  }
  get takerId(): number {
    return this.word(FIELDS + 2);
  }
  get makerFinal(): boolean {
    return (this.header & MAKER_FINAL) !== 0;
  }
  get takerFinal(): boolean {
    return (this.header & TAKER_FINAL) !== 0;
  }
  get makerRemainingLots(): number {
    return this.word(FIELDS + 5);
  }
  get takerRemaining(): number {
    return this.word(FIELDS + 6);
  }
  /** TRADE, LEVEL, RESTED, REPLENISHED, AMENDED. */
  get priceTicks(): number {
    if (this.kind === KIND.Trade) return this.word(FIELDS + 3);
    return this.word(this.kind === KIND.Level ? FIELDS : FIELDS + 1);
  }
  /** TRADE, LEVEL, AMENDED (the new total) and ACCEPTED. */
  get quantityLots(): number {
    if (this.kind === KIND.Trade) return this.word(FIELDS + 4);
    return this.word(this.kind === KIND.Amended ? FIELDS + 2 : FIELDS + 1);
  }
  /** RESTED and REPLENISHED. */
  get visibleLots(): number {
    return this.word(FIELDS + 2);
  }
  /** RESTED, REPLENISHED, AMENDED and REDUCED. */
  get remainingLots(): number {
    return this.word(this.kind === KIND.Reduced ? FIELDS + 2 : FIELDS + 3);
  }
  /** REDUCED. */
  get byLots(): number {
    return this.word(FIELDS + 1);
  }
  /** CANCELLED and EXPIRED: lots, or ticks × lots for an order by amount. */
  get remaining(): number {
    return this.word(FIELDS + 1);
  }
  /** LEVEL: orders at the price. */
  get orders(): number {
    return this.word(FIELDS + 2);
  }
  /** MARKET. */
  get state(): MarketState {
    return this.word(FIELDS) as MarketState;
  }

  /** The record as an object of its own. */
  effect(): Effect {
    const { kind, market, sequence } = this;
    const numbered = { market, sequence };
    switch (kind) {
      case KIND.Accepted:
        return { kind, ...numbered, orderId: this.orderId, quantityLots: this.quantityLots };
      case KIND.Rejected: {
        const { command, orderId, reason } = this;
        return { kind, ...numbered, command, orderId, reason };
      }
      case KIND.Trade: {
        const { tradeId, makerId, takerId, side: takerSide, priceTicks, quantityLots } = this;
        const { makerRemainingLots, takerRemaining, makerFinal, takerFinal } = this;
        const orders = { makerId, takerId, takerSide };
        const left = { makerRemainingLots, takerRemaining, makerFinal, takerFinal };
        return { kind, ...numbered, tradeId, ...orders, priceTicks, quantityLots, ...left };
      }
      case KIND.Rested:
      case KIND.Replenished: {
        const { orderId, side, priceTicks, visibleLots, remainingLots } = this;
        return { kind, ...numbered, orderId, side, priceTicks, visibleLots, remainingLots };
      }
      case KIND.Reduced: {
        const { orderId, byLots, remainingLots, reason } = this;
        return { kind, ...numbered, orderId, byLots, remainingLots, reason };
      }
      case KIND.Amended: {
        const { orderId, priceTicks, quantityLots, remainingLots } = this;
        return { kind, ...numbered, orderId, priceTicks, quantityLots, remainingLots };
      }
      case KIND.Cancelled:
      case KIND.Expired:
        return {
          kind,
          ...numbered,
          orderId: this.orderId,
          remaining: this.remaining,
          reason: this.reason,
        };
      case KIND.Triggered:
        return { kind, ...numbered, orderId: this.orderId };
      case KIND.Level: {
        const { side, priceTicks, quantityLots, orders } = this;
        return { kind, ...numbered, side, priceTicks, quantityLots, orders };
      }
      case KIND.Market:
        return { kind, ...numbered, state: this.state };
    }
  }

  private word(offset: number): number {
    return this.log.words[this.at + offset] ?? 0;
  }
}

/** All effects in the log as objects: for tests, tools and callers in no hurry. */
export function readEffects(log: EffectLog): Effect[] {
  const cursor = new EffectCursor(log);
  const effects: Effect[] = [];
  while (cursor.next()) effects.push(cursor.effect());
  return effects;
}
