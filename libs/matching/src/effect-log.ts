import type { CommandKind, MarketState, Side } from './commands';
import { EffectKind } from './effects';
import * as layout from './layout';
import type { Reason } from './reasons';

/** Words of the longest record, or of those that are written together. */
const LONGEST = 18;

// Bound once: docs/decisions/0006.
const { SIDE_BIT, MAKER_FINAL, TAKER_FINAL, REASON_BIT, COMMAND_BIT } = layout;
const KIND = EffectKind;

/**
 * The engine's sink: effects in the order in which they happen, as numbers in one array, so that writing one
 * allocates nothing. Read it with an EffectCursor (or `readEffects`) after a command or after many, then `clear()`.
 * The array grows when a reader lets it fill up, and keeps its size.
 */
export class EffectLog {
  /** Read by cursors: records one after another, up to `end`. */
  words: Float64Array;
  end = 0;
  /** The last place where the longest record has room. */
  private fullAt: number;

  /** @param capacity words to start with; a record takes 4 to 10. */
  constructor(capacity = 65_536) {
    this.words = new Float64Array(Math.max(capacity, LONGEST));
    this.fullAt = this.words.length - LONGEST;
  }

  /** Forgets what was written; sequences go on. */
  clear(): void {
    this.end = 0;
  }

  accepted(market: number, sequence: number, orderId: number, quantityLots: number): void {
    const at = this.room(5);
    const { words } = this;
    words[at] = KIND.Accepted;
    words[at + 1] = market;
    words[at + 2] = sequence;
    words[at + 3] = orderId;
    words[at + 4] = quantityLots;
  }

  rejected(
    market: number,
    sequence: number,
    command: CommandKind,
    orderId: number,
    reason: Reason,
  ): void {
    const at = this.room(4);
    const { words } = this;
    words[at] = KIND.Rejected | (reason << REASON_BIT) | (command << COMMAND_BIT);
    words[at + 1] = market;
    words[at + 2] = sequence;
    words[at + 3] = orderId;
  }

  trade(
    market: number,
    sequence: number,
    tradeId: number,
    makerId: number,
    takerId: number,
    takerSide: Side,
    priceTicks: number,
    quantityLots: number,
    makerRemainingLots: number,
    takerRemaining: number,
    takerFinal: boolean,
  ): void {
    const at = this.room(10);
    const { words } = this;
    words[at] =
      KIND.Trade |
      (takerSide << SIDE_BIT) |
      (makerRemainingLots === 0 ? MAKER_FINAL : 0) |
      (takerFinal ? TAKER_FINAL : 0);
    words[at + 1] = market;
    words[at + 2] = sequence;
    words[at + 3] = tradeId;
    words[at + 4] = makerId;
    words[at + 5] = takerId;
    words[at + 6] = priceTicks;
    words[at + 7] = quantityLots;
    words[at + 8] = makerRemainingLots;
    words[at + 9] = takerRemaining;
  }

  rested(
    market: number,
    sequence: number,
    orderId: number,
    side: Side,
    priceTicks: number,
    visibleLots: number,
    remainingLots: number,
  ): void {
    const at = this.room(7);
    const { words } = this;
    words[at] = KIND.Rested | (side << SIDE_BIT);
    words[at + 1] = market;
    words[at + 2] = sequence;
    words[at + 3] = orderId;
    words[at + 4] = priceTicks;
    words[at + 5] = visibleLots;
    words[at + 6] = remainingLots;
  }

  replenished(
    market: number,
    sequence: number,
    orderId: number,
    side: Side,
    priceTicks: number,
    visibleLots: number,
    remainingLots: number,
  ): void {
    const at = this.room(7);
    const { words } = this;
    words[at] = KIND.Replenished | (side << SIDE_BIT);
    words[at + 1] = market;
    words[at + 2] = sequence;
    words[at + 3] = orderId;
    words[at + 4] = priceTicks;
    words[at + 5] = visibleLots;
    words[at + 6] = remainingLots;
  }

  reduced(
    market: number,
    sequence: number,
    orderId: number,
    byLots: number,
    remainingLots: number,
    reason: Reason,
  ): void {
    const at = this.room(6);
    const { words } = this;
    words[at] = KIND.Reduced | (reason << REASON_BIT);
    words[at + 1] = market;
    words[at + 2] = sequence;
    words[at + 3] = orderId;
    words[at + 4] = byLots;
    words[at + 5] = remainingLots;
  }

  amended(
    market: number,
    sequence: number,
    orderId: number,
    priceTicks: number,
    quantityLots: number,
    remainingLots: number,
  ): void {
    const at = this.room(7);
    const { words } = this;
    words[at] = KIND.Amended;
    words[at + 1] = market;
    words[at + 2] = sequence;
    words[at + 3] = orderId;
    words[at + 4] = priceTicks;
    words[at + 5] = quantityLots;
    words[at + 6] = remainingLots;
  }

  cancelled(
    market: number,
    sequence: number,
    orderId: number,
    remaining: number,
    reason: Reason,
  ): void {
    const at = this.room(5);
    const { words } = this;
    words[at] = KIND.Cancelled | (reason << REASON_BIT);
    words[at + 1] = market;
    words[at + 2] = sequence;
    words[at + 3] = orderId;
    words[at + 4] = remaining;
  }

  expired(
    market: number,
    sequence: number,
    orderId: number,
    remaining: number,
    reason: Reason,
  ): void {
    const at = this.room(5);
    const { words } = this;
    words[at] = KIND.Expired | (reason << REASON_BIT);
    words[at + 1] = market;
    words[at + 2] = sequence;
    words[at + 3] = orderId;
    words[at + 4] = remaining;
  }

  triggered(market: number, sequence: number, orderId: number): void {
    const at = this.room(4);
    const { words } = this;
    words[at] = KIND.Triggered;
    words[at + 1] = market;
    words[at + 2] = sequence;
    words[at + 3] = orderId;
  }

  level(
    market: number,
    sequence: number,
    side: Side,
    priceTicks: number,
    quantityLots: number,
    orders: number,
  ): void {
    const at = this.room(6);
    const { words } = this;
    words[at] = KIND.Level | (side << SIDE_BIT);
    words[at + 1] = market;
    words[at + 2] = sequence;
    words[at + 3] = priceTicks;
    words[at + 4] = quantityLots;
    words[at + 5] = orders;
  }

  marketSet(market: number, sequence: number, state: MarketState): void {
    const at = this.room(4);
    const { words } = this;
    words[at] = KIND.Market;
    words[at + 1] = market;
    words[at + 2] = sequence;
    words[at + 3] = state;
  }

  /** Makes room for a record, or a few. @param length ≤ 18 words. @returns where it starts. */
  room(length: number): number {
    const at = this.end;
    if (at > this.fullAt) this.grow();
    this.end = at + length;
    return at;
  }

  private grow(): void {
    const grown = new Float64Array(this.words.length * 2);
    grown.set(this.words);
    this.words = grown;
    this.fullAt = grown.length - LONGEST;
  }
}
