/** A promise that the orders of some users are about to change. It ends by `release`, or by itself after a while. */
export interface Hold {
  userIds: readonly number[];
  token: string;
}

/**
 * Tells which cached lists of orders may be served. Writers hold the users whose orders they change from before
 * their commit until after it; readers go to the store while anyone holds, and cached lists of an earlier version
 * are never served again. So nobody who was told of a change, by whatever means, is shown an older list, also when
 * readers and writers race or a writer dies half-way (docs/decisions/0004-cache-fence.md).
 */
export abstract class UserOrdersFence {
  /** Call before the commit. Never throws: while the cache is away nothing is served from it. */
  abstract hold(userIds: readonly number[]): Promise<Hold>;

  /** Call after the commit, or after it failed. */
  abstract release(hold: Hold): Promise<void>;

  /** Call when it is not known whether the commit took place: it may still, so the hold lasts its whole time. */
  releaseLater(hold: Hold): void {
    setTimeout(() => void this.release(hold), HOLD_MS).unref();
  }

  /** @returns the version that a list read from the store from now on may be cached under; null: do not use the cache. */
  abstract version(userId: number): Promise<string | null>;
}

/** How long a hold lasts when its holder died. Longer than any transaction is allowed to take. */
export const HOLD_MS = 30_000;

/** `user:{user_id}:orders`: where a user's list of orders is cached. */
export function userOrdersKey(userId: number): string {
  return `user:${userId}:orders`;
}

/** For a process that shares its store with others but no cache: nothing is ever served from it. */
export class NoFence extends UserOrdersFence {
  hold(userIds: readonly number[]): Promise<Hold> {
    return Promise.resolve({ userIds, token: '' });
  }

  release(): Promise<void> {
    return Promise.resolve();
  }

  version(): Promise<string | null> {
    return Promise.resolve(null);
  }
}
