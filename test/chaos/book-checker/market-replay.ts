import {
  CommandKind,
  type Effect,
  EffectKind,
  MARKET_STATES,
  type MarketState,
  OPEN_RULES,
  ORDER_TYPES,
  PlaceOrder,
  REASONS,
  SELF_TRADE_PREVENTIONS,
  Side,
  SIDES,
  TIMES_IN_FORCE,
  type Command,
} from '@app/matching';
import { ReferenceBook } from '../../matching/reference-book';
import type { ReferenceIds } from '../../matching/reference-queues';
import { countOf, tickLotsOf } from './decimals';
import type { LoggedEvent } from './order-log';
import type { BookRow, OrderRow, TradeRow, Units } from './stored-rows';

/** An order as `order.events` carries it; all texts. */
interface LoggedOrder {
  id: number;
  user_id: number;
  item: string;
  created_at: string;
  amount?: string;
  side: string;
  type: string;
  time_in_force: string;
  price?: string;
  quantity?: string;
  stop_price?: string;
  display_quantity?: string;
  post_only?: boolean;
  self_trade_prevention?: string;
  expires_at?: string;
}

interface LoggedMarket {
  tick_size: string;
  lot_size: string;
  state: string;
  min_price?: string;
  max_price?: string;
  min_quantity?: string;
  max_quantity?: string;
}

const DEFAULT_UNITS: Units = { tick: '0.01', lot: '0.0001' };

/**
 * The events of one item, carried out by the slow reference book of test/matching, which is written from the rules
 * alone. What it says of orders and trades is what the tables must have.
 */
export class MarketReplay {
  readonly orders = new Map<number, OrderRow>();
  readonly trades: TradeRow[] = [];
  readonly faults: string[] = [];
  private readonly book: ReferenceBook;
  private units: Units;
  private commandSequence = 0;

  constructor(
    private readonly item: string,
    /** Unlike that of any other market with these ids. */
    market: number,
    ids: ReferenceIds,
    units: Units | undefined,
  ) {
    this.book = new ReferenceBook(market, ids, OPEN_RULES);
    this.units = units ?? DEFAULT_UNITS;
  }

  apply(event: LoggedEvent): void {
    switch (event.type) {
      case 'ORDER_PLACED':
        this.place(event.value.order as LoggedOrder, event);
        break;
      case 'ORDER_CANCEL_REQUESTED':
      case 'ORDER_AMEND_REQUESTED':
        this.change((event.value.order as LoggedOrder).id, event);
        break;
      case 'MARKET_TIME_REACHED':
        this.run({ kind: CommandKind.Expire, nowMs: Date.parse(String(event.value.time)) }, event);
        break;
      case 'MARKET_CHANGED':
        this.setMarket(event.value.market as LoggedMarket, event);
        break;
      default:
        this.faults.push(`${event.item}: an event of type ${event.type}`);
    }
  }

  /** What the row in `books` must be; null while there has been nothing to write. */
  bookRow(): BookRow | null {
    const { sequence, trades, lastPriceTicks, clockMs, state, rules } = this.book;
    if (sequence === 0 && clockMs === 0) return null;
    return {
      item: this.item,
      sequence,
      tradeId: trades,
      lastPriceTicks,
      clockMs,
      state: MARKET_STATES[state],
      ...rules,
      commandSequence: this.commandSequence,
    };
  }

  /** What rests on a side, best first: id, price, shown and left of each. */
  resting(side: Side): string[] {
    return this.book
      .side(side)
      .map((order) => restingLine(order.orderId, order.priceTicks, order.visibleLots));
  }

  /** Takes over from the book what is not told by effects. Call it behind the last event. */
  finish(): void {
    const live = new Map(this.book.liveOrders().map((order) => [order.orderId, order]));
    for (const order of this.orders.values()) {
      const left = live.get(order.id);
      order.visibleLots = left?.visibleLots ?? 0;
      const working = order.status === 'OPEN' || order.status === 'PARTIALLY_FILLED';
      if (working !== (left !== undefined))
        this.faults.push(`the reference has lost order ${order.id}`);
      const open = (order.quantityLots ?? 0) - order.filledLots;
      if (left !== undefined && left.remainingLots !== open)
        this.faults.push(`the reference's effects of order ${order.id} do not add up`);
    }
  }

