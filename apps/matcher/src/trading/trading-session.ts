import {
  type DeadLetterReason,
  type DecodedEvent,
  type DecodedMarketChange,
  type DecodedOrderEvent,
  isWorking,
  parseMultiple,
  type Unit,
} from '@app/contracts';
import {
  MARKET_STATES,
  MatchingEngine,
  type MarketRules,
  type MarketState,
  OPEN_RULES,
  PlaceOrder,
} from '@app/matching';
import { type BookOrder, fillCommand } from './book-order';
import { marketSnapshot } from './market-snapshot';
import { addTrade, emptyPosition, type Position } from './position';
import { type Fill, type LiveMarket, TradingEffects } from './trading-effects';
import type { BookChange, PositionChange, TradingPlan } from './trading-plan';
import type { PositionKey, StoredMarket, TradingRepository } from './trading.repository';

export type BookEvent = DecodedEvent & { index: number };

export interface SessionResult {
  plan: TradingPlan;
  deadLetters: { index: number; reason: DeadLetterReason }[];
  /** Amends and cancels that the rules refused. */
  refused: { orderId: number; reason: string }[];
}

/** Positions kept in memory; beyond so many they are read again. */
const MAX_POSITIONS = 200_000;
/** Ids of orders rise over time: one that lies so far below the highest has been seen or never comes. */
const FORGET_IDS_BELOW = 16_000_000;
const FORGET_EVERY_IDS = 1_000_000;

/**
 * The books of one partition in memory, for as long as one claim on it holds. A book is read from the store when
 * its first command comes. What a batch changes is in memory before it is in the store: when it can not be written,
 * the session must be given up, and the next one reads the books anew.
 */
export class TradingSession {
  private readonly engine = new MatchingEngine();
  /** By the engine's number. */
  private readonly live: LiveMarket[] = [];
  private readonly byItem = new Map<string, LiveMarket>();
  private readonly owners = new Map<number, number>();
  private readonly positions = new Map<string, Map<number, Position>>();
  private positionCount = 0;
  private readonly command = new PlaceOrder();
  private highestId = 0;
  private forgottenUpTo = 0;

  constructor(private readonly store: TradingRepository) {}

  /**
   * Carries out the events in their order. Those that were carried out before, or that come too late, change nothing.
   * @param nowMs what counts as the time of an event that does not say.
   */
  async run(events: readonly BookEvent[], nowMs: number): Promise<SessionResult> {
    const orders = await this.store.readOrders(orderIdsOf(events));
    await this.load(events, orders);
    this.engine.effects.clear();
    const batch = new Batch(this.engine, this.live, this.byItem, this.owners, this.command, orders);
    for (const event of events) batch.carryOut(event, event.occurredAtMs ?? nowMs);
    const { effects, deadLetters } = batch;
    const changes = effects.finish();
    const plan: TradingPlan = {
      orders: changes,
      trades: effects.trades,
      books: this.bookChanges(effects),
      positions: await this.positionChanges(effects.fills),
      candles: effects.candles.all(),
      updates: effects.updates(nowMs),
      userIds: [...new Set(changes.map((change) => change.userId))],
    };
    this.forgetIds(orders.keys());
    return { plan, deadLetters, refused: effects.refused };
  }

  get liveOrders(): number {
    return this.engine.liveOrders;
  }

  /** What decides how a market goes on, as 16 hexadecimal digits; null for one that is not in memory. */
  stateHash(item: string): string | null {
    const live = this.byItem.get(item);
    return live === undefined ? null : this.engine.stateHash(live.market);
  }

  /** Reads the markets of the events that are not in memory yet. */
  private async load(
    events: readonly BookEvent[],
    orders: ReadonlyMap<number, BookOrder>,
  ): Promise<void> {
    const missing = new Set<string>();
    for (const event of events) {
      const item = 'orderId' in event ? orders.get(event.orderId)?.item : event.item;
      if (item !== undefined && !this.byItem.has(item)) missing.add(item);
    }
    if (missing.size === 0) return;
    for (const market of await this.store.readMarkets([...missing])) this.open(market);
  }

  private open({ item, tick, lot, book, orders }: StoredMarket): void {
    const market =
      book === null
        ? this.engine.openMarket(item)
        : this.engine.restoreMarket(marketSnapshot(item, book, orders));
    const live: LiveMarket = {
      item,
      market,
      tick,
      lot,
      storedSequence: book?.sequence ?? null,
      storedClockMs: book?.clockMs ?? 0,
      tradeId: book?.tradeId ?? 0,
      commandSequence: book?.commandSequence ?? 0,
    };
    this.live[market] = live;
    this.byItem.set(item, live);
    for (const order of orders) this.owners.set(order.id, order.userId);
  }

