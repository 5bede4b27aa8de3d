import {
  formatMultiple,
  formatShortest,
  isOrderReason,
  MARKET_STATES,
  type EventLevel,
  type EventOrderUpdate,
  type EventTrade,
  type MarketUpdate,
  ORDER_SIDES,
  type OrderReason,
  type OrderStatus,
  type Unit,
} from '@app/contracts';
import {
  CommandKind,
  EffectCursor,
  EffectKind,
  type MatchingEngine,
  Reason,
  REASONS,
  type Side,
} from '@app/matching';
import { randomUUID } from 'node:crypto';
import { Candles } from './candle';
import type { OrderChange, TradeRow } from './trading-plan';

/** Trades, levels and orders of an update at most: it stays well below the megabyte that Kafka takes as one message. */
const ENTRIES_PER_UPDATE = 1000;

/** A market of the session's engine. */
export interface LiveMarket {
  item: string;
  /** The engine's number of it. */
  market: number;
  tick: Unit;
  lot: Unit;
  /** Sequence of the row in `books`; null where there is none yet. */
  storedSequence: number | null;
  storedClockMs: number;
  tradeId: number;
  /** Sequence (in `order.events`) of the last change of state and rules. */
  commandSequence: number;
}

interface ChangedLevel {
  side: Side;
  priceTicks: number;
  lots: number;
  orders: number;
}

interface Touched {
  live: LiveMarket;
  previousSequence: number;
  levels: Map<string, ChangedLevel>;
  trades: TradeRow[];
  orderIds: Set<number>;
}

/** A trade as it changes two positions. */
export interface Fill {
  item: string;
  userId: number;
  side: Side;
  priceTicks: number;
  lots: number;
}

/**
 * Turns the engine's effects into changes of rows. Effects of one order add up to one change, those of one market to
 * one update.
 */
export class TradingEffects {
  readonly orders = new Map<number, OrderChange>();
  readonly trades: TradeRow[] = [];
  readonly fills: Fill[] = [];
  readonly candles = new Candles();
  /** Amends and cancels that the engine refused. */
  readonly refused: { orderId: number; reason: string }[] = [];
  private readonly touched = new Map<number, Touched>();
  private readonly cursor: EffectCursor;

  /**
   * @param liveMarkets by the engine's number.
   * @param owners users by order: of all live orders, and of those that the batch brings.
   */
  constructor(
    private readonly engine: MatchingEngine,
    private readonly liveMarkets: readonly LiveMarket[],
    private readonly owners: Map<number, number>,
  ) {
    this.cursor = new EffectCursor(engine.effects);
  }

  /** Call before the first command of a batch to a market: updates begin where it stands. */
  touch(live: LiveMarket): void {
    if (this.touched.has(live.market)) return;
    this.touched.set(live.market, {
      live,
      previousSequence: this.engine.sequence(live.market),
      levels: new Map(),
      trades: [],
      orderIds: new Set(),
    });
  }

  markets(): Iterable<LiveMarket> {
    return [...this.touched.values()].map(({ live }) => live);
  }

  change(orderId: number, live: LiveMarket): OrderChange {
    const known = this.orders.get(orderId);
    if (known !== undefined) return known;
    const userId = this.owners.get(orderId);
    if (userId === undefined) throw new Error(`nobody is known to own order ${orderId}`);
    const change: OrderChange = {
      orderId,
      userId,
      item: live.item,
      status: null,
      reason: null,
      filledLots: 0,
      notional: 0n,
      priceTicks: null,
      quantityLots: null,
      quantityChange: 0,
      visibleLots: 0,
      acceptedSequence: null,
      queueSequence: null,
      triggered: false,
      commandSequence: null,
    };
    this.orders.set(orderId, change);
    this.touchedMarket(live.market).orderIds.add(orderId);
    return change;
  }

