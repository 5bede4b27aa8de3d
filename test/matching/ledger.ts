import {
  CommandKind,
  EffectKind,
  Reason,
  type Effect,
  type MatchingEngine,
  type Side,
} from '@app/matching';
import type { Outcome, Step } from './steps';

interface Known {
  market: number;
  side: Side;
  /** Lots that are neither traded nor ended; of an order by amount always 0. */
  lots: number;
  waiting: boolean;
}

/** Lots of one side of one market. BigInt, as the sums of a stream of huge orders leave the safe integers. */
interface Account {
  submitted: bigint;
  traded: bigint;
  ended: bigint;
  reduced: bigint;
  refused: bigint;
}

/**
 * Books every lot that was ever asked for, from effects alone: what was submitted on a side has traded, ended, was
 * reduced, was refused, or is open still.
 */
export class Ledger {
  private readonly orders = new Map<number, Known>();
  private readonly accounts: [Account, Account][] = [];

  constructor(markets: number) {
    for (let market = 0; market < markets; market += 1) {
      this.accounts.push([emptyAccount(), emptyAccount()]);
    }
  }

  add(step: Step, outcome: Outcome): void {
    const command = step.call === 'execute' ? step.command : undefined;
    const placed = command?.kind === CommandKind.Place ? command.order : undefined;
    if (placed && outcome.reason !== Reason.None) {
      this.refuse(step, placed.side, placed.quantityLots);
      return;
    }
    for (const effect of outcome.effects) {
      if (effect.kind === EffectKind.Accepted && placed) {
        const { market, orderId, quantityLots: lots } = effect;
        this.orders.set(orderId, {
          market,
          side: placed.side,
          lots,
          waiting: placed.stopTicks > 0,
        });
        this.account(market, placed.side).submitted += BigInt(lots);
      } else {
        this.book(effect);
      }
    }
  }

  /** @throws if lots of a market have vanished or come from nowhere. */
  check(engine: MatchingEngine, market: number): void {
    const open: [bigint, bigint] = [0n, 0n];
    for (const side of [0, 1] as const) {
      engine.orders(market, side, (_, __, remainingLots) => {
        open[side] += BigInt(remainingLots);
      });
    }
    for (const [orderId, known] of this.orders) {
      if (!known.waiting || known.market !== market) continue;
      open[known.side] += BigInt(engine.order(orderId)?.remainingLots ?? 0);
    }
    for (const side of [0, 1] as const) {
      const { submitted, traded, ended, reduced, refused } = this.account(market, side);
      const found = traded + open[side] + ended + reduced + refused;
      if (found === submitted) continue;
      throw new Error(`side ${side}: ${submitted} lots were submitted, ${found} are accounted for`);
    }
  }

  private refuse(step: Step, side: Side, lots: number): void {
    if (step.call !== 'execute' || !Number.isSafeInteger(lots)) return;
    const account = this.accounts[step.market]?.[side];
    if (!account) return;
    account.submitted += BigInt(lots);
    account.refused += BigInt(lots);
  }

  private book(effect: Effect): void {
    switch (effect.kind) {
      case EffectKind.Trade:
        this.trade(effect.makerId, effect.quantityLots, effect.makerFinal);
        this.trade(effect.takerId, effect.quantityLots, effect.takerFinal);
        break;
      case EffectKind.Reduced: {
        const known = this.known(effect.orderId);
        known.lots -= effect.byLots;
        this.account(known.market, known.side).reduced += BigInt(effect.byLots);
        break;
      }
      case EffectKind.Amended: {
        const known = this.known(effect.orderId);
        this.account(known.market, known.side).submitted += BigInt(
          effect.remainingLots - known.lots,
        );
        known.lots = effect.remainingLots;
        break;
      }
      case EffectKind.Cancelled:
      case EffectKind.Expired: {
        const known = this.known(effect.orderId);
        this.account(known.market, known.side).ended += BigInt(known.lots);
        this.orders.delete(effect.orderId);
        break;
      }
      case EffectKind.Triggered:
        this.known(effect.orderId).waiting = false;
        break;
      case EffectKind.Accepted:
      case EffectKind.Rejected:
      case EffectKind.Rested:
      case EffectKind.Replenished:
      case EffectKind.Level:
      case EffectKind.Market:
        break;
    }
  }

  private trade(orderId: number, lots: number, final: boolean): void {
    const known = this.known(orderId);
    const account = this.account(known.market, known.side);
    account.traded += BigInt(lots);
    // An order by amount asks for lots only by trading them.
    if (known.lots === 0) account.submitted += BigInt(lots);
    else known.lots -= lots;
    if (final) this.orders.delete(orderId);
  }

  private known(orderId: number): Known {
    const known = this.orders.get(orderId);
    if (!known) throw new Error(`an effect names order ${orderId}, which is not live`);
    return known;
  }

  private account(market: number, side: Side): Account {
    return this.accounts[market]![side];
  }
}

function emptyAccount(): Account {
  return { submitted: 0n, traded: 0n, ended: 0n, reduced: 0n, refused: 0n };
}
