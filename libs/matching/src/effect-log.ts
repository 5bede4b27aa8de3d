import type { CommandKind, MarketState, Side } from './commands';
import { EffectKind } from './effects';
import * as layout from './layout';
import type { Reason } from './reasons';

/** Words of the longest record, or of those that are written together. */
const LONGEST = 18;

// Bound once: docs/decisions/0006.
const { EFFECT_WORDS, INDEX, HEADER, MARKET, SEQUENCE, FIELDS } = layout;
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
    const at = this.start(KIND.Accepted, 0, market, sequence);
    const { words } = this;
    words[at] = orderId;
    words[at + 1] = quantityLots;
  }

  rejected(
    market: number,
    sequence: number,
    command: CommandKind,
    orderId: number,
    reason: Reason,
  ): void {
    const at = this.start(
      KIND.Rejected,
      (reason << REASON_BIT) | (command << COMMAND_BIT),
      market,
      sequence,
    );
    const { words } = this;
    words[at] = orderId;
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
    const bits =
      (takerSide << SIDE_BIT) |
      (makerRemainingLots === 0 ? MAKER_FINAL : 0) |
      (takerFinal ? TAKER_FINAL : 0);
    const at = this.start(KIND.Trade, bits, market, sequence);
    const { words } = this;
    words[at] = tradeId;
    words[at + 1] = makerId;
    words[at + 2] = takerId;
    words[at + 3] = priceTicks;
    words[at + 4] = quantityLots;
    words[at + 5] = makerRemainingLots;
    words[at + 6] = takerRemaining;
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
    const at = this.start(KIND.Rested, side << SIDE_BIT, market, sequence);
    const { words } = this;
    words[at] = orderId;
    words[at + 1] = priceTicks;
    words[at + 2] = visibleLots;
    words[at + 3] = remainingLots;
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
    const at = this.start(KIND.Replenished, side << SIDE_BIT, market, sequence);
    const { words } = this;
    words[at] = orderId;
    words[at + 1] = priceTicks;
    words[at + 2] = visibleLots;
    words[at + 3] = remainingLots;
  }

  reduced(
    market: number,
    sequence: number,
    orderId: number,
    byLots: number,
    remainingLots: number,
    reason: Reason,
  ): void {
    const at = this.start(KIND.Reduced, reason << REASON_BIT, market, sequence);
    const { words } = this;
    words[at] = orderId;
    words[at + 1] = byLots;
    words[at + 2] = remainingLots;
  }

  amended(
    market: number,
    sequence: number,
    orderId: number,
    priceTicks: number,
    quantityLots: number,
    remainingLots: number,
  ): void {
    const at = this.start(KIND.Amended, 0, market, sequence);
    const { words } = this;
    words[at] = orderId;
    words[at + 1] = priceTicks;
    words[at + 2] = quantityLots;
    words[at + 3] = remainingLots;
  }

  cancelled(
    market: number,
    sequence: number,
    orderId: number,
    remaining: number,
    reason: Reason,
  ): void {
    const at = this.start(KIND.Cancelled, reason << REASON_BIT, market, sequence);
    const { words } = this;
    words[at] = orderId;
    words[at + 1] = remaining;
  }

  expired(
    market: number,
    sequence: number,
    orderId: number,
    remaining: number,
    reason: Reason,
  ): void {
    const at = this.start(KIND.Expired, reason << REASON_BIT, market, sequence);
    const { words } = this;
    words[at] = orderId;
    words[at + 1] = remaining;
  }

  triggered(market: number, sequence: number, orderId: number): void {
    const at = this.start(KIND.Triggered, 0, market, sequence);
    const { words } = this;
    words[at] = orderId;
  }

  level(
    market: number,
    sequence: number,
    side: Side,
    priceTicks: number,
    quantityLots: number,
    orders: number,
  ): void {
    const at = this.start(KIND.Level, side << SIDE_BIT, market, sequence);
    const { words } = this;
    words[at] = priceTicks;
    words[at + 1] = quantityLots;
    words[at + 2] = orders;
  }

  marketSet(market: number, sequence: number, state: MarketState): void {
    const at = this.start(KIND.Market, 0, market, sequence);
    const { words } = this;
    words[at] = state;
  }

  /** Writes what every record begins with. @returns where its own fields go. */
  private start(kind: EffectKind, bits: number, market: number, sequence: number): number {
    const at = this.room(EFFECT_WORDS[kind]);
    const { words } = this;
    words[at + HEADER] = kind | bits;
    words[at + MARKET] = market;
    words[at + SEQUENCE] = sequence;
    return at + FIELDS;
  }

  /** Makes room for a record, or a few. @param length ≤ 18 words. @returns where it starts. */
  room(length: number): number {
    const at = this.end;
    if (at > this.fullAt) this.grow();
    this.end = at + length;
    return at & INDEX;
  }

  /** @throws RangeError if no reader has cleared it for a billion words. */
  private grow(): void {
    if (this.words.length * 2 > INDEX) throw new RangeError('The effect log is full');
    const grown = new Float64Array(this.words.length * 2);
    grown.set(this.words);
    this.words = grown;
    this.fullAt = grown.length - LONGEST;
  }
}