  /** Takes in the effects of the command that was carried out last. @param atMs when it was given. */
  take(atMs: number): void {
    const { cursor } = this;
    while (cursor.next()) {
      const touched = this.touchedMarket(cursor.market);
      switch (cursor.kind) {
        case EffectKind.Accepted: {
          const change = this.change(cursor.orderId, touched.live);
          change.acceptedSequence = cursor.sequence;
          change.queueSequence = cursor.sequence;
          break;
        }
        case EffectKind.Rejected:
          this.rejected(touched.live);
          break;
        case EffectKind.Trade:
          this.traded(touched, atMs);
          break;
        case EffectKind.Rested:
        case EffectKind.Replenished:
          this.change(cursor.orderId, touched.live).queueSequence = cursor.sequence;
          break;
        case EffectKind.Reduced:
          this.change(cursor.orderId, touched.live).quantityChange -= cursor.byLots;
          break;
        case EffectKind.Amended:
          this.amended(touched.live);
          break;
        case EffectKind.Cancelled:
          this.end(cursor.orderId, touched.live, 'CANCELLED', reasonOf(cursor.reason));
          break;
        case EffectKind.Expired:
          this.end(cursor.orderId, touched.live, 'EXPIRED', 'EXPIRED');
          break;
        case EffectKind.Triggered:
          this.change(cursor.orderId, touched.live).triggered = true;
          break;
        case EffectKind.Level: {
          const { side, priceTicks, quantityLots: lots, orders } = cursor;
          touched.levels.set(`${side} ${priceTicks}`, { side, priceTicks, lots, orders });
          break;
        }
        case EffectKind.Market:
          break;
      }
    }
  }

  /** Ends an order that is not in the engine. */
  end(orderId: number, live: LiveMarket, status: OrderStatus, reason: OrderReason | null): void {
    const change = this.change(orderId, live);
    change.status = status;
    change.reason = reason;
    this.owners.delete(orderId);
  }

  /** Looks up what the book shows of each order that changed. Call it once, behind the last command. */
  finish(): OrderChange[] {
    const changes = [...this.orders.values()];
    for (const change of changes) {
      change.visibleLots = this.engine.record(change.orderId)?.visibleLots ?? 0;
    }
    return changes;
  }

  /** Updates of each market whose sequence moved: one, or several where one would be too long for a message. */
  updates(nowMs: number): MarketUpdate[] {
    const occurredAt = new Date(nowMs).toISOString();
    const updates: MarketUpdate[] = [];
    for (const touched of this.touched.values()) {
      const { live, previousSequence } = touched;
      const seq = this.engine.sequence(live.market);
      if (seq === previousSequence) continue;
      const trades = touched.trades.map((trade) => toEventTrade(trade, live));
      const levels = [...touched.levels.values()].map((level) => toEventLevel(level, live));
      const orders = [...touched.orderIds].map((id) => this.orderUpdate(id, live.lot));
      const longest = Math.max(trades.length, levels.length, orders.length);
      const parts = Math.max(1, Math.ceil(longest / ENTRIES_PER_UPDATE));
      let prevSeq = previousSequence;
      for (let part = 1; part <= parts; part += 1) {
        // There are more effects than parts, so there is a sequence for each.
        const partSeq = seq - (parts - part);
        const from = (part - 1) * ENTRIES_PER_UPDATE;
        const to = part * ENTRIES_PER_UPDATE;
        updates.push({
          type: 'MARKET_UPDATED',
          event_id: randomUUID(),
          occurred_at: occurredAt,
          item: live.item,
          prev_seq: prevSeq,
          seq: partSeq,
          state: MARKET_STATES[this.engine.state(live.market)],
          trades: trades.slice(from, to),
          levels: levels.slice(from, to),
          orders: orders.slice(from, to),
        });
        prevSeq = partSeq;
      }
    }
    return updates;
  }

