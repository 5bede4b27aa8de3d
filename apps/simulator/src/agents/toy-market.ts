import type { NewQuote, Quote, QuoteChange } from '../model/ladder-plan';
import type { Market } from '../model/market';
import type { NewOrder } from '../model/new-order';
import type { MakerApi } from './maker';

/** For specs: a market in memory where one maker quotes and others take. It knows no more than that needs. */
export class ToyMarket implements MakerApi {
  /** Everything that was asked of it, in order. */
  readonly log: string[] = [];
  state: 'TRADING' | 'HALTED' = 'TRADING';
  holds = 0;
  private resting: Quote[] = [];
  private nextId = 1;
  private trades = 0;

  market() {
    return Promise.resolve({
      tickSize: '0.01',
      lotSize: '1',
      state: this.state,
      lastPrice: null,
      isNew: false,
    });
  }

  tradeCount(): Promise<number> {
    return Promise.resolve(this.trades);
  }

  holding(): Promise<number> {
    return Promise.resolve(this.holds);
  }

  quotes(): Promise<Quote[]> {
    return Promise.resolve(this.resting.map((quote) => ({ ...quote })));
  }

  change(_market: Market, { id, price, quantity }: QuoteChange): Promise<void> {
    this.log.push(`change ${id} ${price} ${quantity}`);
    const quote = this.resting.find((each) => each.id === id);
    // One that would cross is refused and stays as it was: it is post-only.
    if (quote !== undefined && !this.crosses(quote.side, price)) {
      Object.assign(quote, { price, remaining: quantity - quote.filled });
    }
    return Promise.resolve();
  }

  cancel(id: number): Promise<void> {
    this.log.push(`cancel ${id}`);
    this.resting = this.resting.filter((quote) => quote.id !== id);
    return Promise.resolve();
  }

  quote(_userId: number, _market: Market, quotes: readonly NewQuote[]): Promise<void> {
    for (const { side, price, quantity } of quotes) {
      this.log.push(`quote ${side} ${price} ${quantity}`);
      if (this.crosses(side, price)) continue;
      this.resting.push({ id: this.nextId++, side, price, remaining: quantity, filled: 0 });
    }
    return Promise.resolve();
  }

  place(_market: Market, order: NewOrder): Promise<void> {
    this.log.push(JSON.stringify(order));
    if (order.kind !== 'MARKET' && order.kind !== 'TAKE') return Promise.resolve();
    const buys = order.side === 'BUY';
    let left = order.quantity;
    for (const quote of this.side(buys ? 'SELL' : 'BUY')) {
      const reached = order.kind === 'MARKET' || (quote.price - order.price) * (buys ? 1 : -1) <= 0;
      if (left === 0 || !reached) break;
      const traded = Math.min(left, quote.remaining);
      left -= traded;
      quote.remaining -= traded;
      quote.filled += traded;
      this.holds += buys ? -traded : traded;
      this.trades += 1;
    }
    this.resting = this.resting.filter(({ remaining }) => remaining > 0);
    return Promise.resolve();
  }

  /** Best first. */
  side(side: 'BUY' | 'SELL'): Quote[] {
    const direction = side === 'BUY' ? -1 : 1;
    return this.resting
      .filter((quote) => quote.side === side)
      .sort((a, b) => (a.price - b.price) * direction);
  }

  private crosses(side: 'BUY' | 'SELL', price: number): boolean {
    const best = this.side(side === 'BUY' ? 'SELL' : 'BUY')[0]?.price;
    return best !== undefined && (side === 'BUY' ? price >= best : price <= best);
  }
}
