import {
  formatUnit,
  type MarketState,
  parseMultiple,
  parseUnit,
  type ProblemError,
  PutMarketDto,
  type Unit,
  type Units,
} from '@app/contracts';
import { ProblemException } from '@app/platform';
import { DtoChecks, isObject } from '../dto-checks';
import { invalidMembers } from '../problem-errors';

/** What an operator sets: bounds in ticks and lots, null where there is none. */
export interface MarketRules {
  units: Units;
  minPriceTicks: number | null;
  maxPriceTicks: number | null;
  minQuantityLots: number | null;
  maxQuantityLots: number | null;
  state: MarketState;
}

const CHECKS = new DtoChecks(PutMarketDto, 'a market');

/** @throws ProblemException VALIDATION_FAILED naming each wrong member. */
export function readMarket(body: unknown): PutMarketDto {
  if (!isObject(body)) {
    throw new ProblemException('VALIDATION_FAILED', 'the body must be a JSON object');
  }
  const faults = CHECKS.faultsOf(body);
  if (faults !== null) throw invalidMembers(faults);
  return body;
}

/**
 * @param present units that the market has now; they stay where the body gives none.
 * @throws ProblemException VALIDATION_FAILED for bounds that are no multiples or the wrong way round.
 */
export function toMarketRules(body: PutMarketDto, present: Units): MarketRules {
  const tick = parseUnit(body.tick_size) ?? present.tick;
  const lot = parseUnit(body.lot_size) ?? present.lot;
  const faults: ProblemError[] = [];
  const bound = (name: BoundName, unit: Unit): number | null =>
    readBound(name, body[name], unit, faults);
  const rules = {
    units: { tick, lot },
    minPriceTicks: bound('min_price', tick),
    maxPriceTicks: bound('max_price', tick),
    minQuantityLots: bound('min_quantity', lot),
    maxQuantityLots: bound('max_quantity', lot),
    state: body.state ?? 'TRADING',
  };
  if (isAbove(rules.minPriceTicks, rules.maxPriceTicks)) {
    faults.push({ pointer: '/max_price', detail: 'must not be below min_price' });
  }
  if (isAbove(rules.minQuantityLots, rules.maxQuantityLots)) {
    faults.push({ pointer: '/max_quantity', detail: 'must not be below min_quantity' });
  }
  if (faults.length > 0) throw invalidMembers(faults);
  return rules;
}

export function haveSameUnits(a: Units, b: Units): boolean {
  return formatUnit(a.tick) === formatUnit(b.tick) && formatUnit(a.lot) === formatUnit(b.lot);
}

type BoundName = 'min_price' | 'max_price' | 'min_quantity' | 'max_quantity';

function readBound(
  name: BoundName,
  value: string | number | null | undefined,
  unit: Unit,
  faults: ProblemError[],
): number | null {
  if (value === null || value === undefined) return null;
  const parsed = parseMultiple(value, unit);
  if (parsed.ok) return parsed.count;
  const detail =
    parsed.fault === 'TOO_LARGE' ? 'is too large' : `must be a multiple of ${formatUnit(unit)}`;
  faults.push({ pointer: `/${name}`, detail });
  return null;
}

function isAbove(min: number | null, max: number | null): boolean {
  return min !== null && max !== null && min > max;
}
