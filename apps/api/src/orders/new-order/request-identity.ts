import { isClientToken } from '@app/contracts';
import { ProblemException } from '@app/platform';
import { hash } from 'node:crypto';
import type { BookTerms, RequestIdentity } from '../stored-order';

const HASH_HEX_DIGITS = 32;
/** Stands in no item, so it keeps the parts apart. */
const SEPARATOR = '\n';

/**
 * Reads the header `Idempotency-Key`.
 * @throws ProblemException INVALID_HEADER
 */
export function readIdempotencyKey(header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  if (isClientToken(header)) return header;
  throw new ProblemException(
    'INVALID_HEADER',
    'Idempotency-Key must be 1 to 64 printable ASCII characters without a space, given once',
  );
}

/** The key of the order with this name. */
export function clientOrderKey(clientOrderId: string): string {
  return `c:${clientOrderId}`;
}

/** The name in such a key; null where the key is of another kind. */
export function clientOrderIdOf(requestKey: string | null): string | null {
  return requestKey !== null && requestKey.startsWith('c:') ? requestKey.slice(2) : null;
}

/** The keys that a request with an `Idempotency-Key` gives its orders. */
export function idempotencyKeyOf(key: string): string {
  return `i:${key}`;
}

export function batchItemKey(key: string, index: number): string {
  return `b:${key}#${index}`;
}

/** What a plain order asks for. */
export function plainIdentity(key: string, item: string, amount: string): RequestIdentity {
  return { key, hash: digest(['P', item, amount]) };
}

/** What a book order asks for. The end of a DAY order is not part of it: asked for again it would be another. */
export function bookIdentity(key: string, item: string, terms: BookTerms): RequestIdentity {
  const parts = [
    'B',
    item,
    terms.side,
    terms.type,
    terms.timeInForce,
    terms.selfTradePrevention,
    terms.postOnly,
    terms.priceTicks,
    terms.quantityLots,
    terms.budget,
    terms.stopTicks,
    terms.displayLots,
    terms.timeInForce === 'DAY' ? null : terms.expiresAtMs,
  ];
  return { key, hash: digest(parts) };
}

/** The first 128 bits of SHA-256. */
function digest(parts: readonly (string | number | boolean | null)[]): string {
  return hash('sha256', parts.join(SEPARATOR), 'hex').slice(0, HASH_HEX_DIGITS);
}
