import {
  type BookLevelDto,
  formatMultiple,
  formatShortest,
  type OrderBookDto,
  type Units,
} from '@app/contracts';
import { Injectable } from '@nestjs/common';
import { MarketUnits } from '../markets/market-units';
import { available } from '../store-access';
import { type BookLevel, BookReader } from './book-reader';

@Injectable()
export class BookService {
  constructor(
    private readonly books: BookReader,
    private readonly units: MarketUnits,
  ) {}

  /** @throws ProblemException STORE_UNAVAILABLE */
  async read(item: string, depth: number): Promise<OrderBookDto> {
    const { sequence, bids, asks } = await readable(this.books.read(item, depth));
    // After the book: whose item has orders has units that stay.
    const units = (await readable(this.units.read([item]))).get(item);
    if (units === undefined) throw new Error('the units of a market were not read');
    return { item, sequence, bids: toLevels(bids, units), asks: toLevels(asks, units) };
  }
}

function toLevels(levels: readonly BookLevel[], { tick, lot }: Units): BookLevelDto[] {
  return levels.map(({ priceTicks, quantityLots, orders }) => ({
    price: formatMultiple(priceTicks, tick),
    quantity: formatShortest(quantityLots, lot),
    orders,
  }));
}

function readable<T>(read: Promise<T>): Promise<T> {
  return available(read, 'the book can not be read now');
}