  private bookChanges(effects: TradingEffects): BookChange[] {
    const changes: BookChange[] = [];
    for (const live of effects.markets()) {
      const { engine } = this;
      const { item, market, storedSequence, tradeId, commandSequence } = live;
      const sequence = engine.sequence(market);
      const clockMs = engine.clockMs(market);
      // An expiry that nothing was waiting for moves the clock alone.
      if (sequence === (storedSequence ?? 0) && clockMs === live.storedClockMs) continue;
      changes.push({
        item,
        expectedSequence: storedSequence,
        sequence,
        tradeId,
        lastPriceTicks: engine.lastPriceTicks(market),
        clockMs,
        state: engine.state(market),
        rules: engine.rules(market),
        commandSequence,
      });
      live.storedSequence = sequence;
      live.storedClockMs = clockMs;
    }
    return changes;
  }

  private async positionChanges(fills: readonly Fill[]): Promise<PositionChange[]> {
    await this.loadPositions(fills);
    const changed = new Map<Position, PositionChange>();
    for (const { item, userId, side, priceTicks, lots } of fills) {
      const position = this.positions.get(item)!.get(userId)!;
      addTrade(position, side, priceTicks, lots);
      changed.set(position, { userId, item, ...position });
    }
    return [...changed.values()];
  }

  private async loadPositions(fills: readonly Fill[]): Promise<void> {
    if (this.positionCount > MAX_POSITIONS) {
      this.positions.clear();
      this.positionCount = 0;
    }
    const missing: PositionKey[] = [];
    for (const { item, userId } of fills) {
      const known = this.positions.get(item) ?? new Map<number, Position>();
      if (known.has(userId)) continue;
      this.positions.set(item, known);
      known.set(userId, emptyPosition());
      missing.push({ userId, item });
    }
    this.positionCount += missing.length;
    for (const { userId, item, ...position } of await this.store.readPositions(missing)) {
      Object.assign(this.positions.get(item)!.get(userId)!, position);
    }
  }

  /** Which ids are used is known by the rows: what the engine keeps of it need not grow for ever. */
  private forgetIds(ids: Iterable<number>): void {
    for (const id of ids) if (id > this.highestId) this.highestId = id;
    const upTo = this.highestId - FORGET_IDS_BELOW;
    if (upTo < this.forgottenUpTo + FORGET_EVERY_IDS) return;
    this.forgottenUpTo = upTo;
    this.engine.forgetIdsUpTo(upTo);
  }
}

/** The events of one batch, one after the other. */
class Batch {
  readonly effects: TradingEffects;
  readonly deadLetters: SessionResult['deadLetters'] = [];
  /** Orders whose ORDER_PLACED was handled in this batch. */
  private readonly placed = new Set<number>();
  /** Sequence of the last amend or cancel of an order in this batch. */
  private readonly handled = new Map<number, number>();

  constructor(
    private readonly engine: MatchingEngine,
    live: readonly LiveMarket[],
    private readonly byItem: ReadonlyMap<string, LiveMarket>,
    private readonly owners: Map<number, number>,
    private readonly command: PlaceOrder,
    private readonly orders: ReadonlyMap<number, BookOrder>,
  ) {
    this.effects = new TradingEffects(engine, live, owners);
  }

  carryOut(event: BookEvent, atMs: number): void {
    if ('orderId' in event) {
      const order = this.orders.get(event.orderId);
      const foreign = event.createdAtMs !== null && event.createdAtMs !== order?.createdAtMs;
      if (order === undefined || foreign) this.refuse(event, 'UNKNOWN_ORDER');
      else this.carryOutFor(event, order);
    } else {
      const live = this.byItem.get(event.item)!;
      this.effects.touch(live);
      if (event.type === 'MARKET_CHANGED') this.changeMarket(event, live);
      else this.engine.expire(live.market, event.timeMs);
    }
    this.effects.take(atMs);
  }

  private carryOutFor(event: DecodedOrderEvent & { index: number }, order: BookOrder): void {
    const live = this.byItem.get(order.item)!;
    this.effects.touch(live);
    if (event.type === 'ORDER_PLACED') this.place(order, live);
    else if (!this.isRepeated(event, order)) this.changeOrder(event, order, live);
  }

