import type { NewOrder } from '../schemas';

/** One wish to place one order, and the key that it goes under however often it is sent. */
export interface Intent {
  readonly key: string;
  readonly body: string;
}

/**
 * @param open the intent whose outcome nobody knows, if there is one: the same order sent again is that one.
 */
export function intentFor(body: NewOrder, open: Intent | null, newKey: () => string): Intent {
  const text = JSON.stringify(body);
  return open !== null && open.body === text ? open : { key: newKey(), body: text };
}

/** 128 random bits. `crypto.randomUUID` is there only on pages that came by https. */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
