/** Longest `client_order_id` and `Idempotency-Key`. */
export const CLIENT_TOKEN_MAX_LENGTH = 64;

/** What clients name their requests with: 1 to 64 printable ASCII characters, no space. */
export const CLIENT_TOKEN_PATTERN = '^[\\x21-\\x7e]{1,64}$';

const CLIENT_TOKEN = new RegExp(CLIENT_TOKEN_PATTERN);

export function isClientToken(value: unknown): value is string {
  return typeof value === 'string' && CLIENT_TOKEN.test(value);
}
