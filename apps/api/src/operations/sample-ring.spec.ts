import { SampleRing } from './sample-ring';

const times = (ring: SampleRing<{ timeMs: number }>, after?: number) =>
  ring.after(after).map(({ timeMs }) => timeMs);

describe('SampleRing', () => {
  it('keeps the newest samples, oldest first', () => {
    const ring = new SampleRing<{ timeMs: number }>(3);
    expect(times(ring)).toEqual([]);
    for (let timeMs = 1; timeMs <= 2; timeMs += 1) ring.push({ timeMs });
    expect(times(ring)).toEqual([1, 2]);
    for (let timeMs = 3; timeMs <= 7; timeMs += 1) ring.push({ timeMs });
    expect(times(ring)).toEqual([5, 6, 7]);
  });

  it('gives what is newer than a time', () => {
    const ring = new SampleRing<{ timeMs: number }>(3);
    for (let timeMs = 1; timeMs <= 4; timeMs += 1) ring.push({ timeMs });
    expect(times(ring, 3)).toEqual([4]);
    expect(times(ring, 4)).toEqual([]);
    expect(times(ring, 0)).toEqual([2, 3, 4]);
  });
});