  private place(told: LoggedOrder, event: LoggedEvent): void {
    if (this.orders.has(told.id)) {
      this.faults.push(`order ${told.id} was told of twice, again at ${event.sequence}`);
      return;
    }
    const command = this.toCommand(told);
    this.orders.set(told.id, {
      id: told.id,
      userId: told.user_id,
      item: told.item,
      status: 'OPEN',
      reason: null,
      createdAtMs: Date.parse(told.created_at),
      side: told.side,
      priceTicks: command.priceTicks || null,
      quantityLots: command.quantityLots || null,
      budget: command.amountTickLots || null,
      filledLots: 0,
      notional: 0n,
      visibleLots: 0,
      acceptedSequence: null,
      queueSequence: null,
      triggered: false,
      commandSequence: 0,
    });
    this.run({ kind: CommandKind.Place, order: command }, event);
  }

  private toCommand(told: LoggedOrder): PlaceOrder {
    const { tick, lot } = this.units;
    const lots = (text: string | undefined): number =>
      text === undefined ? 0 : countOf(text, lot);
    const ticks = (text: string | undefined): number =>
      text === undefined ? 0 : countOf(text, tick);
    const order = new PlaceOrder();
    order.orderId = told.id;
    order.ownerId = told.user_id;
    order.side = codeIn(SIDES, told.side);
    order.type = codeIn(ORDER_TYPES, told.type);
    order.timeInForce = codeIn(TIMES_IN_FORCE, told.time_in_force);
    order.selfTradePrevention = codeIn(
      SELF_TRADE_PREVENTIONS,
      told.self_trade_prevention ?? 'NONE',
    );
    order.postOnly = told.post_only ?? false;
    order.quantityLots = lots(told.quantity);
    order.priceTicks = ticks(told.price);
    order.stopTicks = ticks(told.stop_price);
    order.displayLots = lots(told.display_quantity);
    if (told.quantity === undefined)
      order.amountTickLots = tickLotsOf(told.amount ?? '', tick, lot);
    if (told.expires_at !== undefined) order.expiresAtMs = Date.parse(told.expires_at);
    return order;
  }

  /** A cancel or an amend of an order that has ended comes too late and means nothing. */
  private change(orderId: number, event: LoggedEvent): void {
    const order = this.orders.get(orderId);
    if (order === undefined) {
      this.faults.push(`${event.type} of order ${orderId} comes before the order`);
      return;
    }
    if (order.status !== 'OPEN' && order.status !== 'PARTIALLY_FILLED') return;
    order.commandSequence = event.sequence;
    if (event.type === 'ORDER_CANCEL_REQUESTED') {
      this.run({ kind: CommandKind.Cancel, orderId }, event);
      return;
    }
    const { price, quantity } = event.value.amend as { price?: string; quantity?: string };
    const priceTicks = price === undefined ? 0 : countOf(price, this.units.tick);
    const quantityLots = quantity === undefined ? 0 : countOf(quantity, this.units.lot);
    this.run({ kind: CommandKind.Amend, orderId, priceTicks, quantityLots }, event);
  }

  private setMarket(told: LoggedMarket, event: LoggedEvent): void {
    const { tick_size: tick, lot_size: lot } = told;
    this.units = { tick, lot };
    this.commandSequence = event.sequence;
    const bound = (text: string | undefined, unit: string, open: number): number =>
      text === undefined ? open : countOf(text, unit);
    const rules = {
      minPriceTicks: bound(told.min_price, tick, OPEN_RULES.minPriceTicks),
      maxPriceTicks: bound(told.max_price, tick, OPEN_RULES.maxPriceTicks),
      minQuantityLots: bound(told.min_quantity, lot, OPEN_RULES.minQuantityLots),
      maxQuantityLots: bound(told.max_quantity, lot, OPEN_RULES.maxQuantityLots),
    };
    this.run({ kind: CommandKind.SetRules, rules }, event);
    const state: MarketState = codeIn(MARKET_STATES, told.state);
    if (state !== this.book.state) this.run({ kind: CommandKind.SetState, state }, event);
  }

