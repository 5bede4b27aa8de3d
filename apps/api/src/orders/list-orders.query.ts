import {
  isItem,
  ORDER_STATUSES,
  type OrderStatus,
  parseId,
  type ProblemError,
} from '@app/contracts';
import { ProblemException } from '@app/platform';
import type { OrderFilter } from './orders.repository';

export const MAX_PAGE = 1000;

type Query = Record<string, unknown>;
type Reader = (value: string, filter: OrderFilter) => string | null;

/** Each parameter of `GET /orders`: puts its value into the filter, or says what it must be. */
const PARAMETERS: Record<string, Reader> = {
  limit: (value, filter) => {
    const limit = /^\d{1,4}$/.test(value) ? Number(value) : 0;
    filter.limit = limit;
    return limit >= 1 && limit <= MAX_PAGE ? null : `must be an integer from 1 to ${MAX_PAGE}`;
  },
  cursor: (value, filter) => {
    const cursor = parseId(value);
    filter.cursor = cursor ?? undefined;
    return cursor === null ? 'must be the id of an order' : null;
  },
  order: (value, filter) => {
    filter.descending = value === 'desc';
    return value === 'asc' || value === 'desc' ? null : 'must be asc or desc';
  },
  status: (value, filter) => {
    filter.status = ORDER_STATUSES.find((status): status is OrderStatus => status === value);
    return filter.status === undefined ? `must be one of ${ORDER_STATUSES.join(', ')}` : null;
  },
  item: (value, filter) => {
    filter.item = value;
    return isItem(value) ? null : 'must be text of 1 to 255 characters';
  },
  user_id: (value, filter) => {
    const userId = parseId(value);
    filter.userId = userId ?? undefined;
    return userId === null ? 'must be a positive integer' : null;
  },
};

/**
 * Reads the query of `GET /orders`.
 * @throws ProblemException INVALID_QUERY for a parameter that is unknown, repeated or out of range.
 */
export function parseListQuery(query: Query): OrderFilter {
  const filter: OrderFilter = { limit: MAX_PAGE, descending: false };
  const errors: ProblemError[] = [];
  for (const [name, value] of Object.entries(query)) {
    const detail = readParameter(name, value, filter);
    if (detail !== null) errors.push({ pointer: name, detail });
  }
  if (errors.length > 0) {
    const detail = errors.map((error) => `${error.pointer} ${error.detail}`).join('; ');
    throw new ProblemException('INVALID_QUERY', detail, errors);
  }
  return filter;
}

function readParameter(name: string, value: unknown, filter: OrderFilter): string | null {
  const reader = Object.hasOwn(PARAMETERS, name) ? PARAMETERS[name] : undefined;
  if (reader === undefined) return 'is not a parameter of this endpoint';
  if (typeof value !== 'string') return 'must be given once';
  return reader(value, filter);
}

/** The query of the page behind this one. */
export function nextPageQuery(query: Query, lastId: number): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) parameters.set(name, String(value));
  parameters.set('cursor', String(lastId));
  return parameters.toString();
}
