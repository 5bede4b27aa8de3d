import { MatchingEngine, PlaceOrder } from '@app/matching';
import { Random } from '../../support/random';

/** Orders on a level of their own lie this far apart, so that they fill no word of any bitmap by themselves. */
const GAP = 3;
const FIRST_PRICE = 10_000;
const BATCH = 1000;
/** Of each kind, at the least. */
const OPERATIONS = 300_000;
const READS = 100;

export interface CurveTask {
  kind: 'curve';
  /** Orders that rest. */
  resting: number;
  /** On one level, or each on its own. */
  shape: 'one level' | 'as many levels';
}

/** Nanoseconds each, the median of many batches. */
export interface CurveResult {
  cancel: number;
  add: number;
  bestPrice: number;
}

/** Cancels orders anywhere in the book and adds as many again, with the number of those that rest always the same. */
export function measureCurve({ resting, shape }: CurveTask): CurveResult {
  const book = new SteadyBook(resting, shape === 'one level' ? 0 : GAP);
  const batch = Math.min(BATCH, resting / 2);
  const samples: CurveResult[] = [];
  for (let done = 0; done < OPERATIONS; done += batch) {
    const started = performance.now();
    book.cancel(batch);
    const cancelled = performance.now();
    book.add(batch);
    const added = performance.now();
    book.readBestPrices(READS);
    const read = performance.now();
    book.drain();
    samples.push({
      cancel: ((cancelled - started) * 1e6) / batch,
      add: ((added - cancelled) * 1e6) / batch,
      bestPrice: ((read - added) * 1e6) / READS,
    });
  }
  const settled = samples.slice(samples.length >> 2);
  const middle = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!;
  return {
    cancel: middle(settled.map(({ cancel }) => cancel)),
    add: middle(settled.map(({ add }) => add)),
    bestPrice: middle(settled.map(({ bestPrice }) => bestPrice)),
  };
}

class SteadyBook {
  private readonly engine = new MatchingEngine();
  private readonly market = this.engine.openMarket('ITEM');
  private readonly order = new PlaceOrder();
  /** By place: the live order, and where it stands. Places are visited in an order drawn once. */
  private readonly ids: Int32Array;
  private readonly places: Int32Array;
  private nextId = 0;
  private cancelAt = 0;
  private addAt = 0;
  private sum = 0;

  constructor(
    private readonly resting: number,
    private readonly gap: number,
  ) {
    this.ids = new Int32Array(resting);
    this.places = shuffled(resting);
    for (let place = 0; place < resting; place += 1) {
      this.place(place);
      if (place % BATCH === 0) this.engine.effects.clear();
    }
    this.drain();
  }

  cancel(count: number): void {
    for (let i = 0; i < count; i += 1) {
      this.engine.cancel(this.market, this.ids[this.places[this.cancelAt]!]!);
      this.cancelAt = this.cancelAt + 1 === this.resting ? 0 : this.cancelAt + 1;
    }
  }

  add(count: number): void {
    for (let i = 0; i < count; i += 1) {
      this.place(this.places[this.addAt]!);
      this.addAt = this.addAt + 1 === this.resting ? 0 : this.addAt + 1;
    }
  }

  readBestPrices(count: number): void {
    for (let i = 0; i < count; i += 1) {
      this.sum += this.engine.bestBidTicks(this.market) + this.engine.bestAskTicks(this.market);
    }
  }

  /** Also checks that everything that should rest does. */
  drain(): void {
    this.engine.effects.clear();
    if (this.engine.liveOrders !== this.resting) throw new Error('orders are missing');
  }

  private place(place: number): void {
    const { order } = this;
    this.nextId += 1;
    order.orderId = this.nextId;
    order.ownerId = 1;
    order.priceTicks = FIRST_PRICE + place * this.gap;
    order.quantityLots = 5;
    this.engine.place(this.market, order);
    this.ids[place] = this.nextId;
  }
}

function shuffled(length: number): Int32Array {
  const random = new Random(21);
  const numbers = Int32Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i -= 1) {
    const j = random.below(i + 1);
    const value = numbers[i]!;
    numbers[i] = numbers[j]!;
    numbers[j] = value;
  }
  return numbers;
}
