import type { CommandKind, MarketState, Side } from './commands';
import { EffectKind, type Effect } from './effects';
import type { Reason } from './reasons';

// A record: a header, the market, its sequence, then the fields of its kind. The header packs
// kind (bits 0–3), side (4), maker final (5), taker final (6), reason (8–15) and command (16–19).
const HEADER = 0;
const MARKET = 1;
const SEQUENCE = 2;
const FIELDS = 3;
const LONGEST = 10;
const SIDE_BIT = 4;
const MAKER_FINAL = 1 << 5;
const TAKER_FINAL = 1 << 6;
const REASON_BIT = 8;
const COMMAND_BIT = 16;

// Bound once: docs/decisions/0006.
const KIND = EffectKind;

/** Words a record takes, by kind. */
const WORDS = [5, 4, 10, 7, 7, 6, 7, 5, 5, 4, 6, 4];

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

  /** Makes room for a record. @returns where it starts. */
  private room(length: number): number {
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

/**
 * Walks a log without allocating: `while (cursor.next()) switch (cursor.kind) …`. Fields that the record's kind
 * does not have are meaningless. Do not clear the log in the middle of a walk; `rewind()` after clearing.
 */
export class EffectCursor {
  kind: EffectKind = EffectKind.Accepted;
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
    this.following = this.at + (WORDS[this.kind] ?? LONGEST);
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
    if (this.kind === EffectKind.Trade) return this.word(FIELDS + 3);
    return this.word(this.kind === EffectKind.Level ? FIELDS : FIELDS + 1);
  }
  /** TRADE, LEVEL, AMENDED (the new total) and ACCEPTED. */
  get quantityLots(): number {
    if (this.kind === EffectKind.Trade) return this.word(FIELDS + 4);
    return this.word(this.kind === EffectKind.Amended ? FIELDS + 2 : FIELDS + 1);
  }
  /** RESTED and REPLENISHED. */
  get visibleLots(): number {
    return this.word(FIELDS + 2);
  }
  /** RESTED, REPLENISHED, AMENDED and REDUCED. */
  get remainingLots(): number {
    return this.word(this.kind === EffectKind.Reduced ? FIELDS + 2 : FIELDS + 3);
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
      case EffectKind.Accepted:
        return { kind, ...numbered, orderId: this.orderId, quantityLots: this.quantityLots };
      case EffectKind.Rejected: {
        const { command, orderId, reason } = this;
        return { kind, ...numbered, command, orderId, reason };
      }
      case EffectKind.Trade: {
        const { tradeId, makerId, takerId, side: takerSide, priceTicks, quantityLots } = this;
        const { makerRemainingLots, takerRemaining, makerFinal, takerFinal } = this;
        const orders = { makerId, takerId, takerSide };
        const left = { makerRemainingLots, takerRemaining, makerFinal, takerFinal };
        return { kind, ...numbered, tradeId, ...orders, priceTicks, quantityLots, ...left };
      }
      case EffectKind.Rested:
      case EffectKind.Replenished: {
        const { orderId, side, priceTicks, visibleLots, remainingLots } = this;
        return { kind, ...numbered, orderId, side, priceTicks, visibleLots, remainingLots };
      }
      case EffectKind.Reduced: {
        const { orderId, byLots, remainingLots, reason } = this;
        return { kind, ...numbered, orderId, byLots, remainingLots, reason };
      }
      case EffectKind.Amended: {
        const { orderId, priceTicks, quantityLots, remainingLots } = this;
        return { kind, ...numbered, orderId, priceTicks, quantityLots, remainingLots };
      }
      case EffectKind.Cancelled:
      case EffectKind.Expired:
        return {
          kind,
          ...numbered,
          orderId: this.orderId,
          remaining: this.remaining,
          reason: this.reason,
        };
      case EffectKind.Triggered:
        return { kind, ...numbered, orderId: this.orderId };
      case EffectKind.Level: {
        const { side, priceTicks, quantityLots, orders } = this;
        return { kind, ...numbered, side, priceTicks, quantityLots, orders };
      }
      case EffectKind.Market:
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