  private run(command: Command, event: LoggedEvent): void {
    for (const effect of this.book.execute(command).effects) this.take(effect, command, event);
  }

  private take(effect: Effect, command: Command, event: LoggedEvent): void {
    switch (effect.kind) {
      case EffectKind.Accepted: {
        const order = this.order(effect.orderId);
        order.acceptedSequence = effect.sequence;
        order.queueSequence = effect.sequence;
        return;
      }
      case EffectKind.Rejected:
        if (command.kind !== CommandKind.Place) return;
        this.order(effect.orderId).acceptedSequence = effect.sequence;
        this.end(effect.orderId, 'REJECTED', REASONS[effect.reason]);
        return;
      case EffectKind.Trade:
        this.trade(effect, event);
        return;
      case EffectKind.Rested:
      case EffectKind.Replenished:
        this.order(effect.orderId).queueSequence = effect.sequence;
        return;
      case EffectKind.Reduced: {
        const order = this.order(effect.orderId);
        order.quantityLots = (order.quantityLots ?? 0) - effect.byLots;
        return;
      }
      case EffectKind.Amended: {
        const order = this.order(effect.orderId);
        order.quantityLots = effect.quantityLots;
        order.priceTicks = effect.priceTicks || null;
        return;
      }
      case EffectKind.Cancelled:
        this.end(effect.orderId, 'CANCELLED', REASONS[effect.reason]);
        return;
      case EffectKind.Expired:
        this.end(effect.orderId, 'EXPIRED', 'EXPIRED');
        return;
      case EffectKind.Triggered:
        this.order(effect.orderId).triggered = true;
        return;
      case EffectKind.Level:
      case EffectKind.Market:
        return;
    }
  }

  private trade(
    effect: Extract<Effect, { kind: typeof EffectKind.Trade }>,
    event: LoggedEvent,
  ): void {
    const maker = this.order(effect.makerId);
    const taker = this.order(effect.takerId);
    const { quantityLots, priceTicks } = effect;
    for (const order of [maker, taker]) {
      order.filledLots += quantityLots;
      order.notional += BigInt(priceTicks) * BigInt(quantityLots);
      order.status = 'PARTIALLY_FILLED';
    }
    if (effect.makerFinal) maker.status = 'FILLED';
    if (effect.takerFinal) taker.status = 'FILLED';
    this.trades.push({
      item: this.item,
      tradeId: effect.tradeId,
      sequence: effect.sequence,
      priceTicks,
      quantityLots,
      makerOrderId: maker.id,
      takerOrderId: taker.id,
      makerUserId: maker.userId,
      takerUserId: taker.userId,
      takerSide: SIDES[effect.takerSide],
      executedAtMs: event.atMs,
    });
  }

  /** An order whose end had come before it came in has expired, however it was refused. */
  private end(orderId: number, status: string, reason: string): void {
    const order = this.order(orderId);
    const late = reason === 'ALREADY_EXPIRED';
    order.status = late ? 'EXPIRED' : status;
    order.reason = late ? 'EXPIRED' : reason;
  }

  private order(orderId: number): OrderRow {
    const order = this.orders.get(orderId);
    if (order === undefined) throw new Error(`the reference invents order ${orderId}`);
    return order;
  }
}

export function restingLine(orderId: number, priceTicks: number, visibleLots: number): string {
  return `${orderId}: ${visibleLots} @ ${priceTicks}`;
}

/** The engine's codes are the places of the words in their lists. */
function codeIn<Code extends number>(words: readonly string[], word: string): Code {
  const code = words.indexOf(word);
  if (code === -1) throw new Error(`${word} is none of ${words.join(', ')}`);
  return code as Code;
}
