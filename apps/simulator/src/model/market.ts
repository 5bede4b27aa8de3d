import type { Instrument } from './instruments';
import { Unit } from './unit';

export type Side = 'BUY' | 'SELL';

/** An instrument in the units of its market: prices are ticks, quantities lots. */
export interface Market {
  item: string;
  tick: Unit;
  lot: Unit;
  /** Around which the price wanders. */
  anchor: number;
  step: number;
  /** Usual change of the price within a second, as a share of it. */
  volatility: number;
  size: number;
}

/** @param tickSize and lotSize as the api has them: a market that is in use keeps its own. */
export function toMarket(instrument: Instrument, tickSize: string, lotSize: string): Market {
  const tick = new Unit(tickSize);
  const lot = new Unit(lotSize);
  return {
    item: instrument.item,
    tick,
    lot,
    anchor: tick.countOf(instrument.price),
    step: Math.max(1, tick.countOf(instrument.step)),
    volatility: instrument.volatility,
    size: Math.max(1, lot.countOf(instrument.size)),
  };
}
