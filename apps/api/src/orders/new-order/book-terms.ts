import {
  type CreateBookOrderDto,
  formatUnit,
  MAX_ICEBERG_SLICES,
  parseInstant,
  parseMultiple,
  type ProblemError,
  type Unit,
  type Units,
} from '@app/contracts';
import { ProblemException } from '@app/platform';
import { invalidMembers } from '../../problem-errors';
import type { BookTerms } from '../stored-order';
import { timeInForceOf, typeOf } from './combinations';

const DAY_MS = 24 * 3600 * 1000;

/**
 * Turns the members of a book order into ticks and lots.
 * @param body valid members that go together.
 * @returns the terms, or VALIDATION_FAILED for what is no multiple of its unit, NOTIONAL_TOO_LARGE.
 */
export function toBookTerms(
  body: CreateBookOrderDto,
  units: Units,
  nowMs: number,
): BookTerms | ProblemException {
  const { tick, lot } = units;
  const faults: ProblemError[] = [];
  const priceTicks = read('price', body.price, tick, 'tick', faults);
  const quantityLots = read('quantity', body.quantity, lot, 'lot', faults);
  const stopTicks = read('stop_price', body.stop_price, tick, 'tick', faults);
  const displayLots = read('display_quantity', body.display_quantity, lot, 'lot', faults);
  const budget = readBudget(body.amount, units, faults);
  if (displayLots !== null && quantityLots !== null && displayLots > quantityLots) {
    faults.push({ pointer: '/display_quantity', detail: 'must not be above the quantity' });
  }
  if (displayLots !== null && (quantityLots ?? 0) > displayLots * MAX_ICEBERG_SLICES) {
    const detail = `must be at least 1/${MAX_ICEBERG_SLICES} of the quantity`;
    faults.push({ pointer: '/display_quantity', detail });
  }
  if (faults.length > 0) return invalidMembers(faults);
  if (isNotionalTooLarge(priceTicks, quantityLots)) return notionalTooLarge();
  const timeInForce = timeInForceOf(body);
  return {
    units,
    side: body.side,
    type: typeOf(body),
    timeInForce,
    selfTradePrevention: body.self_trade_prevention ?? 'NONE',
    postOnly: body.post_only ?? false,
    priceTicks,
    quantityLots,
    budget,
    stopTicks,
    // All of it shown is no iceberg (docs/matching-rules.md §2), also when an amend makes the order larger.
    displayLots: displayLots === quantityLots ? null : displayLots,
    expiresAtMs: timeInForce === 'DAY' ? endOfDay(nowMs) : parseInstant(body.expires_at),
  };
}

/** Whether price × quantity is more than a safe integer of ticks × lots holds. */
export function isNotionalTooLarge(
  priceTicks: number | null,
  quantityLots: number | null,
): boolean {
  return (
    priceTicks !== null &&
    quantityLots !== null &&
    priceTicks * quantityLots > Number.MAX_SAFE_INTEGER
  );
}

export function notionalTooLarge(): ProblemException {
  return new ProblemException(
    'NOTIONAL_TOO_LARGE',
    'price × quantity must be at most 2^53-1 ticks × lots of the market',
  );
}

/**
 * Reads a positive decimal as a multiple of the market's tick or lot.
 * @param faults receives what is wrong with it.
 * @returns ticks or lots; null when it is not given or wrong.
 */
export function read(
  name: string,
  value: string | number | null | undefined,
  unit: Unit,
  unitName: 'tick' | 'lot',
  faults: ProblemError[],
): number | null {
  if (value === null || value === undefined) return null;
  const parsed = parseMultiple(value, unit);
  if (parsed.ok && parsed.count > 0) return parsed.count;
  const tooLarge = !parsed.ok && parsed.fault === 'TOO_LARGE';
  const detail = tooLarge
    ? 'is too large'
    : `must be a multiple of the market's ${unitName} ${formatUnit(unit)}`;
  faults.push({ pointer: `/${name}`, detail });
  return null;
}

/** An amount is a whole number of ticks × lots. */
function readBudget(
  value: string | number | null | undefined,
  { tick, lot }: Units,
  faults: ProblemError[],
): number | null {
  if (value === null || value === undefined) return null;
  const scaled = parseMultiple(value, { count: 1, scale: tick.scale + lot.scale });
  const perUnit = BigInt(tick.count) * BigInt(lot.count);
  if (scaled.ok && scaled.count > 0 && BigInt(scaled.count) % perUnit === 0n) {
    return Number(BigInt(scaled.count) / perUnit);
  }
  const tooLarge = !scaled.ok && scaled.fault === 'TOO_LARGE';
  const detail = tooLarge ? 'is too large' : "must be a multiple of the market's tick × lot";
  faults.push({ pointer: '/amount', detail });
  return null;
}

/** The trading day ends at 00:00 UTC. */
function endOfDay(nowMs: number): number {
  return (Math.floor(nowMs / DAY_MS) + 1) * DAY_MS;
}
