import { RedisFence } from './redis-fence';
import type { RedisLink } from './redis-link';
import { HOLD_MS } from './user-orders-fence';

interface Command {
  script: string;
  keys: string[];
  arguments: string[];
}

/** A link that answers with what it is given; null stands for a Redis that is away. */
function setUp(answers: unknown[] = [], recovers = false) {
  const commands: Command[] = [];
  const client = {
    eval: (script: string, options: Omit<Command, 'script'>) => {
      commands.push({ script, ...options });
      return Promise.resolve(answers.shift());
    },
  };
  const link = {
    run: async (command: (of: typeof client) => Promise<unknown>) => {
      const away = answers[0] === null;
      const value = await command(client);
      return away ? null : { value };
    },
    recovers: jest.fn(() => Promise.resolve(recovers)),
  };
  return { fence: new RedisFence(link as unknown as RedisLink), commands, link };
}

describe('RedisFence', () => {
  it('holds all users with one command, each with a version, holds and a list', async () => {
    const { fence, commands } = setUp([1]);
    const hold = await fence.hold([1, 22]);
    expect(commands).toHaveLength(1);
    expect(commands[0]!.keys).toEqual([
      'user:1:orders:version',
      'user:1:orders:holds',
      'user:1:orders',
      'user:22:orders:version',
      'user:22:orders:holds',
      'user:22:orders',
    ]);
    expect(commands[0]!.arguments.slice(0, 2)).toEqual([hold.token, String(HOLD_MS)]);
  });

  it('never uses a token, and so a version, twice', async () => {
    const { fence } = setUp();
    const holds = await Promise.all(Array.from({ length: 100 }, () => fence.hold([1])));
    expect(new Set(holds.map((hold) => hold.token)).size).toBe(100);
  });

  it('keeps a version for longer than any hold or list', async () => {
    const { fence, commands } = setUp([1]);
    await fence.hold([1]);
    expect(Number(commands[0]!.arguments[2])).toBeGreaterThan(Math.max(HOLD_MS, 60_000));
  });

  it('releases its own token from the holds alone', async () => {
    const { fence, commands } = setUp([1, 1]);
    const hold = await fence.hold([1, 2]);
    await fence.release(hold);
    expect(commands[1]).toMatchObject({
      keys: ['user:1:orders:holds', 'user:2:orders:holds'],
      arguments: [hold.token],
    });
  });

  it('asks Redis nothing where nobody is held', async () => {
    const { fence, commands } = setUp();
    await fence.release(await fence.hold([]));
    expect(commands).toEqual([]);
  });

  it('reads the version together with holds and epoch', async () => {
    const { fence, commands } = setUp(['epoch:version']);
    expect(await fence.version(3)).toBe('epoch:version');
    expect(commands[0]!.keys).toEqual([
      'user:3:orders:version',
      'user:3:orders:holds',
      'user:orders:epoch',
    ]);
  });

  it('has no version while somebody holds, and none while Redis is away', async () => {
    const { fence } = setUp([false, null]);
    expect(await fence.version(1)).toBeNull();
    expect(await fence.version(1)).toBeNull();
  });

  it('holds again, with the same token, when the connection comes back', async () => {
    const { fence, commands } = setUp([null, 1], true);
    const hold = await fence.hold([1]);
    expect(commands.map((command) => command.arguments[0])).toEqual([hold.token, hold.token]);
  });

  it('goes on without Redis when it stays away', async () => {
    const { fence, commands, link } = setUp([null], false);
    await expect(fence.hold([1])).resolves.toMatchObject({ userIds: [1] });
    expect(commands).toHaveLength(1);
    expect(link.recovers).toHaveBeenCalledTimes(1);
  });
});