  private orderUpdate(orderId: number, lot: Unit): EventOrderUpdate {
    const { userId, status, reason, filledLots } = this.orders.get(orderId)!;
    const filled_quantity = formatShortest(filledLots, lot);
    return { id: orderId, user_id: userId, status, reason, filled_quantity };
  }

  private touchedMarket(market: number): Touched {
    const touched = this.touched.get(market);
    if (touched === undefined)
      throw new Error(`an effect in market ${market}, which has no command`);
    return touched;
  }

  private rejected(live: LiveMarket): void {
    const { command, orderId, reason, sequence } = this.cursor;
    if (command !== CommandKind.Place) {
      this.refused.push({ orderId, reason: REASONS[reason] });
      return;
    }
    const change = this.change(orderId, live);
    change.acceptedSequence = sequence;
    if (reason === Reason.AlreadyExpired) this.end(orderId, live, 'EXPIRED', 'EXPIRED');
    else this.end(orderId, live, 'REJECTED', reasonOf(reason));
  }

  private traded(touched: Touched, atMs: number): void {
    const { cursor } = this;
    const { live } = touched;
    const { makerId, takerId, priceTicks, quantityLots, side, makerFinal, takerFinal } = cursor;
    const notional = BigInt(priceTicks * quantityLots);
    const maker = this.fill(makerId, live, quantityLots, notional, makerFinal);
    const taker = this.fill(takerId, live, quantityLots, notional, takerFinal);
    live.tradeId = cursor.tradeId;
    const trade: TradeRow = {
      item: live.item,
      tradeId: cursor.tradeId,
      sequence: cursor.sequence,
      priceTicks,
      quantityLots,
      makerOrderId: makerId,
      takerOrderId: takerId,
      makerUserId: maker.userId,
      takerUserId: taker.userId,
      takerSide: ORDER_SIDES[side],
      executedAtMs: atMs,
    };
    this.trades.push(trade);
    touched.trades.push(trade);
    const fill = { item: live.item, priceTicks, lots: quantityLots };
    this.fills.push({ ...fill, userId: maker.userId, side: (1 - side) as Side });
    this.fills.push({ ...fill, userId: taker.userId, side });
    this.candles.add(live.item, atMs, priceTicks, quantityLots);
  }

  private fill(
    orderId: number,
    live: LiveMarket,
    lots: number,
    notional: bigint,
    isFinal: boolean,
  ): OrderChange {
    const change = this.change(orderId, live);
    change.filledLots += lots;
    change.notional += notional;
    if (isFinal) this.end(orderId, live, 'FILLED', null);
    else change.status = 'PARTIALLY_FILLED';
    return change;
  }

  private amended(live: LiveMarket): void {
    const { orderId, priceTicks, quantityLots } = this.cursor;
    const change = this.change(orderId, live);
    change.quantityLots = quantityLots;
    change.quantityChange = 0;
    if (priceTicks !== 0) change.priceTicks = priceTicks;
  }
}

function toEventTrade(trade: TradeRow, { tick, lot }: LiveMarket): EventTrade {
  return {
    trade_id: trade.tradeId,
    sequence: trade.sequence,
    price: formatMultiple(trade.priceTicks, tick),
    quantity: formatShortest(trade.quantityLots, lot),
    taker_side: trade.takerSide,
    maker_order_id: trade.makerOrderId,
    taker_order_id: trade.takerOrderId,
    executed_at: new Date(trade.executedAtMs).toISOString(),
  };
}

function toEventLevel(level: ChangedLevel, { tick, lot }: LiveMarket): EventLevel {
  return {
    side: ORDER_SIDES[level.side],
    price: formatMultiple(level.priceTicks, tick),
    quantity: formatShortest(level.lots, lot),
    orders: level.orders,
  };
}

/** Orders that came through the api are well-formed: other reasons of the engine would be a fault in one of the two. */
function reasonOf(reason: Reason): OrderReason {
  const name = REASONS[reason];
  return isOrderReason(name) ? name : 'UNSUPPORTED_COMBINATION';
}
