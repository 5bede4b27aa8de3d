import {
  CommandKind,
  MarketState,
  OPEN_RULES,
  type Command,
  type MarketRules,
  type PlaceOrder,
} from '@app/matching';
import { BadCommands } from './bad-commands';
import { Choices, MOST_SLICES, clamp } from './choices';
import { OrderChooser } from './order-chooser';
import type { Action, Profile } from './profiles';
import type { ReferenceBook } from './reference-book';
import type { ReferenceEngine } from './reference-engine';
import type { ReferenceOrder } from './reference-order';
import type { Step } from './steps';

const REMEMBERED_IDS = 300;
/** What makes a book smaller. */
const ENDING: readonly Action[] = ['cancel', 'cancelAll', 'cancelAllMarkets', 'expire'];
const MOST = Number.MAX_SAFE_INTEGER;

/**
 * An endless, repeatable stream of steps. It looks at the reference's state so that what it asks for is likely to
 * meet something; the caller runs each step on that reference before taking the next.
 */
export class CommandStream {
  private readonly choices: Choices;
  private readonly orders: OrderChooser;
  private readonly bad: BadCommands;
  private readonly recentIds: number[] = [];
  private highestId = 0;
  private startedMarkets = 0;

  /** @param reference with the profile's markets open, and nothing else run on it. */
  constructor(
    private readonly profile: Profile,
    seed: number,
    private readonly reference: ReferenceEngine,
  ) {
    this.choices = new Choices(seed);
    this.orders = new OrderChooser(profile, this.choices);
    this.bad = new BadCommands(this.choices);
  }

  next(): Step {
    const { choices, profile } = this;
    if (profile.clockMs > 0 && this.startedMarkets < profile.markets) {
      const command: Command = { kind: CommandKind.Expire, nowMs: profile.clockMs };
      return { call: 'execute', market: this.startedMarkets++, command };
    }
    this.orders.drift();
    const market = choices.between(0, profile.markets - 1);
    const book = this.reference.books[market]!;
    const reopening = this.reopening(book);
    if (reopening) return { call: 'execute', market, command: reopening };
    return this.act(this.action(book), market, book);
  }

  /** Neither a halt nor strict rules last, so that most commands are taken. */
  private reopening(book: ReferenceBook): Command | undefined {
    const { choices } = this;
    if (book.state !== MarketState.Trading && choices.chance(0.12)) {
      return { kind: CommandKind.SetState, state: MarketState.Trading };
    }
    if (book.rules.maxPriceTicks !== MOST && choices.chance(0.08)) {
      return { kind: CommandKind.SetRules, rules: OPEN_RULES };
    }
    return undefined;
  }

  private action(book: ReferenceBook): Action {
    const live = book.bids.length + book.asks.length + book.stops.length;
    if (live > this.profile.liveOrders * 1.5 && this.choices.chance(0.5)) return 'cancel';
    const action = this.choices.weighted(this.profile.actions);
    const thin = live < this.profile.liveOrders * this.choices.next();
    return thin && ENDING.includes(action) && this.choices.chance(0.7) ? 'place' : action;
  }

  private act(action: Action, market: number, book: ReferenceBook): Step {
    const { choices, profile } = this;
    if (action === 'cancelAllMarkets') {
      const ownerId = choices.pick([...profile.owners, ...profile.owners, NaN, 0]);
      return { call: 'cancelAllMarkets', ownerId };
    }
    if (action === 'forget') {
      const orderId = clamp(this.highestId + choices.pick([-50, 0, 2]));
      this.remember(orderId);
      return { call: 'forgetIdsUpTo', orderId };
    }
    if (action === 'bad') {
      const liveId = choices.order(book.bids)?.orderId ?? this.anId(book);
      return this.bad.step(market, this.newOrder(book), liveId);
    }
    return { call: 'execute', market, command: this.command(action, book) };
  }

  private command(
    action: Exclude<Action, 'cancelAllMarkets' | 'forget' | 'bad'>,
    book: ReferenceBook,
  ): Command {
    const { choices, profile } = this;
    switch (action) {
      case 'place':
        return { kind: CommandKind.Place, order: this.newOrder(book) };
      case 'cancel':
        return { kind: CommandKind.Cancel, orderId: this.anId(book) };
      case 'cancelAll':
        return { kind: CommandKind.CancelAll, ownerId: choices.pick(profile.owners) };
      case 'amend':
        return this.amend(book);
      case 'expire':
        return { kind: CommandKind.Expire, nowMs: this.time(book) };
      case 'state':
        return { kind: CommandKind.SetState, state: choices.between(0, 3) as MarketState };
      case 'rules':
        return { kind: CommandKind.SetRules, rules: this.rules() };
    }
  }

  private newOrder(book: ReferenceBook): PlaceOrder {
    const order = this.orders.order(book);
    const reused = this.recentIds.length > 0 && this.choices.chance(0.01);
    order.orderId = reused ? this.choices.pick(this.recentIds) : this.newId();
    return order;
  }

