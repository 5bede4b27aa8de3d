import { Channel } from './channel';
import { callSafely } from './report-error';

interface StateFollower<Arguments extends unknown[]> {
  readonly call: (...values: Arguments) => void;
  /** Whether it was told the whole. */
  isGreeted: boolean;
}

/** A channel whose state is kept here, so that who comes later gets it at once. */
export abstract class StateChannel<Arguments extends unknown[]> extends Channel<
  StateFollower<Arguments>
> {
  /** @returns a function that ends it. */
  listen(call: (...values: Arguments) => void): () => void {
    const follower: StateFollower<Arguments> = { call, isGreeted: false };
    this.add(follower);
    // Not before the caller has what ends it.
    queueMicrotask(() => this.greet(follower));
    return () => this.remove(follower);
  }

  /** @returns what a follower that knows nothing is told; null where nothing is known yet. */
  protected abstract whole(): Arguments | null;

  /** @param change what those are told that know the whole already. */
  protected tell(...change: Arguments): void {
    this.each((follower) => {
      const values = follower.isGreeted ? change : this.whole();
      if (values === null) return;
      follower.isGreeted = true;
      follower.call(...values);
    });
  }

  private greet(follower: StateFollower<Arguments>): void {
    if (follower.isGreeted || !this.followers.has(follower)) return;
    const values = this.whole();
    if (values === null) return;
    follower.isGreeted = true;
    callSafely(() => follower.call(...values));
  }
}
