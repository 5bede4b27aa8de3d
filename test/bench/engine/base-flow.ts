import { BUY, SELL, Simulation } from './simulation';

const START_MID = 10_000;
const LOWEST_MID = 9800;
const HIGHEST_MID = 10_200;

interface BaseFlow {
  seed: number;
  symbols: number;
  prefill: number;
  measured: number;
}

/** The ordinary flow: adds, cancels and orders that take, by one symbol or by symbols of very unlike weight. */
export function baseFlow(flow: BaseFlow): Uint8Array {
  const simulation = new Simulation({
    ...flow,
    startMid: START_MID,
    minPrice: 9400,
    maxPrice: 10_600,
  });
  const weights = new SymbolWeights(flow.symbols);
  const targets = weights.targets(flow.prefill);
  for (let i = 0; i < flow.prefill; i += 1) simulation.passiveAdd(weights.pick(simulation));
  for (let i = 0; i < flow.measured; i += 1) {
    const symbol = weights.pick(simulation);
    simulation.drift(symbol, LOWEST_MID, HIGHEST_MID);
    baseOperation(simulation, symbol, targets[symbol]!);
  }
  return simulation.finish();
}

/** 60 % adds, 30 % cancels, 10 % orders that take; these grow while more orders rest than there should. */
export function baseOperation(simulation: Simulation, symbol: number, target: number): void {
  const roll = simulation.random.below(100);
  const live = simulation.live[symbol]!;
  if (roll < 60 || (roll < 90 && live.length === 0)) simulation.passiveAdd(symbol);
  else if (roll < 90) simulation.cancel(symbol, simulation.anyLive(symbol));
  else take(simulation, symbol, target);
}

function take(simulation: Simulation, symbol: number, target: number): void {
  const { random, book } = simulation;
  const mid = simulation.mid[symbol]!;
  const ask = book.bestAsk(symbol);
  const bid = book.bestBid(symbol);
  let side = random.below(2);
  if (ask !== 0 && ask <= mid) side = BUY;
  else if (bid >= mid) side = SELL;
  const quantity = 1 + random.below(simulation.live[symbol]!.length > target ? 600 : 100);
  const isLimit = random.below(2) === 1;
  const deepest = 1 + random.below(5);
  const opposite = 1 - side;
  if ((opposite === SELL ? ask : bid) === 0) {
    simulation.passiveAdd(symbol);
    return;
  }
  let levels = 0;
  let price = 0;
  let volume = 0;
  book.depth(symbol, opposite, (levelPrice, levelQuantity) => {
    levels += 1;
    price = levelPrice;
    volume += levelQuantity;
    return levels < (isLimit ? deepest : 5);
  });
  if (isLimit) simulation.limit(symbol, side, price, quantity);
  else simulation.market(symbol, side, Math.min(quantity, volume));
}

/** Zipf's weights: symbol i is 1 / (i + 1) as busy as the first. */
class SymbolWeights {
  private readonly upTo: number[] = [];
  private readonly total: number;

  constructor(private readonly symbols: number) {
    let sum = 0;
    for (let i = 0; i < symbols; i += 1) {
      sum += weight(i);
      this.upTo.push(sum);
    }
    this.total = sum;
  }

  pick(simulation: Simulation): number {
    if (this.symbols === 1) return 0;
    const drawn = simulation.random.below(this.total);
    return this.upTo.findIndex((sum) => sum > drawn);
  }

  targets(orders: number): number[] {
    return this.upTo.map((_, i) => Math.max(1, Math.floor((orders * weight(i)) / this.total)));
  }
}

const weight = (symbol: number): number => Math.floor(100_000 / (symbol + 1));