  private newId(): number {
    const { choices, profile } = this;
    let id = this.highestId + choices.between(1, 2);
    if (profile.ids === 'huge') {
      do id = choices.between(1, 500) + 2 ** 32 * choices.between(0, 2 ** 21 - 1);
      while (this.reference.isUsed(id));
    } else if (profile.ids === 'scattered' && choices.chance(0.3)) {
      // Often one that was jumped over; the caller's ids need not come in order.
      const lower = clamp(this.highestId - choices.between(1, 40));
      id = this.reference.isUsed(lower) ? this.highestId + choices.between(1, 30) : lower;
    }
    this.highestId = Math.max(this.highestId, id);
    this.remember(id);
    return id;
  }

  /** So that it is asked for again, after it has ended too. */
  private remember(id: number): void {
    if (this.recentIds.length < REMEMBERED_IDS) this.recentIds.push(id);
    else this.recentIds[this.choices.between(0, REMEMBERED_IDS - 1)] = id;
  }

  /** Mostly of a live order of this market; also of finished ones, unknown ones and other markets'. */
  private anId(book: ReferenceBook): number {
    const { choices } = this;
    const kind = choices.next();
    if (kind < 0.05 && this.recentIds.length > 0) return choices.pick(this.recentIds);
    if (kind < 0.08) return clamp(this.highestId + choices.between(1, 100));
    if (kind < 0.1) {
      const elsewhere = choices.pick(this.reference.books).liveOrders();
      return choices.order(elsewhere)?.orderId ?? 1;
    }
    return this.liveOrder(book)?.orderId ?? 1;
  }

  private liveOrder(book: ReferenceBook): ReferenceOrder | undefined {
    const { choices } = this;
    const queue = choices.weighted({ bids: 40, asks: 40, stops: 20, front: 20 });
    if (queue !== 'front') return choices.order(book[queue]);
    return choices.pick([book.bids, book.asks])[0];
  }

  private amend(book: ReferenceBook): Command {
    const { choices } = this;
    const partFilled = [...book.bids, ...book.asks].filter((order) => order.filledLots > 0);
    const order =
      (choices.chance(0.3) ? choices.order(partFilled) : undefined) ?? this.liveOrder(book);
    if (!order || choices.chance(0.08)) {
      const priceTicks = choices.between(0, 1) * this.orders.centreTicks;
      const quantityLots = choices.between(0, this.profile.maxLots);
      return { kind: CommandKind.Amend, orderId: this.anId(book), priceTicks, quantityLots };
    }
    const { orderId } = order;
    const priceTicks = this.amendedPrice(book, order);
    const most = order.displayLots > 0 ? order.displayLots * MOST_SLICES : MOST;
    const quantityLots = Math.min(this.amendedTotal(book, order), most);
    return { kind: CommandKind.Amend, orderId, priceTicks, quantityLots };
  }

  private amendedPrice(book: ReferenceBook, order: ReferenceOrder): number {
    const kind = this.choices.next();
    if (kind < 0.45) return 0;
    if (kind < 0.55) return order.priceTicks;
    return this.orders.price(book, order.side);
  }

  /** Around what is filled, around what it is, or enough for what stands against it. */
  private amendedTotal(book: ReferenceBook, order: ReferenceOrder): number {
    const { choices } = this;
    const kind = choices.next();
    if (kind < 0.25) return 0;
    if (kind < 0.3) return order.quantityLots;
    if (kind < 0.45) return choices.near(order.filledLots);
    if (kind < 0.65) return choices.near(order.quantityLots);
    if (kind < 0.75) return choices.near(order.filledLots + order.visibleLots);
    if (choices.chance(this.profile.oversized * 5)) return choices.between(2 ** 32, MOST);
    return clamp(order.filledLots + this.orders.lots(book, order.side));
  }

  /** A little later, earlier, or just around when something expires. */
  private time(book: ReferenceBook): number {
    const { choices } = this;
    const expiring = book.liveOrders().filter((order) => order.expiresAtMs > 0);
    const kind = choices.next();
    if (kind < 0.3 && expiring.length > 0) return choices.near(choices.pick(expiring).expiresAtMs);
    if (kind < 0.4) return clamp(book.clockMs - choices.between(0, 5));
    return clamp(book.clockMs + choices.between(0, 12));
  }

  private rules(): MarketRules {
    const { choices, orders, profile } = this;
    const { spreadTicks, stepTicks, minLots, maxLots } = profile;
    const around = (steps: number): number => clamp(orders.centreTicks + stepTicks * steps);
    const kind = choices.next();
    if (kind < 0.2) return OPEN_RULES;
    const strict: MarketRules = {
      minPriceTicks: around(-choices.between(0, spreadTicks)),
      maxPriceTicks: around(choices.between(0, spreadTicks)),
      minQuantityLots: choices.between(minLots, minLots + 2),
      maxQuantityLots: choices.between(minLots + 2, maxLots),
    };
    return strict;
  }
}
