import { baseOperation } from './base-flow';
import { BUY, SELL, Simulation } from './simulation';

const MEASURED = 1_000_000;

/** Few orders live to trade: 20 % amends, 15 % IOC orders of which most miss, the rest adds and cancels. */
export function cancelHeavyFlow(): Uint8Array {
  const target = 8000;
  const simulation = new Simulation({
    seed: 11,
    symbols: 1,
    prefill: target,
    measured: MEASURED,
    minPrice: 9400,
    maxPrice: 10_600,
    startMid: 10_000,
  });
  const { random } = simulation;
  const live = simulation.live[0]!;
  for (let i = 0; i < target; i += 1) simulation.passiveAdd(0);
  for (let i = 0; i < MEASURED; i += 1) {
    simulation.drift(0, 9800, 10_200);
    const roll = random.below(100);
    if (roll < 20 && live.length > 0) amendOne(simulation);
    else if (roll < 35) fleetingOrder(simulation);
    else if (random.below(2 * target) < live.length) simulation.cancel(0, simulation.anyLive(0));
    else simulation.passiveAdd(0);
  }
  return simulation.finish();
}

/** A quarter shrinks and keeps its place, a quarter grows, half move to another passive price. */
function amendOne(simulation: Simulation): void {
  const { random, book } = simulation;
  const id = simulation.anyLive(0);
  const how = random.below(4);
  const total = book.total(id);
  if (how === 0) simulation.amend(0, id, 0, total - (book.remaining(id) >> 1));
  else if (how === 1) simulation.amend(0, id, 0, total + 1 + random.below(50));
  else simulation.amend(0, id, simulation.passivePrice(0, book.side(id)), 0);
}

/** An IOC order: one in eight reaches the best opposite price, the others stay at the best price of their own side. */
function fleetingOrder(simulation: Simulation): void {
  const { random, book } = simulation;
  const side = random.below(2);
  const quantity = 1 + random.below(80);
  const reaches = random.below(8) === 0;
  const price = (side === BUY) === reaches ? book.bestAsk(0) : book.bestBid(0);
  simulation.immediate(0, side, price === 0 ? simulation.mid[0]! : price, quantity);
}

/** The ordinary flow, but every 20,000 commands the mid goes up or down by a quarter. */
export function swingsFlow(): Uint8Array {
  const target = 8000;
  const lowest = 200_000;
  const highest = 5_000_000;
  const simulation = new Simulation({
    seed: 12,
    symbols: 1,
    prefill: target,
    measured: MEASURED,
    minPrice: lowest - 401,
    maxPrice: highest + 401,
    startMid: 1_000_000,
  });
  for (let i = 0; i < target; i += 1) simulation.passiveAdd(0);
  for (let i = 0; i < MEASURED; i += 1) {
    if (i > 0 && i % 20_000 === 0) {
      const mid = simulation.mid[0]!;
      const up = Math.floor((mid * 5) / 4);
      const down = Math.floor((mid * 3) / 4);
      const wantsUp = simulation.random.below(2) === 1;
      simulation.mid[0] = (wantsUp && up <= highest) || down < lowest ? up : down;
    }
    simulation.drift(0, lowest, highest);
    baseOperation(simulation, 0, target);
  }
  return simulation.finish();
}

/** About 20,000 orders at one price: adds at its end, cancels anywhere in it, now and then an order that takes from its front. */
export function deepFlow(): Uint8Array {
  const target = 20_000;
  const price = 10_000;
  const simulation = new Simulation({
    seed: 13,
    symbols: 1,
    prefill: target,
    measured: MEASURED,
    minPrice: price,
    maxPrice: price,
    startMid: price,
  });
  const { random } = simulation;
  const live = simulation.live[0]!;
  const add = (): void => simulation.limit(0, BUY, price, 1 + random.below(100));
  for (let i = 0; i < target; i += 1) add();
  for (let i = 0; i < MEASURED; i += 1) {
    if (random.below(64) === 0) simulation.market(0, SELL, 1 + random.below(100));
    else if (random.below(2 * target) < live.length) simulation.cancel(0, simulation.anyLive(0));
    else add();
  }
  return simulation.finish();
}

/** About 10,000 orders, nearly each at a price of its own, anywhere within ten million ticks. */
export function wideFlow(): Uint8Array {
  const target = 10_000;
  const mid = 5_000_001;
  const simulation = new Simulation({
    seed: 14,
    symbols: 1,
    prefill: target,
    measured: MEASURED,
    minPrice: 1,
    maxPrice: 10_000_001,
    startMid: mid,
  });
  const { random, book } = simulation;
  const live = simulation.live[0]!;
  const add = (): void => {
    const side = random.below(2);
    const quantity = 1 + random.below(100);
    const distance = 1 + random.below(5000) * 1000 + random.below(1000);
    simulation.limit(0, side, side === BUY ? mid - distance : mid + distance, quantity);
  };
  for (let i = 0; i < target; i += 1) add();
  for (let i = 0; i < MEASURED; i += 1) {
    if (random.below(10) === 0) {
      const side = random.below(2);
      const quantity = 1 + random.below(150);
      const opposite = side === BUY ? book.bestAsk(0) : book.bestBid(0);
      if (opposite === 0) add();
      else simulation.market(0, side, quantity);
    } else if (random.below(2 * target) < live.length) {
      simulation.cancel(0, simulation.anyLive(0));
    } else add();
  }
  return simulation.finish();
}
