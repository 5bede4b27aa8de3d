import { ProblemException } from '@app/platform';
import type { CancelAllService } from '../orders/bulk/cancel-all.service';
import { CancelOnDisconnect } from './cancel-on-disconnect';
import { silentLog } from './stream-fixtures';

function setup(failures: number) {
  const asked: [number, string | null][] = [];
  let succeed: () => void;
  const succeeded = new Promise<void>((resolve) => {
    succeed = resolve;
  });
  const service = {
    cancelAll: (userId: number, item: string | null) => {
      asked.push([userId, item]);
      if (asked.length <= failures) {
        return Promise.reject(new ProblemException('STORE_UNAVAILABLE', 'away'));
      }
      succeed();
      return Promise.resolve({ requested: 1 });
    },
  } as unknown as CancelAllService;
  return { asked, succeeded, cancels: new CancelOnDisconnect(service, silentLog()) };
}

describe('cancel on disconnect', () => {
  it('cancels all orders of each user', async () => {
    const { asked, cancels } = setup(0);
    cancels.disconnected([1, 2]);
    await cancels.beforeApplicationShutdown();
    expect(asked).toEqual([
      [1, null],
      [2, null],
    ]);
  });

  it('tries again while the store is away', async () => {
    const { asked, succeeded, cancels } = setup(2);
    cancels.disconnected([1]);
    await succeeded;
    await cancels.beforeApplicationShutdown();
    expect(asked).toHaveLength(3);
  });

  it('asks for a crowd that leaves at once little by little, and once more for each user', async () => {
    const asked: number[] = [];
    let running = 0;
    let most = 0;
    const service = {
      cancelAll: async (userId: number) => {
        asked.push(userId);
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 5));
        running -= 1;
        return { requested: 1 };
      },
    } as unknown as CancelAllService;
    const cancels = new CancelOnDisconnect(service, silentLog());
    const users = Array.from({ length: 40 }, (_, index) => index + 1);
    for (let connection = 0; connection < 1000; connection += 1) cancels.disconnected(users);
    await cancels.beforeApplicationShutdown();
    expect(new Set(asked).size).toBe(40);
    expect(asked.length).toBeLessThanOrEqual(80);
    // Those that were under way when others left are asked for once more.
    expect(asked.filter((userId) => userId === 1)).toHaveLength(2);
    expect(most).toBeLessThanOrEqual(16);
  });

  it('is waited for when the process stops', async () => {
    let done = false;
    const service = {
      cancelAll: async () => {
        await new Promise((resolve) => setTimeout(resolve, 50));
        done = true;
        return { requested: 1 };
      },
    } as unknown as CancelAllService;
    const cancels = new CancelOnDisconnect(service, silentLog());
    cancels.disconnected([1]);
    await cancels.beforeApplicationShutdown();
    expect(done).toBe(true);
  });
});
