import {
  OrderType,
  PlaceOrder,
  Side,
  TimeInForce,
  type SelfTradePrevention,
  type TimeInForce as Tif,
} from '@app/matching';
import { MOST_SLICES, clamp, costOfOrders, lotsOfLevels, type Choices } from './choices';
import type { OrderShape, Profile } from './profiles';
import type { ReferenceBook } from './reference-book';
import { hasLimit, isStop, other } from './reference-order';

const TAKERS: readonly OrderShape[] = ['ioc', 'fok', 'market', 'marketFok', 'amount'];
const RESTING: readonly Tif[] = [TimeInForce.Gtc, TimeInForce.Gtc, TimeInForce.Gtc];
const EXPIRING: readonly Tif[] = [TimeInForce.Gtd, TimeInForce.Day];
const ANY_STOP: readonly Tif[] = [TimeInForce.Gtc, TimeInForce.Ioc, TimeInForce.Fok];

/** Makes valid orders that are likely to meet what is in the book: its prices, its quantities, its edges. */
export class OrderChooser {
  centreTicks: number;

  constructor(
    private readonly profile: Profile,
    private readonly choices: Choices,
  ) {
    this.centreTicks = profile.centreTicks;
  }

  /** @returns an order without an id. */
  order(book: ReferenceBook): PlaceOrder {
    const { choices, profile } = this;
    const order = new PlaceOrder();
    const shape = this.shape(book);
    order.ownerId = choices.pick(profile.owners);
    order.side = choices.pick([Side.Buy, Side.Sell]);
    order.type = typeOf(shape);
    order.timeInForce = this.timeInForce(shape);
    if (choices.chance(profile.selfTradePrevention)) {
      const last = shape === 'amount' ? 3 : 4;
      order.selfTradePrevention = choices.between(1, last) as SelfTradePrevention;
    }
    if (isStop(order)) order.stopTicks = this.stopPrice(book, order.side);
    if (hasLimit(order)) order.priceTicks = this.limitPrice(book, order);
    if (order.timeInForce === TimeInForce.Gtd || order.timeInForce === TimeInForce.Day) {
      order.expiresAtMs = clamp(book.clockMs + choices.between(1, 40));
      if (choices.chance(0.04)) order.expiresAtMs = clamp(book.clockMs - choices.between(0, 1));
    }
    if (shape === 'amount') order.amountTickLots = this.amount(book, order.side);
    else order.quantityLots = this.quantity(book, order);
    this.addFlags(order, shape);
    return order;
  }

  /** Takers come when there is something to take. */
  private shape(book: ReferenceBook): OrderShape {
    const { choices, profile } = this;
    const live = book.bids.length + book.asks.length;
    const thin = live < profile.liveOrders * choices.next();
    const shape = choices.weighted(profile.orders);
    return thin && TAKERS.includes(shape) && choices.chance(0.7) ? 'limit' : shape;
  }

  /** A limit for an order of this side: near the best prices, through them, or around the centre. */
  price(book: ReferenceBook, side: Side): number {
    const { choices } = this;
    const { spreadTicks, stepTicks } = this.profile;
    const away = side === Side.Buy ? -stepTicks : stepTicks;
    const best = book.side(side)[0]?.priceTicks;
    const opposite = book.side(other(side))[0]?.priceTicks;
    const steps = choices.between(0, spreadTicks);
    const kind = choices.next();
    // A thin book is filled first: then few orders trade at once.
    const live = book.bids.length + book.asks.length;
    const eager = live < this.profile.liveOrders * choices.next() ? 0.05 : 0.4;
    let price = this.centreTicks + away * choices.between(0, spreadTicks);
    if (kind < eager && opposite !== undefined) price = opposite - away * choices.between(0, steps);
    else if (kind < 0.55 && opposite !== undefined) price = opposite + away * (1 + steps);
    else if (kind < 0.75 && best !== undefined) price = best + away * (steps - 1);
    else if (kind < 0.85) price = choices.order(book.side(side))?.priceTicks ?? price;
    if (opposite !== undefined && choices.chance(this.profile.farPrices)) {
      const factor = 2 ** (choices.next() * (side === Side.Buy ? -10 : 30));
      price = Math.floor(opposite * factor) - (side === Side.Buy ? 1 : 0);
    }
    if (stepTicks > 1 && choices.chance(0.1)) price += choices.between(-1, 1);
    return clamp(price);
  }

  /** Moves where prices are chosen from. */
  drift(): void {
    const { choices, profile } = this;
    if (!choices.chance(profile.drift)) return;
    const step = choices.pick([-1, 1]) * profile.stepTicks;
    this.centreTicks = Math.max(this.centreTicks + step, profile.stepTicks);
  }

  /** Lots: any, or just what something in the book has. */
  lots(book: ReferenceBook, side: Side): number {
    const { choices, profile } = this;
    const front = book.side(other(side))[0];
    const kind = choices.next();
    if (front && kind < 0.12) return front.visibleLots;
    if (front && kind < 0.24) return choices.near(front.remainingLots);
    if (front && kind < 0.34) return lotsOfLevels(book, side, 1);
    if (front && kind < 0.4) return choices.near(lotsOfLevels(book, side, choices.between(1, 4)));
    return choices.between(profile.minLots, profile.maxLots);
  }

