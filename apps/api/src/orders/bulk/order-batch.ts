import { MAX_BATCH } from '@app/contracts';
import { ProblemException } from '@app/platform';
import { isObject } from '../../dto-checks';
import { invalidMembers, toPointer } from '../../problem-errors';

export interface OrderBatch {
  /** Bodies of orders, not read yet. */
  orders: readonly unknown[];
  atomic: boolean;
  /** JSON pointer to the list of orders. */
  pointer: string;
}

/**
 * Reads the body of `POST /orders/batch`: the orders and how they are meant, or the bare list.
 * @throws ProblemException VALIDATION_FAILED
 */
export function readBatch(body: unknown): OrderBatch {
  if (Array.isArray(body)) return { orders: checkSize(body, ''), atomic: false, pointer: '' };
  if (!isObject(body)) {
    const detail = 'the body must be a JSON object or a list of orders';
    throw new ProblemException('VALIDATION_FAILED', detail);
  }
  const unknown = Object.keys(body).filter((name) => name !== 'orders' && name !== 'atomic');
  if (unknown.length > 0) {
    const detail = 'is not a member of a batch';
    throw invalidMembers(unknown.map((name) => ({ pointer: toPointer(name), detail })));
  }
  const atomic = body.atomic ?? false;
  if (typeof atomic !== 'boolean') {
    throw invalidMembers([{ pointer: '/atomic', detail: 'must be true or false' }]);
  }
  return { orders: checkSize(body.orders, '/orders'), atomic, pointer: '/orders' };
}

function checkSize(orders: unknown, pointer: string): readonly unknown[] {
  if (Array.isArray(orders) && orders.length >= 1 && orders.length <= MAX_BATCH) return orders;
  const detail = `must be a list of 1 to ${MAX_BATCH} orders`;
  if (pointer === '') throw new ProblemException('VALIDATION_FAILED', `the body ${detail}`);
  throw invalidMembers([{ pointer, detail }]);
}

/** The refusal of a whole batch for what is wrong with some of its orders. */
export function batchRefused(
  faults: readonly { index: number; problem: ProblemException }[],
  pointer: string,
): ProblemException {
  const errors = faults.flatMap(({ index, problem }) => {
    const order = `${pointer}/${index}`;
    return (problem.errors ?? [{ pointer: '', detail: problem.detail }]).map((error) => ({
      pointer: order + error.pointer,
      detail: error.detail,
    }));
  });
  const indexes = faults.map(({ index }) => index);
  const named = indexes.slice(0, 10).join(', ') + (indexes.length > 10 ? ', …' : '');
  return new ProblemException(
    'BATCH_REFUSED',
    `nothing was stored: refused are the orders at ${named}`,
    errors,
  );
}