  private place(order: BookOrder, live: LiveMarket): void {
    const seen = order.acceptedSequence !== null || this.placed.has(order.id);
    if (seen || order.status !== 'OPEN') return;
    this.placed.add(order.id);
    this.owners.set(order.id, order.userId);
    this.engine.place(live.market, fillCommand(this.command, order));
  }

  /** Commands of an order are numbered as they were written, so one that comes again is known by its number. */
  private isRepeated({ sequence }: DecodedOrderEvent, order: BookOrder): boolean {
    if (sequence === null) return false;
    if (sequence <= (this.handled.get(order.id) ?? order.commandSequence)) return true;
    this.handled.set(order.id, sequence);
    return false;
  }

  private changeOrder(
    event: DecodedOrderEvent & { index: number },
    order: BookOrder,
    live: LiveMarket,
  ): void {
    const { id } = order;
    if (this.engine.record(id) === undefined) {
      this.changeAbsent(event, order, live);
      return;
    }
    if (event.type === 'ORDER_CANCEL_REQUESTED') {
      this.engine.cancel(live.market, id);
    } else {
      const price = multipleOf(event.price, live.tick);
      const quantity = multipleOf(event.quantity, live.lot);
      if (price === null || quantity === null) {
        this.refuse(event, 'INVALID_AMEND');
        return;
      }
      this.engine.amend(live.market, id, price, quantity);
    }
    if (event.sequence !== null) this.effects.change(id, live).commandSequence = event.sequence;
  }

  /** A cancel that overtook its order ends it; for an order that has ended nothing is left to do. */
  private changeAbsent(event: DecodedOrderEvent, order: BookOrder, live: LiveMarket): void {
    const waits =
      order.acceptedSequence === null && isWorking(order.status) && !this.placed.has(order.id);
    if (!waits || event.type !== 'ORDER_CANCEL_REQUESTED') return;
    this.placed.add(order.id);
    this.owners.set(order.id, order.userId);
    this.effects.end(order.id, live, 'CANCELLED', 'USER');
  }

  private changeMarket(event: DecodedMarketChange & { index: number }, live: LiveMarket): void {
    if (event.sequence !== null && event.sequence <= live.commandSequence) return;
    const rules = rulesOf(event);
    if (rules === null) {
      this.refuse(event, 'INVALID_MARKET');
      return;
    }
    live.tick = event.tick;
    live.lot = event.lot;
    live.commandSequence = event.sequence ?? live.commandSequence;
    this.engine.setRules(live.market, rules);
    const state = MARKET_STATES.indexOf(event.state) as MarketState;
    if (state !== this.engine.state(live.market)) this.engine.setState(live.market, state);
  }

  private refuse({ index }: BookEvent, reason: DeadLetterReason): void {
    this.deadLetters.push({ index, reason });
  }
}

function orderIdsOf(events: readonly BookEvent[]): number[] {
  const ids = new Set<number>();
  for (const event of events) if ('orderId' in event) ids.add(event.orderId);
  return [...ids].sort((a, b) => a - b);
}

/** @returns how many units a text is, 0 for none; null for a text that is no multiple. */
function multipleOf(text: string | null, unit: Unit): number | null {
  if (text === null) return 0;
  const parsed = parseMultiple(text, unit);
  return parsed.ok && parsed.count > 0 ? parsed.count : null;
}

function rulesOf(event: DecodedMarketChange): MarketRules | null {
  const minPriceTicks = multipleOf(event.minPrice, event.tick);
  const maxPriceTicks = multipleOf(event.maxPrice, event.tick);
  const minQuantityLots = multipleOf(event.minQuantity, event.lot);
  const maxQuantityLots = multipleOf(event.maxQuantity, event.lot);
  if (minPriceTicks === null || maxPriceTicks === null) return null;
  if (minQuantityLots === null || maxQuantityLots === null) return null;
  const rules = {
    minPriceTicks: minPriceTicks || OPEN_RULES.minPriceTicks,
    maxPriceTicks: maxPriceTicks || OPEN_RULES.maxPriceTicks,
    minQuantityLots: minQuantityLots || OPEN_RULES.minQuantityLots,
    maxQuantityLots: maxQuantityLots || OPEN_RULES.maxQuantityLots,
  };
  const isSound =
    rules.minPriceTicks <= rules.maxPriceTicks && rules.minQuantityLots <= rules.maxQuantityLots;
  return isSound ? rules : null;
}
