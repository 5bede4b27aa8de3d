import { AmendOrderDto, formatMultiple, formatShortest, type ProblemError } from '@app/contracts';
import { ProblemException } from '@app/platform';
import { DtoChecks, isObject } from '../dto-checks';
import { invalidMembers } from '../problem-errors';
import { isNotionalTooLarge, notionalTooLarge, read } from './new-order/book-terms';
import type { AmendOrder } from './order-commands';
import type { StoredOrder } from './stored-order';

const CHECKS = new DtoChecks(AmendOrderDto, 'an amend');

/** @throws ProblemException VALIDATION_FAILED */
export function readAmend(body: unknown): AmendOrderDto {
  if (!isObject(body)) {
    throw new ProblemException('VALIDATION_FAILED', 'the body must be a JSON object');
  }
  const faults = CHECKS.faultsOf(body);
  if (faults !== null) throw invalidMembers(faults);
  const amend: AmendOrderDto = body;
  if ((amend.price ?? null) === null && (amend.quantity ?? null) === null) {
    throw new ProblemException('VALIDATION_FAILED', 'price or quantity must be given');
  }
  return amend;
}

/**
 * Holds an amend against the order that it is for (docs/matching-rules.md §7).
 * @throws ProblemException NOT_AMENDABLE, UNSUPPORTED_COMBINATION, VALIDATION_FAILED, NOTIONAL_TOO_LARGE.
 */
export function toAmendCommand(order: StoredOrder, amend: AmendOrderDto): AmendOrder {
  const { book } = order;
  if (book === null) {
    throw new ProblemException('NOT_AMENDABLE', 'only an order with a side can be amended');
  }
  const { tick, lot } = book.units;
  const faults: ProblemError[] = [];
  const priceTicks = read('price', amend.price, tick, 'tick', faults);
  const quantityLots = read('quantity', amend.quantity, lot, 'lot', faults);
  if (faults.length > 0) throw invalidMembers(faults);
  if (priceTicks !== null && book.priceTicks === null) throw unsupported('price', book.type);
  if (quantityLots !== null && book.quantityLots === null) {
    throw unsupported('quantity', `${book.type} by amount`);
  }
  if (isNotionalTooLarge(priceTicks ?? book.priceTicks, quantityLots ?? book.quantityLots)) {
    throw notionalTooLarge();
  }
  return {
    type: 'amend',
    order,
    amend: {
      ...(priceTicks === null ? {} : { price: formatMultiple(priceTicks, tick) }),
      ...(quantityLots === null ? {} : { quantity: formatShortest(quantityLots, lot) }),
    },
  };
}

function unsupported(member: string, kind: string): ProblemException {
  const detail = `a ${kind} order has no ${member}`;
  return new ProblemException('UNSUPPORTED_COMBINATION', detail, [
    { pointer: `/${member}`, detail },
  ]);
}
