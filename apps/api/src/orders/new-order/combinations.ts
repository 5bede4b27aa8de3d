import type { CreateBookOrderDto, OrderType, ProblemError, TimeInForce } from '@app/contracts';
import { ProblemException } from '@app/platform';
import { invalidMembers } from '../../problem-errors';

type Member = 'price' | 'quantity' | 'stop_price';

/** Members without which a type makes no sense. */
const REQUIRED: Record<OrderType, readonly Member[]> = {
  LIMIT: ['price', 'quantity'],
  MARKET: [],
  STOP: ['quantity', 'stop_price'],
  STOP_LIMIT: ['price', 'quantity', 'stop_price'],
};

const HAS_LIMIT: Record<OrderType, boolean> = {
  LIMIT: true,
  MARKET: false,
  STOP: false,
  STOP_LIMIT: true,
};
const HAS_STOP: Record<OrderType, boolean> = {
  LIMIT: false,
  MARKET: false,
  STOP: true,
  STOP_LIMIT: true,
};

/** Times in force with which what is left of an order rests. */
const RESTS: Record<TimeInForce, boolean> = {
  GTC: true,
  IOC: false,
  FOK: false,
  GTD: true,
  DAY: true,
};

export function typeOf(body: CreateBookOrderDto): OrderType {
  return body.type ?? 'LIMIT';
}

/** A MARKET order never rests, so GTC means IOC for it. */
export function timeInForceOf(body: CreateBookOrderDto): TimeInForce {
  const given = body.time_in_force ?? 'GTC';
  return body.type === 'MARKET' && given === 'GTC' ? 'IOC' : given;
}

/**
 * Holds the members of a book order against each other (docs/matching-rules.md §2).
 * @returns VALIDATION_FAILED for what is missing, UNSUPPORTED_COMBINATION naming what does not go together, or null.
 */
export function refuseCombination(body: CreateBookOrderDto): ProblemException | null {
  const missing = missingMembers(body);
  if (missing.length > 0) return invalidMembers(missing);
  const conflict = conflictOf(body);
  if (conflict === null) return null;
  const [members, reason] = conflict;
  const errors = members.map((name) => ({ pointer: `/${name}`, detail: reason }));
  return new ProblemException(
    'UNSUPPORTED_COMBINATION',
    `${members.join(' and ')}: ${reason}`,
    errors,
  );
}

function missingMembers(body: CreateBookOrderDto): ProblemError[] {
  const type = typeOf(body);
  const missing = REQUIRED[type]
    .filter((name) => isAbsent(body[name]))
    .map((name) => ({ pointer: `/${name}`, detail: `must be given for a ${type} order` }));
  if (type === 'MARKET' && isAbsent(body.quantity) && isAbsent(body.amount)) {
    missing.push({ pointer: '/quantity', detail: 'or amount must be given for a MARKET order' });
  }
  if (body.time_in_force === 'GTD' && isAbsent(body.expires_at)) {
    missing.push({ pointer: '/expires_at', detail: 'must be given for GTD' });
  }
  return missing;
}

/** @returns the first rule that is broken: the members it is about, and the rule. */
function conflictOf(body: CreateBookOrderDto): [members: string[], reason: string] | null {
  const type = typeOf(body);
  const timeInForce = timeInForceOf(body);
  const rests = HAS_LIMIT[type] && RESTS[timeInForce];
  if (!HAS_LIMIT[type] && isGiven(body.price)) {
    return [['type', 'price'], `a ${type} order has no price`];
  }
  if (!HAS_STOP[type] && isGiven(body.stop_price)) {
    return [['type', 'stop_price'], `a ${type} order has no stop price`];
  }
  if (type === 'MARKET' && RESTS[timeInForce]) {
    return [['type', 'time_in_force'], 'a MARKET order never rests'];
  }
  if (isGiven(body.expires_at) && timeInForce !== 'GTD') {
    return [['time_in_force', 'expires_at'], 'only GTD takes a time'];
  }
  if (body.post_only === true && !rests) {
    return [['type', 'time_in_force', 'post_only'], 'only an order that can rest is post-only'];
  }
  if (isGiven(body.display_quantity) && !rests) {
    const members = ['type', 'time_in_force', 'display_quantity'];
    return [members, 'only an order that can rest shows a part of itself'];
  }
  return isGiven(body.amount) ? amountConflict(body) : null;
}

function amountConflict(body: CreateBookOrderDto): [string[], string] | null {
  if (typeOf(body) !== 'MARKET') return [['type', 'amount'], 'only a MARKET order has an amount'];
  if (isGiven(body.quantity)) return [['quantity', 'amount'], 'an order has one of the two'];
  if (body.time_in_force === 'FOK') {
    return [['time_in_force', 'amount'], 'an order by amount can not be FOK'];
  }
  if (body.self_trade_prevention === 'DECREMENT') {
    return [['self_trade_prevention', 'amount'], 'an order by amount can not be DECREMENT'];
  }
  return null;
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}

function isAbsent(value: unknown): boolean {
  return value === null || value === undefined;
}
