import { type Hold, UserOrdersFence } from './user-orders-fence';

interface UserState {
  version: number;
  holds: number;
}

const MAX_USERS = 50_000;

/** The fence of a process that nobody else writes beside. */
export class MemoryFence extends UserOrdersFence {
  private readonly users = new Map<number, UserState>();
  private lastVersion = 0;

  hold(userIds: readonly number[]): Promise<Hold> {
    for (const userId of userIds) {
      const state = this.stateOf(userId);
      state.holds += 1;
      state.version = this.nextVersion();
    }
    return Promise.resolve({ userIds, token: '' });
  }

  release(hold: Hold): Promise<void> {
    for (const userId of hold.userIds) this.stateOf(userId).holds -= 1;
    return Promise.resolve();
  }

  version(userId: number): Promise<string | null> {
    const { holds, version } = this.stateOf(userId);
    return Promise.resolve(holds > 0 ? null : String(version));
  }

  private stateOf(userId: number): UserState {
    let state = this.users.get(userId);
    if (state === undefined) {
      this.forgetIdleUsers();
      state = { version: this.nextVersion(), holds: 0 };
      this.users.set(userId, state);
    }
    return state;
  }

  /** A forgotten user gets a new version, so what was cached for them is not served again. */
  private forgetIdleUsers(): void {
    if (this.users.size < MAX_USERS) return;
    for (const [userId, state] of this.users) {
      if (state.holds === 0) this.users.delete(userId);
    }
  }

  private nextVersion(): number {
    this.lastVersion += 1;
    return this.lastVersion;
  }
}