  private limitPrice(book: ReferenceBook, order: PlaceOrder): number {
    const { choices, profile } = this;
    if (!isStop(order) || choices.chance(0.3)) return this.price(book, order.side);
    // Around the stop price, so that it sometimes meets and sometimes rests.
    return clamp(order.stopTicks + profile.stepTicks * choices.between(-4, 4));
  }

  /** Mostly not reached yet, but soon. The first trade of a market may reach stops of both sides. */
  private stopPrice(book: ReferenceBook, side: Side): number {
    const { choices, profile } = this;
    const first = book.lastPriceTicks === 0;
    const last = first ? this.centreTicks : book.lastPriceTicks;
    const away = side === Side.Buy ? profile.stepTicks : -profile.stepTicks;
    const nearest = first ? -profile.spreadTicks : -1;
    return clamp(last + away * choices.between(nearest, profile.spreadTicks));
  }

  private quantity(book: ReferenceBook, order: PlaceOrder): number {
    const { choices, profile } = this;
    if (choices.chance(profile.oversized)) return this.oversized(book, order);
    if (order.timeInForce === TimeInForce.Fok && choices.chance(0.8)) {
      return this.affordable(order, choices.near(book.fillableLots(order)));
    }
    return this.affordable(order, this.lots(book, order.side));
  }

  /** Mostly below what makes the notional too large. */
  private affordable(order: PlaceOrder, lots: number): number {
    if (order.priceTicks === 0 || this.choices.chance(0.02)) return lots;
    return clamp(Math.min(lots, Math.floor(Number.MAX_SAFE_INTEGER / order.priceTicks)));
  }

  /** At the limit of the open quantity of its side, at the notional limit, or anything large. */
  private oversized(book: ReferenceBook, order: PlaceOrder): number {
    const { choices } = this;
    const room = Number.MAX_SAFE_INTEGER - book.openLots(order.side);
    const notional = Math.floor(Number.MAX_SAFE_INTEGER / Math.max(order.priceTicks, 1));
    const lots = choices.pick([room, notional, choices.between(2 ** 40, Number.MAX_SAFE_INTEGER)]);
    if (lots === room) order.priceTicks = Math.min(order.priceTicks, 1);
    return choices.near(clamp(lots));
  }

  private amount(book: ReferenceBook, side: Side): number {
    const { choices, profile } = this;
    const front = book.side(other(side))[0];
    const price = front?.priceTicks ?? this.centreTicks;
    const kind = choices.next();
    if (kind < 0.15) return choices.near(price);
    if (kind < 0.5) return choices.near(costOfOrders(book, side, choices.between(1, 5)));
    if (kind < 0.7) {
      const cost = costOfOrders(book, side, choices.between(1, 5));
      return clamp(cost + choices.between(-price, price));
    }
    const lots = Math.min(choices.between(profile.minLots, profile.maxLots), 2 ** 53 / price);
    return clamp(Math.floor(price * lots) + choices.between(0, price - 1));
  }

  private timeInForce(shape: OrderShape): Tif {
    const { choices, profile } = this;
    if (shape === 'ioc') return TimeInForce.Ioc;
    if (shape === 'fok' || shape === 'marketFok') return TimeInForce.Fok;
    if (shape === 'market' || shape === 'amount') {
      return choices.pick([TimeInForce.Gtc, TimeInForce.Ioc]);
    }
    const stop = shape === 'stop' || shape === 'stopLimit';
    if (choices.chance(profile.expiring)) return choices.pick(EXPIRING);
    return choices.pick(stop ? ANY_STOP : RESTING);
  }

  private addFlags(order: PlaceOrder, shape: OrderShape): void {
    const { choices, profile } = this;
    const resting = order.timeInForce !== TimeInForce.Ioc && order.timeInForce !== TimeInForce.Fok;
    if (!hasLimit(order) || !resting) return;
    if (shape === 'postOnly' || (shape === 'stopLimit' && choices.chance(0.25))) {
      order.postOnly = true;
    }
    if (!choices.chance(profile.icebergs)) return;
    const most = choices.chance(0.1) ? order.quantityLots : Math.ceil(order.quantityLots / 2);
    // Not so small a slice that one command could trade a million of them.
    order.displayLots = choices.between(Math.ceil(order.quantityLots / MOST_SLICES), most);
    if (choices.chance(0.05)) order.displayLots = order.quantityLots;
  }
}

function typeOf(shape: OrderShape): OrderType {
  switch (shape) {
    case 'market':
    case 'marketFok':
    case 'amount':
      return OrderType.Market;
    case 'stop':
      return OrderType.Stop;
    case 'stopLimit':
      return OrderType.StopLimit;
    case 'limit':
    case 'ioc':
    case 'fok':
    case 'postOnly':
      return OrderType.Limit;
  }
}
