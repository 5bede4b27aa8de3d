import { Log } from '@app/platform';
import { pino } from 'pino';
import type { OrderDto } from '@app/contracts';
import type { Cache } from 'cache-manager';
import { Random } from '../../../test/support/random';
import { MemoryFence } from './memory-fence';
import { UserOrdersCache } from './user-orders-cache';

const SILENT = new Log(pino({ level: 'silent' }));

/** Lets one actor after another go on by one step, in an order that the seed decides. */
class Interleaving {
  private readonly ready: (() => void)[] = [];
  private running = 0;

  constructor(private readonly random: Random) {}

  /** Where an actor may be overtaken by any other. */
  step(): Promise<void> {
    return new Promise((resolve) => {
      this.ready.push(resolve);
    });
  }

  start(actor: () => Promise<void>): void {
    this.running += 1;
    void this.step()
      .then(actor)
      .finally(() => {
        this.running -= 1;
      });
  }

  async finish(): Promise<void> {
    while (this.running > 0) {
      await new Promise((resolve) => setImmediate(resolve));
      const [next] = this.ready.splice(this.random.between(0, this.ready.length - 1), 1);
      next?.();
    }
  }
}

const USERS = [1, 2];

/** A store where the list of a user is as long as commits were made to it: a longer list is a newer one. */
class Model {
  readonly steps: Interleaving;
  readonly fence = new MemoryFence();
  readonly cache: UserOrdersCache;
  readonly results = { HIT: 0, MISS: 0, BYPASS: 0 };
  readonly stale: string[] = [];
  private readonly committed = new Map(USERS.map((userId) => [userId, 0]));

  constructor(random: Random) {
    this.steps = new Interleaving(random);
    const kept = new Map<string, unknown>();
    const backend = {
      get: async (key: string) => {
        await this.steps.step();
        const value = kept.get(key);
        await this.steps.step();
        return value;
      },
      set: async (key: string, value: unknown) => {
        await this.steps.step();
        kept.set(key, value);
      },
    };
    this.cache = new UserOrdersCache(backend as unknown as Cache, this.fence, SILENT);
  }

  async read(userId: number): Promise<void> {
    const told = this.committed.get(userId)!;
    const lookup = await this.cache.lookup(userId);
    this.results[lookup.result] += 1;
    let length: number;
    if (lookup.result === 'HIT') {
      length = lookup.orders.length;
    } else {
      await this.steps.step();
      length = this.committed.get(userId)!;
      await this.steps.step();
      const orders = Array.from({ length }, () => ({}) as OrderDto);
      if (lookup.result === 'MISS') await this.cache.store(userId, lookup.version, orders);
    }
    if (length < told) this.stale.push(`${lookup.result}: ${length} of ${told}`);
  }

  async write(userIds: number[], fails: boolean): Promise<void> {
    const hold = await this.fence.hold(userIds);
    await this.steps.step();
    if (!fails) for (const id of userIds) this.committed.set(id, this.committed.get(id)! + 1);
    await this.steps.step();
    await this.fence.release(hold);
  }
}

describe('cache and fence together', () => {
  it.each([11, 12, 13, 14, 15, 16, 17, 18, 19, 20])(
    'never show a list older than the last commit before the read began (seed %d)',
    async (seed) => {
      const random = new Random(seed);
      const model = new Model(random);
      for (let round = 0; round < 25; round += 1) {
        const writers = random.between(0, 2);
        for (let each = 0; each < writers; each += 1) {
          const userIds = random.chance(0.3) ? USERS : [random.pick(USERS)];
          const fails = random.chance(0.2);
          model.steps.start(() => model.write(userIds, fails));
        }
        const readers = random.between(1, 6);
        for (let each = 0; each < readers; each += 1) {
          const userId = random.pick(USERS);
          model.steps.start(() => model.read(userId));
        }
        await model.steps.finish();
      }
      expect(model.stale).toEqual([]);
      expect(Math.min(...Object.values(model.results))).toBeGreaterThan(0);
    },
  );
});
