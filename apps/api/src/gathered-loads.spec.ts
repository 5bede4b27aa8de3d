import { GatheredLoads } from './gathered-loads';

function setUp(load: (keys: string[]) => Promise<void> = () => Promise.resolve()) {
  const asked: string[][] = [];
  const loads = new GatheredLoads(async (keys) => {
    asked.push(keys);
    await load(keys);
    return new Map(keys.map((key) => [key, key.toLowerCase()]));
  });
  return { loads, asked };
}

describe('GatheredLoads', () => {
  it('asks once for what a crowd wants while a load is under way', async () => {
    const { loads, asked } = setUp();
    const all = await Promise.all([['A'], ['B'], ['B', 'C'], ['B']].map((keys) => loads.get(keys)));
    expect(asked).toEqual([['A'], ['B', 'C']]);
    expect(all.map((rows) => rows.get('B'))).toEqual([undefined, 'b', 'b', 'b']);
    expect(all[2]!.get('C')).toBe('c');
  });

  it('asks again for what is wanted later', async () => {
    const { loads, asked } = setUp();
    await loads.get(['A']);
    await loads.get(['A']);
    expect(asked).toEqual([['A'], ['A']]);
  });

  it('fails those whose load failed, and goes on', async () => {
    const { loads } = setUp((keys) =>
      keys.includes('BAD') ? Promise.reject(new Error('gone')) : Promise.resolve(),
    );
    const first = loads.get(['A']);
    const bad = [loads.get(['BAD']), loads.get(['B'])];
    expect((await first).get('A')).toBe('a');
    for (const each of bad) await expect(each).rejects.toThrow('gone');
    expect((await loads.get(['B'])).get('B')).toBe('b');
  });
});
