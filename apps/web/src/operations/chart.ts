/** A value at a time; null: it was not measured. */
export interface Point {
  timeMs: number;
  value: number | null;
}

/** What part of time and of values a chart shows. */
export interface Frame {
  fromMs: number;
  toMs: number;
  /** The lower end is 0. */
  top: number;
}

/** Charts are drawn in this many units and stretched to their place. */
export const WIDTH = 300;
export const HEIGHT = 100;

/** A line does not lead across a longer time without samples. */
const GAP_MS = 5000;
/** The highest point stays below the edge, so that its line is whole. */
const HEADROOM = 1.08;

export interface Extent {
  min: number;
  max: number;
}

/** @returns null where nothing was measured. */
export function extentOf(points: readonly Point[]): Extent | null {
  let extent: Extent | null = null;
  for (const { value } of points) {
    if (value === null) continue;
    if (extent === null) extent = { min: value, max: value };
    else if (value < extent.min) extent.min = value;
    else if (value > extent.max) extent.max = value;
  }
  return extent;
}

/** @param least what the top is at least, so that noise around 0 is not drawn as mountains. */
export function frameOf(
  lines: readonly (readonly Point[])[],
  toMs: number,
  shownMs: number,
  least: number,
): Frame {
  const highest = lines.map((points) => extentOf(points)?.max ?? 0);
  return { fromMs: toMs - shownMs, toMs, top: Math.max(least, ...highest) * HEADROOM };
}

export interface Place {
  x: number;
  y: number;
}

export function placeOf(timeMs: number, value: number, frame: Frame): Place {
  return {
    x: ((timeMs - frame.fromMs) / (frame.toMs - frame.fromMs)) * WIDTH,
    y: HEIGHT - (value / frame.top) * HEIGHT,
  };
}

/** The parts of a line, cut where nothing was measured. */
export function segmentsOf(points: readonly Point[], frame: Frame): Place[][] {
  const segments: Place[][] = [];
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const { timeMs, value } of points) {
    if (value === null) {
      lastMs = Number.NEGATIVE_INFINITY;
      continue;
    }
    const place = placeOf(timeMs, value, frame);
    if (timeMs - lastMs > GAP_MS) segments.push([place]);
    else segments.at(-1)?.push(place);
    lastMs = timeMs;
  }
  return segments;
}

/** The path of a line. A single point is a short stroke, so that it can be seen. */
export function linePath(segments: readonly (readonly Place[])[]): string {
  return segments
    .map((segment) => {
      const [first] = segment;
      const rest =
        segment.length === 1 && first !== undefined ? [{ ...first, x: first.x + 1 }] : [];
      return `M${[...segment, ...rest].map(text).join('L')}`;
    })
    .join('');
}

/** The path around what lies below a line. */
export function areaPath(segments: readonly (readonly Place[])[]): string {
  return segments
    .map((segment) => {
      const [first, last] = [segment[0], segment.at(-1)];
      if (first === undefined || last === undefined || segment.length === 1) return '';
      const line = segment.map(text).join('L');
      return `M${text({ x: first.x, y: HEIGHT })}L${line}L${text({ x: last.x, y: HEIGHT })}Z`;
    })
    .join('');
}

function text({ x, y }: Place): string {
  return `${round(x)},${round(y)}`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** @returns the index of the sample that is nearest to a time; -1 where there is none. */
export function nearest(samples: readonly { timeMs: number }[], timeMs: number): number {
  let found = -1;
  let distance = Number.POSITIVE_INFINITY;
  for (const [index, sample] of samples.entries()) {
    const away = Math.abs(sample.timeMs - timeMs);
    if (away < distance) {
      found = index;
      distance = away;
    }
  }
  return found;
}
