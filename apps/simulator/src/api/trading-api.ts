import { createClient, type components, type TradeFlowClient } from '@app/client';
import type { NewQuote, Quote, QuoteChange } from '../model/ladder-plan';
import type { Market } from '../model/market';
import type { NewOrder } from '../model/new-order';
import { answered, RefusedError } from './call-errors';

type Schemas = components['schemas'];
type NewBookOrder = Schemas['CreateBookOrderDto'];

const TIMEOUT_MS = 10_000;
const LIVE = ['OPEN', 'PARTIALLY_FILLED'] as const;
const MOST_LIVE = 1000;
const PLAIN_LIMIT = { type: 'LIMIT', post_only: false, self_trade_prevention: 'NONE' } as const;

/** How a market stands. */
export interface MarketStatus {
  tickSize: string;
  lotSize: string;
  state: Schemas['MarketState'];
  lastPrice: string | null;
  /** Nothing has ever happened in it. */
  isNew: boolean;
}

/** What the simulator asks of the api, in ticks and lots. Every method throws UnavailableError and RefusedError. */
export class TradingApi {
  private readonly rest: TradeFlowClient['rest'];

  /** @param stopped ends all requests. */
  constructor(
    baseUrl: string,
    private readonly stopped: AbortSignal,
  ) {
    this.rest = createClient({ baseUrl }).rest;
  }

  async market(item: string): Promise<MarketStatus> {
    const market = await this.ask((signal) =>
      this.rest.GET('/markets/{item}', { params: { path: { item } }, signal }),
    );
    return {
      tickSize: market.tick_size,
      lotSize: market.lot_size,
      state: market.state,
      lastPrice: market.last_price,
      isNew: market.sequence === 0,
    };
  }

  async openMarket(item: string, tickSize: string, lotSize: string): Promise<void> {
    const body = { tick_size: tickSize, lot_size: lotSize, state: 'TRADING' as const };
    await this.ask((signal) =>
      this.rest.PUT('/markets/{item}', { params: { path: { item } }, body, signal }),
    );
  }

  /** How many trades the item has had. */
  async tradeCount(item: string): Promise<number> {
    const [last] = await this.ask((signal) =>
      this.rest.GET('/markets/{item}/trades', {
        params: { path: { item }, query: { limit: 1, order: 'desc' } },
        signal,
      }),
    );
    return last?.trade_id ?? 0;
  }

  /** @returns what a user holds of an item, in lots. */
  async holding(userId: number, market: Market): Promise<number> {
    const { positions } = await this.ask((signal) =>
      this.rest.GET('/users/{user_id}/positions', {
        params: { path: { user_id: userId } },
        signal,
      }),
    );
    const position = positions.find(({ item }) => item === market.item);
    return market.lot.countOf(position?.quantity ?? 0);
  }

  /** @returns a user's limit orders in an item that can still trade. */
  async quotes(userId: number, market: Market): Promise<Quote[]> {
    const pages = await Promise.all(
      LIVE.map((status) =>
        this.ask((signal) =>
          this.rest.GET('/orders', {
            params: { query: { item: market.item, user_id: userId, status, limit: MOST_LIVE } },
            signal,
          }),
        ),
      ),
    );
    return pages.flat().flatMap((order) => {
      if (!('side' in order) || order.price === null || order.remaining_quantity === null)
        return [];
      return {
        id: order.id,
        side: order.side,
        price: market.tick.countOf(order.price),
        remaining: market.lot.countOf(order.remaining_quantity),
        filled: market.lot.countOf(order.filled_quantity),
      };
    });
  }

  async change(market: Market, { id, price, quantity }: QuoteChange): Promise<void> {
    const body = { price: market.tick.textOf(price), quantity: market.lot.textOf(quantity) };
    await this.unlessEnded((signal) =>
      this.rest.PATCH('/orders/{id}', { params: { path: { id } }, body, signal }),
    );
  }

  async cancel(id: number): Promise<void> {
    await this.unlessEnded((signal) =>
      this.rest.DELETE('/orders/{id}', { params: { path: { id } }, signal }),
    );
  }

  /** @returns how many orders were found that live; those of halted markets do not count. */
  async cancelAll(userId: number): Promise<number> {
    const { requested } = await this.ask((signal) =>
      this.rest.DELETE('/orders', { params: { query: { user_id: userId } }, signal }),
    );
    return requested;
  }

  /** Places the maker's quotes: those that would trade at once are refused by the matcher. */
  async quote(userId: number, market: Market, quotes: readonly NewQuote[]): Promise<void> {
    const orders = quotes.map(({ side, price, quantity }): NewBookOrder => ({
      ...PLAIN_LIMIT,
      user_id: userId,
      item: market.item,
      side,
      price: market.tick.textOf(price),
      quantity: market.lot.textOf(quantity),
      post_only: true,
    }));
    const body = { orders, atomic: false };
    await this.ask((signal) => this.rest.POST('/orders/batch', { body, signal }));
  }

  /** @param nowMs from when on a resting order's seconds count. */
  async place(market: Market, order: NewOrder, nowMs: number): Promise<void> {
    const body = toBody(market, order, nowMs);
    await this.ask((signal) => this.rest.POST('/orders', { body, signal }));
  }

  /** Not by `AbortSignal.any`: what it makes of a signal that lives for hours is kept as long in older releases of Node. */
  private async ask<T>(
    call: (signal: AbortSignal) => Promise<{ data?: T; error?: unknown; response: Response }>,
  ): Promise<T> {
    const request = new AbortController();
    const end = (): void => request.abort();
    const timer = setTimeout(end, TIMEOUT_MS);
    this.stopped.addEventListener('abort', end);
    try {
      this.stopped.throwIfAborted();
      return await answered(call(request.signal), this.stopped);
    } finally {
      clearTimeout(timer);
      this.stopped.removeEventListener('abort', end);
    }
  }

  /** An order that was filled or cancelled meanwhile needs no change any more. */
  private async unlessEnded(
    call: (signal: AbortSignal) => Promise<{ data?: unknown; error?: unknown; response: Response }>,
  ): Promise<void> {
    try {
      await this.ask(call);
    } catch (error) {
      if (!(error instanceof RefusedError && error.code === 'ORDER_FINAL')) throw error;
    }
  }
}

function toBody(market: Market, order: NewOrder, nowMs: number): NewBookOrder {
  const common = {
    ...PLAIN_LIMIT,
    user_id: order.userId,
    item: market.item,
    side: order.side,
    quantity: market.lot.textOf(order.quantity),
  };
  if (order.kind === 'MARKET') return { ...common, type: 'MARKET' };
  if (order.kind === 'TAKE') {
    return { ...common, price: market.tick.textOf(order.price), time_in_force: 'IOC' };
  }
  const until = {
    time_in_force: 'GTD' as const,
    expires_at: new Date(nowMs + order.seconds * 1000).toISOString(),
  };
  if (order.kind === 'STOP') {
    return {
      ...common,
      ...until,
      type: 'STOP',
      stop_price: market.tick.textOf(order.stopPrice),
    };
  }
  return {
    ...common,
    ...until,
    price: market.tick.textOf(order.price),
    ...(order.shown === undefined ? {} : { display_quantity: market.lot.textOf(order.shown) }),
  };
}
