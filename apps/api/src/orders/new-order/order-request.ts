import { CreateBookOrderDto, CreateOrderDto } from '@app/contracts';
import { ProblemException } from '@app/platform';
import { DtoChecks, isObject } from '../../dto-checks';
import { invalidMembers } from '../../problem-errors';
import { refuseCombination } from './combinations';

/** The body of a new order, its members valid each by itself; of a book order also together. */
export type OrderRequest =
  { kind: 'plain'; body: CreateOrderDto } | { kind: 'book'; body: CreateBookOrderDto };

const PLAIN = new DtoChecks(CreateOrderDto, 'an order');
const BOOK = new DtoChecks(CreateBookOrderDto, 'an order');

/**
 * Reads the body of one order; one with a `side` is an order for the book. A member that is not known is refused, so
 * that a misspelt or unsupported one is never silently left out of an order.
 * @returns the request, or its refusal: VALIDATION_FAILED naming each wrong member, UNSUPPORTED_COMBINATION.
 */
export function readOrderRequest(body: unknown): OrderRequest | ProblemException {
  if (!isObject(body)) {
    return new ProblemException('VALIDATION_FAILED', 'the body must be a JSON object');
  }
  return Object.hasOwn(body, 'side') ? readBook(body) : readPlain(body);
}

function readPlain(body: Record<string, unknown>): OrderRequest | ProblemException {
  const faults = PLAIN.faultsOf(body);
  if (faults === null) return { kind: 'plain', body: body as unknown as CreateOrderDto };
  return invalidMembers(
    faults.map((fault) => {
      const name = fault.pointer.slice(1);
      if (PLAIN.names.has(name) || !BOOK.names.has(name)) return fault;
      return { ...fault, detail: 'is a member of orders with a side' };
    }),
  );
}

function readBook(body: Record<string, unknown>): OrderRequest | ProblemException {
  const faults = BOOK.faultsOf(body);
  if (faults !== null) return invalidMembers(faults);
  const request = body as unknown as CreateBookOrderDto;
  return refuseCombination(request) ?? { kind: 'book', body: request };
}
