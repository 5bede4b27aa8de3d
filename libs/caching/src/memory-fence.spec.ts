import { MemoryFence } from './memory-fence';
import { NoFence } from './user-orders-fence';

describe('MemoryFence', () => {
  it('has a version that stays while nobody writes', async () => {
    const fence = new MemoryFence();
    const version = await fence.version(1);
    expect(version).not.toBeNull();
    expect(await fence.version(1)).toBe(version);
  });

  it('has no version while somebody holds, and a new one afterwards', async () => {
    const fence = new MemoryFence();
    const before = await fence.version(1);
    const hold = await fence.hold([1]);
    expect(await fence.version(1)).toBeNull();
    await fence.release(hold);
    const after = await fence.version(1);
    expect(after).not.toBeNull();
    expect(after).not.toBe(before);
  });

  it.each([
    ['first', 0],
    ['second', 1],
  ])(
    'stays without a version until both of two overlapping holds are gone (%s first)',
    async (_, first) => {
      const fence = new MemoryFence();
      const holds = [await fence.hold([1]), await fence.hold([1])];
      await fence.release(holds[first]!);
      expect(await fence.version(1)).toBeNull();
      await fence.release(holds[1 - first]!);
      expect(await fence.version(1)).not.toBeNull();
    },
  );

  it('holds every user of a group, and nobody else', async () => {
    const fence = new MemoryFence();
    const untouched = await fence.version(3);
    const hold = await fence.hold([1, 2]);
    expect([await fence.version(1), await fence.version(2)]).toEqual([null, null]);
    expect(await fence.version(3)).toBe(untouched);
    await fence.release(hold);
    expect(await fence.version(1)).not.toBeNull();
    expect(await fence.version(2)).not.toBeNull();
    expect(await fence.version(3)).toBe(untouched);
  });

  it('never gives a version twice, not even to another user', async () => {
    const fence = new MemoryFence();
    const seen: (string | null)[] = [];
    for (let round = 0; round < 200; round += 1) {
      await fence.release(await fence.hold([1, 2]));
      seen.push(await fence.version(1), await fence.version(2));
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).not.toContain(null);
  });

  it('has no version right after a release when another write began before it', async () => {
    const fence = new MemoryFence();
    const first = await fence.hold([1, 2]);
    const second = await fence.hold([2, 3]);
    await fence.release(first);
    expect(await fence.version(1)).not.toBeNull();
    expect([await fence.version(2), await fence.version(3)]).toEqual([null, null]);
    await fence.release(second);
    expect(await fence.version(2)).not.toBeNull();
  });

  it('forgets idle users when there are too many, but not those who are held', async () => {
    const fence = new MemoryFence();
    const hold = await fence.hold([1]);
    const forgotten = await fence.version(2);
    for (let userId = 3; userId < 50_010; userId += 1) await fence.version(userId);
    expect(await fence.version(1)).toBeNull();
    const again = await fence.version(2);
    expect(again).not.toBeNull();
    expect(again).not.toBe(forgotten);
    await fence.release(hold);
    expect(await fence.version(1)).not.toBeNull();
  });
});

describe('NoFence', () => {
  it('never lets anything be served', async () => {
    const fence = new NoFence();
    expect(await fence.version()).toBeNull();
    await fence.release();
    await fence.hold([1]);
    expect(await fence.version()).toBeNull();
  });
});
