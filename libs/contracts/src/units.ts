import { parseUnit, type Unit } from './decimal';

/** What prices and quantities of an item are counted in. */
export interface Units {
  tick: Unit;
  lot: Unit;
}

/** @throws when the store holds sizes that no operator could have set. */
export function toUnits(row: { tick_size: string; lot_size: string }): Units {
  const tick = parseUnit(row.tick_size);
  const lot = parseUnit(row.lot_size);
  if (tick === null || lot === null) {
    throw new Error(`${row.tick_size} and ${row.lot_size} are no tick and lot`);
  }
  return { tick, lot };
}
