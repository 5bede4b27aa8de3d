import { LADDER_LEVELS } from './ladder-plan';
import type { Market, Side } from './market';
import type { NewOrder } from './new-order';
import type { Random } from './random';

/** Most sizes are a part of what rests at one price, some are several times as much. */
const SIZE_SHARE = 0.22;
const SIZE_DEVIATION = 0.9;
const LARGEST_SHARE = 3;
/** Orders come in bursts in one direction. */
const BURST_CHANCE = 0.035;
const BURST_LENGTH = [4, 12] as const;
const BURST_HASTE = 4;
/** What kinds of orders there are, of 1. The rest are market orders. */
const SHARES = { sweep: 0.006, stop: 0.03, iceberg: 0.025, rest: 0.09, take: 0.2 };
/** How strongly the flow leans against what the market maker holds. */
const LEAN = 0.4;
/** The maker holds at most about this many usual sizes. */
const MAKER_LIMIT = 60;
/** The market moves with those who take, by so many steps for a usual size. */
const IMPACT = 0.15;
const SWEEP_IMPACT = 0.35;

/** What a trader sees before it decides. */
export interface TakerView {
  fair: number;
  /** What the market maker holds, in lots; negative when it is short. */
  makerHolds: number;
}

export interface Decision {
  order: NewOrder;
  /** How far the fair price goes with it, in ticks. */
  push: number;
}

/** The traders of one market who want something now: singly, in bursts, and now and then all at once. */
export class TakerFlow {
  private burst: { side: Side; left: number } | null = null;

  constructor(
    private readonly market: Market,
    /** Traders take turns. */
    private readonly users: readonly number[],
    private readonly random: Random,
  ) {
    if (users.length === 0) throw new Error('nobody trades');
  }

  /** @returns seconds until the next order. */
  gap(meanSeconds: number): number {
    return this.random.exponential(this.burst === null ? meanSeconds : meanSeconds / BURST_HASTE);
  }

  decide(view: TakerView): Decision {
    const side = this.side(view);
    const sign = side === 'BUY' ? 1 : -1;
    const userId = this.users[this.random.between(0, this.users.length - 1)] ?? 0;
    const quantity = this.quantity();
    const common = { userId, side, quantity };
    const priceAt = (steps: number): number =>
      Math.max(1, Math.round(view.fair + sign * steps * this.market.step));
    const pushed = sign * IMPACT * this.market.step * (quantity / this.market.size);

    let drawn = this.random.next();
    const falls = (share: number): boolean => {
      drawn -= share;
      return drawn < 0;
    };
    if (falls(SHARES.sweep)) return this.sweep(common, sign);
    if (falls(SHARES.stop)) {
      const stopPrice = priceAt(this.random.between(4, 14));
      const seconds = this.random.between(40, 120);
      return { order: { ...common, kind: 'STOP', stopPrice, seconds }, push: 0 };
    }
    if (falls(SHARES.iceberg)) {
      const total = Math.max(2, quantity * this.random.between(4, 8));
      const shown = Math.max(1, Math.ceil(total / 6));
      const price = priceAt(-this.random.between(1, 4));
      const seconds = this.random.between(20, 60);
      const order = { ...common, kind: 'REST' as const, quantity: total, price, seconds };
      return { order: shown < total ? { ...order, shown } : order, push: 0 };
    }
    if (falls(SHARES.rest)) {
      const price = priceAt(-(0.3 + 6 * this.random.next() ** 2));
      const seconds = this.random.between(10, 40);
      return { order: { ...common, kind: 'REST', price, seconds }, push: 0 };
    }
    if (falls(SHARES.take)) {
      const price = priceAt(1 + 2 * this.random.next());
      return { order: { ...common, kind: 'TAKE', price }, push: pushed };
    }
    return { order: { ...common, kind: 'MARKET' }, push: pushed };
  }

  /** Takes a good part of what the maker shows on one side. */
  private sweep(common: { userId: number; side: Side }, sign: number): Decision {
    const levels = this.random.between(4, LADDER_LEVELS / 2 - 1);
    const quantity = Math.max(1, Math.round(levels * this.market.size * 0.7));
    const push = sign * SWEEP_IMPACT * levels * this.market.step;
    return { order: { ...common, kind: 'MARKET', quantity }, push };
  }

  private quantity(): number {
    const median = this.market.size * SIZE_SHARE;
    const drawn = this.random.logNormal(median, SIZE_DEVIATION);
    return Math.max(1, Math.round(Math.min(drawn, LARGEST_SHARE * this.market.size)));
  }

  private side({ makerHolds }: TakerView): Side {
    const full = makerHolds / (MAKER_LIMIT * this.market.size);
    // Beyond its limit the maker is only traded back.
    if (Math.abs(full) >= 1) {
      this.burst = null;
      return full > 0 ? 'BUY' : 'SELL';
    }
    if (this.burst !== null) {
      const { side, left } = this.burst;
      this.burst = left > 1 ? { side, left: left - 1 } : null;
      return side;
    }
    const side = this.random.chance(0.5 + LEAN * full) ? 'BUY' : 'SELL';
    if (this.random.chance(BURST_CHANCE)) {
      this.burst = { side, left: this.random.between(...BURST_LENGTH) };
    }
    return side;
  }
}
