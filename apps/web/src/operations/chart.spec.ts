import { areaPath, extentOf, frameOf, linePath, nearest, type Point, segmentsOf } from './chart';

const points = (...values: (number | null)[]): Point[] =>
  values.map((value, index) => ({ timeMs: index * 1000, value }));
const FRAME = { fromMs: 0, toMs: 10_000, top: 100 };

describe('extentOf', () => {
  it('passes over what was not measured', () => {
    expect(extentOf(points(null, 3, null, 1, 2))).toEqual({ min: 1, max: 3 });
    expect(extentOf(points(null, null))).toBeNull();
    expect(extentOf([])).toBeNull();
  });
});

describe('frameOf', () => {
  it('leaves room above the highest of all lines', () => {
    const frame = frameOf([points(1, 50), points(100, 2)], 300_000, 200_000, 1);
    expect(frame).toMatchObject({ fromMs: 100_000, toMs: 300_000 });
    expect(frame.top).toBeCloseTo(108);
  });

  it('has a height although nothing happens, or nothing was measured', () => {
    expect(frameOf([points(0, 0)], 1, 1, 5).top).toBeGreaterThan(5);
    expect(frameOf([points(null)], 1, 1, 5).top).toBeGreaterThan(5);
  });
});

describe('paths', () => {
  it('draw a line and what lies below it', () => {
    const segments = segmentsOf(points(0, 100, 50), FRAME);
    expect(linePath(segments)).toBe('M0,100L30,0L60,50');
    expect(areaPath(segments)).toBe('M0,100L0,100L30,0L60,50L60,100Z');
  });

  it('break off where nothing was measured', () => {
    const segments = segmentsOf(points(0, 100, null, 50, 50), FRAME);
    expect(linePath(segments)).toBe('M0,100L30,0M90,50L120,50');
    expect(areaPath(segments).match(/M/g)).toHaveLength(2);
  });

  it('break off where there are no samples for a while', () => {
    const line = [
      { timeMs: 0, value: 1 },
      { timeMs: 2000, value: 1 },
      { timeMs: 8000, value: 1 },
      { timeMs: 9000, value: 1 },
    ];
    expect(segmentsOf(line, FRAME).map((segment) => segment.length)).toEqual([2, 2]);
  });

  it('show a single value as a stroke without an area', () => {
    const segments = segmentsOf(points(null, 50, null), FRAME);
    expect(linePath(segments)).toBe('M30,50L31,50');
    expect(areaPath(segments)).toBe('');
  });

  it('are empty where nothing was measured at all', () => {
    expect(linePath(segmentsOf(points(null, null), FRAME))).toBe('');
  });
});

describe('nearest', () => {
  it('finds the sample next to a time', () => {
    const samples = points(1, 2, 3);
    expect(nearest(samples, -100)).toBe(0);
    expect(nearest(samples, 1400)).toBe(1);
    expect(nearest(samples, 1600)).toBe(2);
    expect(nearest([], 5)).toBe(-1);
  });
});
