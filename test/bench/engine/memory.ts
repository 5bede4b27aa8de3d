import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { MatchingEngine, PlaceOrder, type Side } from '@app/matching';
import { DRAIN_EVERY } from './bare-runner';
import { Random } from '../../support/random';

const MID = 10_000;

export interface MemoryTask {
  kind: 'memory';
  items: number;
  orders: number;
  /** Prices lie up to so many ticks from the mid, most of them close to it. */
  span: number;
}

interface Reading {
  resident: number;
  heap: number;
  arrayBuffers: number;
}

export interface MemoryResult {
  /** Bytes an order with the markets open and no order yet: more than before there was an engine. */
  opened: Reading;
  /** The same with all orders resting. */
  full: Reading;
  /** The same once all are cancelled. */
  emptied: Reading;
  /** The same once as many new ones rest. */
  refilled: Reading;
  /** The same once those are gone and as many rest a third time. */
  refilledAgain: Reading;
}

/** Fills an engine, empties it and fills it again, twice, with ids that always ascend and are forgotten once all have ended. */
export function measureMemory({ items, orders, span }: MemoryTask): MemoryResult {
  const before = read();
  const filler = new Filler(items, orders, span);
  const since = (): Reading => {
    const now = read();
    return {
      resident: (now.resident - before.resident) / orders,
      heap: (now.heap - before.heap) / orders,
      arrayBuffers: (now.arrayBuffers - before.arrayBuffers) / orders,
    };
  };
  const opened = since();
  filler.fill();
  const full = since();
  filler.empty();
  const emptied = since();
  filler.fill();
  const refilled = since();
  filler.empty();
  filler.fill();
  return { opened, full, emptied, refilled, refilledAgain: since() };
}

class Filler {
  private readonly engine = new MatchingEngine();
  private readonly order = new PlaceOrder();
  private readonly random = new Random(31);
  private lastId = 0;

  constructor(
    private readonly items: number,
    private readonly orders: number,
    private readonly span: number,
  ) {
    for (let item = 0; item < items; item += 1) this.engine.openMarket(`ITEM-${item}`);
  }

  /** Items in turn; either side; distances from the mid as the flows draw them. */
  fill(): void {
    const { order, random } = this;
    for (let i = 0; i < this.orders; i += 1) {
      const side = random.below(2);
      const likelihood = random.below(65_536) * random.below(65_536);
      const distance = 1 + Math.floor((likelihood * this.span) / 2 ** 32);
      this.lastId += 1;
      order.orderId = this.lastId;
      order.ownerId = 1 + (this.lastId % 1000);
      order.side = side as Side;
      order.priceTicks = side === 0 ? MID - distance : MID + distance;
      order.quantityLots = 1 + random.below(100);
      this.engine.place(i % this.items, order);
      if (i % DRAIN_EVERY === 0) this.engine.effects.clear();
    }
    this.expectLive(this.orders);
  }

  empty(): void {
    const first = this.lastId - this.orders + 1;
    for (let i = 0; i < this.orders; i += 1) {
      this.engine.cancel(i % this.items, first + i);
      if (i % DRAIN_EVERY === 0) this.engine.effects.clear();
    }
    this.engine.forgetIdsUpTo(this.lastId);
    this.expectLive(0);
  }

  private expectLive(orders: number): void {
    this.engine.effects.clear();
    const { liveOrders } = this.engine;
    if (liveOrders !== orders) throw new Error(`${liveOrders} orders live instead of ${orders}`);
  }
}

function read(): Reading {
  collectGarbage();
  collectGarbage();
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  return { resident: rss, heap: heapUsed, arrayBuffers };
}

const collectGarbage = ((): (() => void) => {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
})();
