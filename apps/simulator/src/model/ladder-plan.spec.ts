import {
  LADDER_LEVELS,
  type LadderPlan,
  planLadder,
  type Quote,
  sizeOf,
  wishedPrices,
} from './ladder-plan';
import { type Market, toMarket } from './market';
import { Random } from './random';

const MARKET: Market = toMarket(
  {
    item: 'AAPL',
    price: 190,
    tickSize: '0.01',
    lotSize: '1',
    step: 0.02,
    volatility: 1e-4,
    size: 300,
  },
  '0.01',
  '1',
);
const plan = (centre: number, quotes: readonly Quote[], budget = Infinity) =>
  planLadder(MARKET, centre, quotes, budget, new Random(1));

/** Resting orders to which plans are applied in the order in which they are sent; none may cross on the way. */
class Book {
  quotes: Quote[] = [];
  private nextId = 1;

  apply({ cancels, retreats, advances, places }: LadderPlan): void {
    this.quotes = this.quotes.filter(({ id }) => !cancels.includes(id));
    for (const change of [...retreats, ...advances]) {
      this.quotes = this.quotes.map((quote) =>
        quote.id === change.id
          ? { ...quote, price: change.price, remaining: change.quantity - quote.filled }
          : quote,
      );
      this.assertUncrossed();
    }
    for (const { side, price, quantity } of places) {
      this.quotes.push({ id: this.nextId++, side, price, remaining: quantity, filled: 0 });
      this.assertUncrossed();
    }
  }

  prices(side: string): number[] {
    return this.quotes
      .filter((quote) => quote.side === side)
      .map((quote) => quote.price)
      .sort((a, b) => (side === 'BUY' ? b - a : a - b));
  }

  private assertUncrossed(): void {
    const [bid = 0] = this.prices('BUY');
    const [ask = Infinity] = this.prices('SELL');
    if (bid >= ask) throw new Error(`bid ${bid} and ask ${ask} cross`);
  }
}

const filledBook = (centre: number): Book => {
  const book = new Book();
  book.apply(plan(centre, []));
  return book;
};

describe('planLadder', () => {
  it('places a whole ladder where there is none, around the centre and not crossed', () => {
    const book = filledBook(19_000.3);
    expect(book.prices('BUY')).toEqual(wishedPrices(2, 'BUY', 19_000.3));
    expect(book.prices('SELL')).toEqual(wishedPrices(2, 'SELL', 19_000.3));
    expect(book.prices('BUY')).toHaveLength(LADDER_LEVELS);
    expect(book.prices('BUY')[0]).toBeLessThan(19_000.3);
    expect(book.prices('SELL')[0]).toBeGreaterThan(19_000.3);
    expect(book.quotes.every(({ remaining }) => remaining >= 1)).toBe(true);
  });

  it('has a spread of one or two steps, wherever the centre is', () => {
    for (let centre = 19_000; centre < 19_004; centre += 0.1) {
      const [bid = 0] = wishedPrices(2, 'BUY', centre);
      const [ask = 0] = wishedPrices(2, 'SELL', centre);
      expect(ask - bid).toBeGreaterThanOrEqual(2);
      expect(ask - bid).toBeLessThanOrEqual(4);
    }
  });

  it('wants nothing where all is as it should be', () => {
    expect(sizeOf(plan(19_000.3, filledBook(19_000.3).quotes))).toBe(0);
  });

  it('follows the price by one change for each step and side', () => {
    const next = plan(19_002.3, filledBook(19_000.3).quotes);
    expect(next).toMatchObject({ cancels: [], places: [] });
    expect(next.retreats).toHaveLength(1);
    expect(next.advances).toHaveLength(1);
  });

  it.each([19_014, 18_986, 19_150, 18_800])('goes to %d without crossing itself', (centre) => {
    const book = filledBook(19_000.3);
    book.apply(plan(centre, book.quotes));
    expect(book.prices('BUY')).toEqual(wishedPrices(2, 'BUY', centre));
    expect(book.prices('SELL')).toEqual(wishedPrices(2, 'SELL', centre));
    expect(book.quotes).toHaveLength(2 * LADDER_LEVELS);
  });

  it('gets there within a budget too, what is too good first', () => {
    const book = filledBook(19_000.3);
    const first = plan(19_010.3, book.quotes, 3);
    expect(sizeOf(first)).toBe(3);
    expect(first.retreats).toHaveLength(3);
    expect(
      first.retreats.map(({ id }) => book.quotes.find((each) => each.id === id)?.side),
    ).toEqual(['SELL', 'SELL', 'SELL']);
    let rounds = 0;
    for (; sizeOf(plan(19_010.3, book.quotes)) > 0 && rounds < 20; rounds += 1) {
      book.apply(plan(19_010.3, book.quotes, 3));
    }
    expect(rounds).toBeLessThan(6);
    expect(book.prices('SELL')).toEqual(wishedPrices(2, 'SELL', 19_010.3));
  });

  it('puts new quotes where some were taken, the best prices first', () => {
    const book = filledBook(19_000.3);
    const best = book.prices('SELL').slice(0, 4);
    book.quotes = book.quotes.filter(({ price }) => !best.includes(price));
    expect(plan(19_000.3, book.quotes, 2).places.map(({ price }) => price)).toEqual(
      best.slice(0, 2),
    );
  });

  it('fills up what is nearly gone, the filled part included', () => {
    const book = filledBook(19_000.3);
    const [quote] = book.quotes;
    const nearlyGone = { ...quote!, remaining: 2, filled: 500 };
    const { advances } = plan(19_000.3, [nearlyGone, ...book.quotes.slice(1)]);
    expect(advances).toHaveLength(1);
    expect(advances[0]).toMatchObject({ id: nearlyGone.id, price: nearlyGone.price });
    expect(advances[0]!.quantity).toBeGreaterThan(520);
  });

  it('cancels what is there twice', () => {
    const book = filledBook(19_000.3);
    const twice = { ...book.quotes[0]!, id: 999 };
    expect(plan(19_000.3, [...book.quotes, twice])).toMatchObject({ cancels: [999], places: [] });
  });

  it('never leaves more quotes than two ladders, wherever the price goes', () => {
    const book = filledBook(19_000);
    const random = new Random(11);
    let centre = 19_000;
    for (let turn = 0; turn < 500; turn += 1) {
      centre += 4 * random.normal();
      book.quotes = book.quotes.filter(() => !random.chance(0.03));
      book.apply(planLadder(MARKET, centre, book.quotes, 5, random));
      expect(book.quotes.length).toBeLessThanOrEqual(2 * LADDER_LEVELS);
    }
    expect(book.quotes.length).toBeGreaterThan(LADDER_LEVELS);
  });
});
