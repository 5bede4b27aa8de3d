import { ORDER_STATUSES } from '@app/contracts';
import { ID, ITEM, oneOf, PAGE, pageOf, type Query, readQuery } from '../query';
import type { OrderFilter } from './orders.repository';

const PARAMETERS = { ...PAGE, status: oneOf(ORDER_STATUSES), item: ITEM, user_id: ID };

/**
 * Reads the query of `GET /orders`.
 * @throws ProblemException INVALID_QUERY for a parameter that is unknown, repeated or out of range.
 */
export function parseListQuery(query: Query): OrderFilter {
  const { status, item, user_id: userId, ...page } = readQuery(query, PARAMETERS);
  return {
    ...pageOf(page),
    ...(status === undefined ? {} : { status }),
    ...(item === undefined ? {} : { item }),
    ...(userId === undefined ? {} : { userId }),
  };
}
